-- What readers of the desk open of media, and what they had rather not see. For themselves only.

create table desk_reader (                  -- a member of staff who reads; locked while a look is counted
  staff <id> primary key,
  avoids text not null default ''           -- categories they opted out of, commas between; no reason is kept
);

create table desk_reveal (                  -- a picture that was opened; forgotten after two days
  digest <bytes> primary key,               -- SHA-256 of the token that fetches it, once
  staff <id> not null,
  at <int> not null,
  category text not null,
  number <id> not null,                     -- the case
  copy <id> not null,                       -- the report or measure whose sealed copy it is of
  place <int> not null,                     -- which of its media, from 1
  fetched_at <int> not null default 0,
  looks <int> not null default 0            -- how often it was uncovered
);
create index desk_reveal_staff on desk_reveal (staff, at);
create index desk_reveal_at on desk_reveal (at);
