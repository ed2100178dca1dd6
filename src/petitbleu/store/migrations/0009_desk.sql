-- The desk: what arrives, cases as streams of events, letters, the directory, the log.
-- Case numbers are those of PB-YYYY-NNNNNN (domain/case_numbers).

create table vault (                        -- raw bytes as they arrived or left, by their SHA-256
  sha <bytes> primary key,
  at <int> not null,
  size <int> not null,
  sealed <bytes> not null
) <clustered>;

create table desk_inbound (                 -- one thing that arrived; stored before it is read
  id <serial>,
  sha <bytes> not null,                     -- of its raw bytes (vault)
  channel text not null,                    -- smtp, imap, cli, form, portal, report, letter, phone, canary
  received_at <int> not null,
  stored_at <int> not null,
  message_id text not null default '',
  sender text not null default '',          -- address, lower case
  number <id> not null default 0,           -- the case; 0: not worked yet, or none (a canary)
  state text not null default 'stored',     -- stored, worked, canary
  parsed <bytes>                            -- msgpack: what parsing found
);
create index desk_inbound_open on desk_inbound (id) where state = 'stored';
create index desk_inbound_number on desk_inbound (number, id);
create index desk_inbound_sha on desk_inbound (sha, id);

create table desk_receipt (                 -- automatic receipts, to send no sender too many
  sender text not null,
  at <int> not null,
  inbound <int> not null,
  primary key (sender, at, inbound)
) <clustered>;

create table desk_canary (                  -- letters to ourselves through each published address
  token text primary key,
  door text not null,                       -- the address, or 'form'
  sent_at <int> not null,
  seen_at <int>,
  alarmed <int> not null default 0
) <clustered>;
create index desk_canary_door on desk_canary (door, sent_at);

create table desk_mailbox (                 -- how far a mailbox has been read
  name text primary key,                    -- user@host/folder
  uidvalidity <int> not null,
  uid <int> not null                        -- of the newest letter that was taken
) <clustered>;

create table desk_case (                    -- what the events of a case add up to (cases/state.py)
  number <id> primary key,
  seq <int> not null,                       -- of the newest event
  opened_at <int> not null,
  received_at <int> not null,
  changed_at <int> not null,
  kind text not null,
  urgency <int> not null,                   -- 0 critical, 1 high, 2 normal, 3 low
  state text not null,
  open <int> not null,                      -- 1 until it is closed
  owner <id> not null default 0,            -- staff
  channel text not null,
  sender text not null default '',
  authority text not null default '',       -- domain
  reference text not null default '',       -- as the authority writes it
  language text not null default '',
  category text not null default '',
  title text not null default '',
  target <id> not null default 0,           -- the first target as a peer number
  item <id> not null default 0,             -- its message id
  reports <int> not null default 0,         -- reports that were merged
  looked_at <int>,                          -- first seen by a person
  due <int>,                                -- of the earliest open clock
  due_clock text not null default '',
  closed_at <int>,
  ending text not null default '',
  words text not null default ''            -- folded text that searches look at
);
-- Queues are read in this order: by due date, cases without one last (cases/queues.py NEVER).
create index desk_case_due on desk_case (open, coalesce(due, 1152921504606846976), number);
create index desk_case_kind on desk_case (open, kind, coalesce(due, 1152921504606846976), number);
create index desk_case_owner on desk_case (open, owner, coalesce(due, 1152921504606846976), number);
create index desk_case_urgency on desk_case (open, urgency, coalesce(due, 1152921504606846976), number);
create index desk_case_state on desk_case (open, state, coalesce(due, 1152921504606846976), number);
create index desk_case_authority on desk_case (authority, open, coalesce(due, 1152921504606846976), number)
  where authority <> '';
create index desk_case_strip on desk_case (open, owner, due, looked_at, received_at, state);
create index desk_case_opened on desk_case (opened_at);
create index desk_case_target on desk_case (target, item, number) where target <> 0;

create table desk_state (                   -- the same whole; apart, so that lists read short rows
  number <id> primary key,
  folded <bytes> not null                   -- msgpack
) <clustered>;

create table desk_event (                   -- what happened; never changed, never removed
  number <id> not null,
  seq <int> not null,
  at <int> not null,
  actor text not null,
  kind text not null,
  data <bytes> not null,
  primary key (number, seq)
) <clustered>;

create table desk_key (                     -- names under which a case is found again
  name text primary key,                    -- 'message:<id>', 'reference:domain/ref', 'report:number'
  number <id> not null
) <clustered>;
create index desk_key_number on desk_key (number);

create table desk_letter (                  -- letters out
  id <serial>,
  number <id> not null,
  key text not null,                        -- the same letter twice is one
  purpose text not null,
  recipient text not null,
  language text not null,
  subject text not null,
  sha <bytes> not null,                     -- the whole message (vault)
  queued_at <int> not null,
  not_before <int> not null,                -- its date: it does not leave earlier
  next_at <int> not null,                   -- when it is tried next
  tries <int> not null default 0,
  state text not null default 'queued',     -- queued, sent, failed, withdrawn
  sent_at <int>,
  proof text not null default ''            -- what the mail server answered
);
create unique index desk_letter_key on desk_letter (number, key);
create index desk_letter_waiting on desk_letter (next_at, id) where state = 'queued';

create table desk_authority (               -- whom orders and notices come from
  domain text primary key,
  name text not null,
  country text not null default '',
  trusted_flagger <int> not null default 0,
  phone text not null default '',           -- for calling back, from our directory only
  language text not null default '',
  age_key text not null default '',
  added_at <int> not null,
  more <bytes> not null
) <clustered>;

create table desk_setting (
  name text primary key,
  value <bytes> not null,
  changed_at <int> not null
) <clustered>;

create table audit (                        -- append-only; each entry's hash covers the one before
  n <id> primary key,                       -- 0, 1, 2 ... without a gap
  at <int> not null,
  actor text not null,
  action text not null,
  subject text not null,
  data <bytes> not null,                    -- canonical JSON
  chain <bytes> not null                    -- SHA-256(chain before, leaf)
) <clustered>;
create index audit_subject on audit (subject, n);
create index audit_actor on audit (actor, n);

create table audit_head (
  id <id> primary key,                      -- 1
  size <int> not null,
  chain <bytes> not null
);

create table audit_signed (                 -- signed heads of the tree over the log
  size <id> primary key,                    -- lines it covers
  at <int> not null,
  root <bytes> not null,
  edge <bytes> not null,                    -- roots of the full subtrees, 32 bytes each
  note text not null                        -- C2SP signed note with a tlog-checkpoint
);
