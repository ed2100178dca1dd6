-- Reports, measures and what they change of what people see; bots' tokens. Numbers are those of
-- PB-YYYY-NNNNNN as year * 10^9 + NNNNNN (domain/case_numbers): one series for everything.

create table report (                       -- what somebody wants looked at
  number <id> primary key,
  at <int> not null,
  method text not null,                     -- the method that brought it
  reporter <id> not null,
  subject <id> not null,                    -- the chat or person it is about (peer number)
  author <id> not null,                     -- whose words or picture; 0: the chat as a whole
  owner <id> not null,                      -- whose box the ids are of: the reporter's, or the channel
  messages <bytes> not null,                -- msgpack list of message ids
  reason text not null,                     -- an option of schema/report-options.json
  comment text not null default '',
  print <bytes> not null,                   -- what the same report again would have
  times <int> not null default 1,           -- how often it came
  sealed <bytes> not null,                  -- the copies (domain/moderation/copies.py)
  digest <bytes> not null                   -- SHA-256 of what is sealed
);
create unique index report_print on report (reporter, print);
create index report_subject on report (subject, number);
create index report_author on report (author, number) where author <> 0;

create table measure (                      -- a decision about content, and its end
  number <id> primary key,
  command text not null,                    -- given by whoever decides: a retry decides nothing new
  print <bytes> not null,                   -- what that command said
  kind text not null,                       -- remove, withhold, restrict, suspend, label
  subject <id> not null,                    -- the chat or person (peer number)
  member <id> not null default 0,           -- restrict: whom in that chat; 0: the account everywhere
  owner <id> not null default 0,            -- whose box the ids are of
  messages <bytes> not null,                -- msgpack list of message ids; empty: the subject itself
  countries text not null default '',       -- ISO 3166, commas between; '': everywhere
  label text not null default '',
  shown text not null default '',           -- what people are told in the place of the content
  actor text not null,                      -- who decided
  reason text not null,
  report <id> not null default 0,           -- the report it answers
  at <int> not null,
  until <int> not null default 0,           -- when it ends by itself; 0: never
  ended_at <int>,
  ended_by text not null default '',
  ended_why text not null default '',
  ended_command text,
  sealed <bytes> not null,                  -- copy of what it touched, for an appeal
  digest <bytes> not null,
  undo <bytes> not null                     -- msgpack: what its end needs to know
);
create unique index measure_command on measure (command);
create unique index measure_ended_command on measure (ended_command) where ended_command is not null;
create index measure_subject on measure (subject, number);

create table mark (                         -- what measures in force change of what is seen
  owner <id> not null,                      -- whose messages; with id 0 the person, group or channel
  id <id> not null,
  measure <id> not null,
  kind <int> not null,                      -- 1 withheld, 2 labelled, 3 frozen, 4 suspended
  countries text not null default '',
  label text not null default '',
  shown text not null default '',
  since <int> not null,
  until <int> not null default 0,
  primary key (owner, id, measure)
) <clustered>;
create index mark_measure on mark (measure);

create table hold (                         -- what erasers leave alone: evidence, or to be given back
  author <id> not null,                     -- 0: `body` is the id of a photo or document
  body <id> not null,
  number <id> not null,                     -- the report or measure
  until <int> not null,
  primary key (author, body, number)
) <clustered>;

create table surface (                      -- who said how public a chat is, and why; newest counts
  chat <id> not null,
  at <int> not null,
  n <int> not null,                         -- order within a second
  level <int> not null,                     -- 0 private, 1 semi-public, 2 public; -1: as the rule says
  actor text not null,
  reason text not null,
  primary key (chat, at, n)
) <clustered>;

create table bot (
  id <id> primary key,                      -- the account
  owner <id> not null default 0,            -- who made it; 0: the operator
  sealed <bytes> not null,                  -- the secret half of the token
  digest <bytes> not null,                  -- of that half: what logins are compared with
  created_at <int> not null,
  token_at <int> not null                   -- when the token was made
);
