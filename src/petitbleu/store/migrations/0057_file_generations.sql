-- A content may be erased by one worker while another keeps it again. So each has a generation, and
-- what is going is never used again: who keeps it takes the next generation. No lock is held.

alter table blob add column gen <int> not null default 0;    -- part of where its bytes lie
alter table blob add column state <int> not null default 0;  -- 0 kept, 1 going, 2 unused for some days

-- Unfinished uploads whose parts reach several workers (a server alone keeps them in its spool).
create table upload (
  account <id> not null,
  file_id <id> not null,
  part_size <int> not null default 0,    -- of every part but the last; 0: none has come
  total <int> not null default -1,       -- parts announced; -1: not yet
  last <int> not null default -1,        -- number of the part that is smaller, once it has come
  last_size <int> not null default 0,
  parts <int> not null default 0,        -- how many have come
  highest <int> not null default -1,     -- the highest number that has come
  received <id> not null default 0,      -- bytes that have come
  purpose text not null default '',      -- what for something was made of it
  made <id> not null default 0,          -- the photo or document; 0: none yet
  claim <id> not null default 0,         -- who is finishing it; 0: nobody
  until <int> not null default 0,        -- Unix second until which that holds
  at <int> not null,                     -- Unix second of the last part
  primary key (account, file_id)
) <clustered>;
create index upload_at on upload (at);

create table upload_part (
  account <id> not null,
  file_id <id> not null,
  part <int> not null,
  size <int> not null,
  md5 <bytes> not null,
  primary key (account, file_id, part)
) <clustered>;
