-- What of a channel stands on the web for everybody.

create table channel_page (                 -- absent: no page, as for every channel at first
  chat <id> primary key,                    -- the channel (peer number)
  shown <int> not null,                     -- 1: anybody may read it on the web
  since <int> not null,                     -- when it was last switched on
  switches <bytes> not null                 -- msgpack map, see domain/pages/switches.py
) <clustered>;
create index channel_page_shown on channel_page (since) where shown = 1;
