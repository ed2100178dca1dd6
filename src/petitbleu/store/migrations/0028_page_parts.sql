-- When the posts of public channels last changed, for sitemaps: kept from the event log.

create table page_part (
  chat <id> not null,
  part <id> not null,                -- ten thousand message ids each, the first is 0
  changed <int> not null,            -- Unix seconds: a post of it was said, edited, deleted, withheld
  primary key (chat, part)
) <clustered>;

alter table channel_page add column followed <int> not null default 0;  -- the channel's pts up to which that is so
