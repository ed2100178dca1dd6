-- How often what a bucket of a cache stands for was changed: workers of a cluster compare.

create table cache_stamp (
  room text not null,
  bucket <int> not null,                    -- of the key; -1: the whole room
  n <id> not null,
  primary key (room, bucket)
) <clustered>;

-- Calls that create something, by the message that asked: said again they have the first one's result.
create table done (
  auth <id> not null,
  session <id> not null,
  msg_id <id> not null,
  at <int> not null,                        -- Unix seconds
  value <bytes>,                            -- msgpack; null while the transaction is under way
  primary key (auth, session, msg_id)
) <clustered>;
create index done_at on done (at);
