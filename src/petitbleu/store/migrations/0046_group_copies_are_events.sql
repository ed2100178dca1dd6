-- The event of a basic group's message is its copy itself, which holds the number: nothing is written to event_log for
-- it. `pts` is the owner's counter when the message was written; null in what came into the box by other ways (imports,
-- shared history, given back) and in all rows before this migration: their events, if any, are in event_log.

alter table box add column pts <int>;
alter table account_state add column logged_id <id> not null default 0;  -- messages up to this id: no pts in box
update account_state set logged_id = top_id where top_id > 0 and owner > 0;
