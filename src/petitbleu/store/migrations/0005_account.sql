-- Around the account: folders, pins of Saved Messages, takeout sessions, imports.

create table dialog_filter (                -- folders of the chat list; id 0: the list of all chats
  owner <id> not null,
  id <int> not null,
  position <int> not null,                  -- their order as the person set it
  data <bytes> not null,                    -- msgpack map (domain/folders/service.py)
  primary key (owner, id)
) <clustered>;

create table saved_pin (                    -- pinned chats inside Saved Messages; highest first
  owner <id> not null,
  peer <id> not null,
  position <int> not null,
  primary key (owner, peer)
) <clustered>;

-- A message of Saved Messages is filed under the chat it came from: box.top is that peer number.
update box set top = owner where peer = owner and owner > 0 and top is null;

create table takeout (                      -- a person's running export of their own data
  account <id> primary key,
  id <id> not null,
  auth <id> not null,                       -- the device that asked
  at <int> not null,
  wants <bytes> not null                    -- msgpack list: what it asked for
);

create table import_run (                   -- one export file, or a chat of it, on its way in
  id <id> primary key,
  print text not null unique,               -- SHA-256 of what makes the file itself
  source text not null,                     -- where it was, for the operator
  started_at <int> not null,
  finished_at <int>,
  report <bytes> not null                   -- msgpack map: what was left out and why
);

create table import_chat (                  -- how far a chat has come in
  run <id> not null,
  chat <id> not null,                       -- its id in the export
  peer <id> not null,                       -- what it is here
  done <int> not null default 0,            -- messages of the file dealt with, in the file's order
  taken <int> not null default 0,           -- of these, written
  primary key (run, chat)
) <clustered>;

create table import_person (                -- people of exports, by their id there
  source text not null,                     -- user123456 as the export names them
  account <id> not null,
  name text not null,
  placeholder <int> not null,               -- 1: made by an import, nobody can sign in yet
  primary key (source)
) <clustered>;
create index import_person_account on import_person (account);

create table import_message (               -- where a message of an export stands: replies need it
  run <id> not null,
  chat <id> not null,
  id <id> not null,                         -- its id in the export
  body <id> not null,                       -- the id in its author's box ...
  author <id> not null,                     -- ... and that author
  primary key (run, chat, id)
) <clustered>;
