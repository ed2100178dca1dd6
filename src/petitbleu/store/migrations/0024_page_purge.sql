-- What a cache in front of the server was told of public pages.

create table page_purge (
  chat <id> primary key,
  version <bytes> not null,          -- of what its pages show, as it was when the cache was told
  name text not null,                -- its public name then
  at <int> not null,                 -- Unix seconds of that version
  failed <int> not null default 0    -- 1: since then the cache could not be told
);
