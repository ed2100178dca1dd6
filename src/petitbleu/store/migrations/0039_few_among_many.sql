-- oldest_ok: 38
-- The few rows that are looked for among many.
create index desk_receipt_at on desk_receipt (at);
create index eu_statement_refused on eu_statement (puid) where state = 'refused';
