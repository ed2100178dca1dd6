-- Around supergroups and channels: invite links, requests to join, recent actions, threads.

create index chat_creator on chat (creator);

create table invite (                       -- links that let people into a chat
  chat <id> not null,
  id <id> not null,                         -- 1, 2, 3 ... in its chat; member.via names it
  hash text not null,                       -- the part after the plus sign
  admin <id> not null,                      -- whose it is
  at <int> not null,
  starts_at <int> not null default 0,       -- when expiry was set last; 0: never
  expires_at <int> not null default 0,      -- 0: never
  most <int> not null default 0,            -- how many may come by it; 0: any number
  used <int> not null default 0,            -- how many came
  asks <int> not null default 0,            -- an admin lets people in
  requested <int> not null default 0,       -- how many wait for that
  title text not null default '',
  permanent <int> not null default 0,       -- the one link of this admin that never ends
  revoked <int> not null default 0,
  primary key (chat, id)
) <clustered>;
create unique index invite_hash on invite (hash);
create unique index invite_permanent on invite (chat, admin) where permanent = 1 and revoked = 0;
create index invite_admin on invite (chat, admin, revoked, at, id);

create table invite_use (                   -- who came by which link
  chat <id> not null,
  invite <id> not null,
  account <id> not null,
  at <int> not null,
  approved_by <id> not null default 0,      -- who let them in; 0: nobody had to
  primary key (chat, invite, account)
) <clustered>;
create index invite_use_recent on invite_use (chat, invite, at, account);

create table entry_request (                -- people who wait to be let into a chat
  chat <id> not null,
  account <id> not null,
  invite <id> not null,                     -- the link they asked by; 0: the public name
  at <int> not null,
  about text not null default '',
  primary key (chat, account)
) <clustered>;
create index entry_request_recent on entry_request (chat, at, account);

create table admin_log (                    -- recent actions of a supergroup or channel
  chat <id> not null,
  id <id> not null,                         -- 1, 2, 3 ... in its chat
  at <int> not null,
  actor <id> not null,
  kind text not null,                       -- domain/adminlog/kinds.py
  sort text not null,                       -- the filter it falls under: join, ban, info ...
  message <id> not null default 0,          -- the message it is about
  hidden <int> not null default 0,          -- that message was removed by a measure
  words text not null default '',           -- what a search looks into, case folded
  data <bytes> not null,                    -- msgpack map, meaning belongs to `kind`
  primary key (chat, id)
) <clustered>;
create index admin_log_actor on admin_log (chat, actor, id);
create index admin_log_message on admin_log (chat, message) where message > 0;

create table thread (                       -- answers to a message of a supergroup, counted
  owner <id> not null,
  top <id> not null,                        -- the message
  replies <int> not null default 0,
  last_id <id> not null default 0,
  read_out <id> not null default 0,         -- somebody else has read up to here
  recent1 <id>,                             -- who answered last, as shown
  recent2 <id>,
  recent3 <id>,
  primary key (owner, top)
) <clustered>;

create table thread_read (                  -- how far somebody has read the answers
  account <id> not null,
  owner <id> not null,
  top <id> not null,
  read_in <id> not null,
  primary key (account, owner, top)
) <clustered>;

create table discussion (                   -- posts of a channel and their copies in the linked group
  channel <id> not null,
  post <id> not null,
  chat <id> not null,
  message <id> not null,
  primary key (channel, post)
) <clustered>;
create index discussion_message on discussion (chat, message);
