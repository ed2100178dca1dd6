-- Custody: what is kept for an authority, and what was given to one.

create table desk_hold (                    -- preservation: named objects, always with an end
  id <serial>,
  number <id> not null,                     -- the case
  release <id> not null,                    -- under which number erasers know of it
  scope text not null,                      -- messages, account, chat, measure
  subject <id> not null,                    -- the account or chat (peer number), or the measure
  messages <bytes> not null,                -- msgpack list of ids
  reason text not null,
  placed_by text not null,
  at <int> not null,
  until <int> not null,
  renewals <int> not null default 0,
  sha <bytes> not null,                     -- snapshot (vault); empty: the measure's sealed copy
  ended_at <int>,
  ended_by text not null default '',
  ended_why text not null default ''
);
create index desk_hold_number on desk_hold (number, id);
create index desk_hold_subject on desk_hold (subject, id);
create index desk_hold_until on desk_hold (until) where ended_at is null;

create table desk_disclosure (              -- data given to an authority, field by field
  id <serial>,
  number <id> not null,                     -- the case
  state text not null,                      -- proposed, made, fetched, expired, refused
  plan <bytes> not null,                    -- msgpack: exactly what is given to whom, and why
  digest <bytes> not null,                  -- SHA-256 of the plan: what both people signed
  emergency <int> not null,
  request <id> not null,                    -- the question put to a second person
  first text not null,
  second text not null default '',
  at <int> not null,
  made_at <int>,
  sha <bytes>,                              -- the encrypted archive (vault)
  plain_sha <bytes>,                        -- of the archive before encryption
  manifest <bytes>,                         -- JSON: each file with its SHA-256
  token <bytes>,                            -- SHA-256 of the portal's secret
  expires_at <int>,
  fetched_at <int>,
  fetched_from text not null default ''
);
create index desk_disclosure_number on desk_disclosure (number, id);
create unique index desk_disclosure_token on desk_disclosure (token) where token is not null;
