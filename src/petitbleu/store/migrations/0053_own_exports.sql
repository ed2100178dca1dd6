-- The newest copy of their data that somebody asked for by themselves. Its file is DATA/exports/ID.zip.

create table own_export (
  account <id> primary key,
  id <id> not null unique,                  -- random: names the file
  state <int> not null,                     -- 0 being made, 1 ready, 2 failed
  asked_at <int> not null,
  chats <int> not null default 0,           -- written so far
  all_chats <int> not null default 0,
  messages <int> not null default 0,
  files <int> not null default 0,
  size <id> not null default 0,             -- bytes of the file
  expires_at <int> not null default 0       -- when the file is deleted
);
