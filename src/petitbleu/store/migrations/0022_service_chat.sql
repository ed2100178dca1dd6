-- What people write to the service chat.

create table service_chat (                 -- absent: nothing was ever heard from them
  account <id> primary key,
  heard <id> not null,                      -- the newest message of theirs that was dealt with
  puzzled_at <int> not null                 -- when they were last told that nothing was understood
) <clustered>;
