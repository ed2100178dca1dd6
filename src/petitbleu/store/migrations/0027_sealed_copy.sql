-- Public things that a letter or notice is about, as they stood when it was filed.

create table sealed_copy (
  number <id> primary key,
  file <id> not null,                       -- the case it was taken for
  target text not null,                     -- as it was written there
  subject <id> not null,                    -- the chat or person (peer number)
  item <id> not null,                       -- the message; 0: the chat or person as a whole
  at <int> not null,
  until <int> not null,                     -- kept until then
  sealed <bytes> not null,                  -- the copy (domain/moderation/copies.py)
  digest <bytes> not null                   -- SHA-256 of what is sealed
);
create unique index sealed_copy_once on sealed_copy (file, subject, item);
create index sealed_copy_until on sealed_copy (until);
