-- A second reader: approvals of what waits for its time, and edits that wait for one.

alter table scheduled add column editor <id> not null default 0;  -- who wrote this version; 0: its sender
alter table scheduled add column approved_by <id> not null default 0;  -- whoever read this version; 0: nobody
alter table scheduled add column reason text not null default '';  -- why its own author publishes it
alter table scheduled add column leaving <int> not null default 0;  -- 1: it is being published, and stays as it is

create table held_edit (                    -- what a published post is to say once a second reader agrees
  channel <id> not null,
  message <id> not null,
  editor <id> not null,
  made_at <int> not null,
  number <id> not null,                     -- random: names what it holds of media
  text text not null,
  entities <bytes>,
  extra <bytes>,
  media <bytes>,
  primary key (channel, message)
) <clustered>;

create table post_preview (                 -- links to posts that are not published yet
  number <id> primary key,                  -- random: it stands in the link
  channel <id> not null,
  message <id> not null,                    -- the waiting message, and its random_id: ids come again
  random_id <id> not null,
  made_by <id> not null,
  until <int> not null
);
create unique index post_preview_post on post_preview (channel, message);
create index post_preview_until on post_preview (until);
