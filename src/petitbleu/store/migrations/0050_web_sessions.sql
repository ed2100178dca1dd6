-- Browsers that came in by the web client: the cookie of each, which changes from time to time.

create table web_session (
  auth <id> primary key,                    -- the device; a row of auth, never of auth_key
  digest text not null unique,              -- HMAC, hexadecimal, of the cookie's value
  next_digest text unique,                  -- of the value that was given out and not used yet
  former text unique,                       -- of the value before
  former_until <int> not null default 0,    -- so long that one is good too; later it was stolen
  rotated_at <int> not null,
  created_at <int> not null,
  used_at <int> not null,                   -- noted seldom
  signed_in <int> not null default 0,       -- somebody was: without a login the cookie is dead now
  trusted <int> not null default 0          -- the person said that the device is theirs
);
create index web_session_used on web_session (used_at, auth);
