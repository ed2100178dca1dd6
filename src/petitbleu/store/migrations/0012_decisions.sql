-- Decisions of the desk, what people are told of them, misuse, statements for the EU database.
-- A decision's number is its case's number * 1000 + the how-manieth it is (desk/decisions/numbers.py).

create table decision (
  number <id> primary key,
  command text not null,                    -- the same one again decides nothing
  print <bytes> not null,                   -- SHA-256 of what the command said
  at <int> not null,
  actor text not null,
  second text not null default '',          -- who agreed
  kind text not null,                       -- of the case, then
  outcome text not null,                    -- measures, no_action, impossible, refused, reversed
  category text not null default '',
  keyword text not null default '',         -- the first one
  ground text not null default '',          -- illegal, rule
  source text not null default '',          -- as the EU database names it
  detected <int> not null default 0,        -- found by a machine
  automated text not null default '',       -- as the EU database names it
  country text not null default '',         -- of the authority
  items <int> not null default 0,
  effect_at <int>,                          -- when the measures took effect
  form <bytes> not null,                    -- msgpack: every word that was typed
  measures <bytes> not null,                -- msgpack: what was done (decisions/queries.py Done)
  people <bytes> not null,                  -- msgpack: accounts concerned
  left_out text not null default '',        -- why the EU database is not told
  undo_until <int> not null default 0,
  undone_at <int>,
  corrects <id> not null default 0,
  replaced_by <id> not null default 0
);
create unique index decision_command on decision (command);
create index decision_at on decision (at, number);

create table statement (                    -- what one person is told of a decision
  number <id> not null,                     -- of the decision
  account <id> not null,
  purpose text not null,                    -- statement, statement_order, reversal, withdrawn, …
  language text not null,
  subject text not null,
  text text not null,
  at <int> not null,
  not_before <int> not null,
  told_at <int>,
  withdrawn_at <int>,
  primary key (number, account, purpose)
) <clustered>;
create index statement_account on statement (account, number);

create table strike (                       -- what counts as misuse (Article 23 DSA)
  who text not null,                        -- person:1000001 or mail:name@example.org
  kind text not null,                       -- content, notice, complaint
  number <id> not null,                     -- of the decision
  at <int> not null,
  cancelled_at <int>,
  primary key (who, kind, number)
) <clustered>;
create index strike_number on strike (number);

create table misuse (                       -- warnings and suspensions
  who text not null,
  kind text not null,
  at <int> not null,
  step text not null,                       -- warning, suspension
  until <int> not null default 0,
  number <id> not null,                     -- of the case
  actor text not null,
  counted <int> not null,
  measure <id> not null default 0,
  reason text not null default '',
  ended_at <int>,
  primary key (who, kind, at, step)
) <clustered>;

create table letter_template (              -- the operator's own versions of templates
  kind text not null,
  language text not null,
  version <int> not null,
  text text not null,                       -- empty: back to the one that comes with the program
  actor text not null,
  at <int> not null,
  primary key (kind, language, version)
) <clustered>;

create table eu_statement (                 -- for the EU Transparency Database
  puid text primary key,                    -- unique for ever
  number <id> not null,                     -- of the decision
  at <int> not null,
  not_before <int> not null,
  payload text not null,                    -- JSON as it is sent
  state text not null default 'queued',     -- queued, sent, refused, withdrawn
  tries <int> not null default 0,
  next_try <int> not null,
  answer text not null default '',          -- the newest answer
  uuid text not null default '',
  permalink text not null default '',
  sent_at <int>,
  exported_at <int>
);
create index eu_statement_waiting on eu_statement (next_try, puid) where state = 'queued';
create index eu_statement_number on eu_statement (number);
create index eu_statement_at on eu_statement (at, puid);
