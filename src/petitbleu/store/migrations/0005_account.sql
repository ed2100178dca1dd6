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

create index dialog_archived on dialog (owner, peer) where folder = 1;

create table takeout (                      -- a person's running export of their own data
  account <id> primary key,
  id <id> not null,
  auth <id> not null,                       -- the device that asked
  at <int> not null,
  wants <bytes> not null                    -- msgpack list: what it asked for
);

create table import_run (                   -- one export file on its way in
  id <id> primary key,
  print text not null unique,               -- SHA-256 of the file: the same file is one import
  source text not null,                     -- where it was, for the operator
  me <id> not null,                         -- the account of whoever exported
  started_at <int> not null,
  finished_at <int>,
  report <bytes> not null                   -- msgpack map: counts, and what was left out and why
);

create table import_chat (                  -- how far a chat of the file has come in
  run <id> not null,
  n <int> not null,                         -- its place in the file
  peer <id> not null,                       -- what it is here; 0: left out
  done <int> not null default 0,            -- messages of the file dealt with, in the file's order
  primary key (run, n)
) <clustered>;

create table import_person (                -- people of exports, by what the export calls them
  source text not null primary key,         -- user123456
  account <id> not null,
  phone text,                               -- digits: whoever signs up with it takes the account over
  placeholder <int> not null                -- 1: made by an import, nobody has signed in yet
);
create index import_person_account on import_person (account);
create index import_person_phone on import_person (phone) where phone is not null;

create table import_message (               -- where the messages of a running import stand: for replies
  run <id> not null,
  n <int> not null,
  id <id> not null,                         -- its id in the export
  author <id> not null,
  body <id> not null,
  primary key (run, n, id)
) <clustered>;
