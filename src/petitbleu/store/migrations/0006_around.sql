-- Around messages: reactions, mentions, polls, scheduled messages, timers, who has read, views.

alter table dialog add column mentions <int> not null default 0;   -- unread ones in this chat
alter table dialog add column reactions <int> not null default 0;  -- own messages with reactions not seen yet
alter table dialog add column ttl <int> not null default 0;        -- private chats: auto-delete timer, seconds

create table attention (                    -- messages of a chat that concern somebody in particular
  account <id> not null,
  peer <id> not null,
  kind <int> not null,                      -- 0 they are mentioned, 1 theirs, with reactions
  id <id> not null,                         -- in the account's box, or in the channel's
  unread <int> not null default 1,
  primary key (account, peer, kind, id)
) <clustered>;
create index attention_unread on attention (account, peer, kind, id) where unread = 1;
create index attention_post on attention (peer, id) where peer < -1000000000000;

create table reaction (                     -- who reacted to what; it belongs to the body
  author <id> not null,
  body <id> not null,
  account <id> not null,
  emoji text not null,
  place <int> not null,                     -- order among the account's own on this message, 1, 2 ...
  at <int> not null,
  big <int> not null default 0,
  unread <int> not null default 0,          -- the one who said the message has not seen it
  primary key (author, body, account, emoji)
) <clustered>;
create index reaction_recent on reaction (author, body, at, account);
create index reaction_unread on reaction (author, body) where unread = 1;

create table reaction_count (               -- how many of each, in the order they first came
  author <id> not null,
  body <id> not null,
  emoji text not null,
  n <int> not null,
  since <int> not null,
  primary key (author, body, emoji)
) <clustered>;

create table reaction_use (                 -- what somebody reacts with: recent and top lists
  account <id> not null,
  emoji text not null,
  n <int> not null,
  at <int> not null,                        -- when last; 0: taken off the recent list
  primary key (account, emoji)
) <clustered>;

create table poll (                         -- what a poll asks; body.media names it by id
  id <id> primary key,
  creator <id> not null,
  data <bytes> not null,                    -- msgpack list (domain/polls/stored.py)
  close_at <int>,                           -- closes by itself
  closed <int> not null default 0,
  voters <int> not null default 0,
  version <int> not null default 0,         -- moves with every vote and at its end
  check_at <int> not null                   -- when to ask whether any message still shows it
);
create index poll_check on poll (check_at);

create table poll_vote (
  poll <id> not null,
  account <id> not null,
  at <int> not null,
  options <bytes> not null,                 -- msgpack list of positions
  primary key (poll, account)
) <clustered>;
create index poll_vote_recent on poll_vote (poll, at, account);

create table poll_choice (                  -- one row for each answer somebody chose, and the counts
  poll <id> not null,
  option <int> not null,
  account <id> not null,
  at <int> not null,
  primary key (poll, option, account)
) <clustered>;
create index poll_choice_recent on poll_choice (poll, option, at, account);

create table poll_count (
  poll <id> not null,
  option <int> not null,
  n <int> not null,
  primary key (poll, option)
) <clustered>;

create table scheduled (                    -- messages that will be said later
  owner <id> not null,                      -- who sees them waiting: a person, or a channel's admins
  id <id> not null,
  peer <id> not null,
  sender <id> not null,
  due <int> not null,                       -- 2147483646: when the other side comes online
  random_id <id> not null,
  made_at <int> not null,
  edit_date <int>,
  draft <bytes> not null,                   -- msgpack list (domain/scheduled/stored.py)
  primary key (owner, id)
) <clustered>;
create unique index scheduled_random on scheduled (sender, random_id);
create index scheduled_peer on scheduled (owner, peer, id);
create index scheduled_online on scheduled (peer) where due = 2147483646;

create table expiry (                       -- messages with a timer
  due <int> not null,
  author <id> not null,
  body <id> not null,
  primary key (due, author, body)
) <clustered>;

create table read_mark (                    -- who read how far in a small group, and when; kept a week
  peer <id> not null,
  account <id> not null,
  upto <id> not null,                       -- in the account's box, or in the channel's
  at <int> not null,
  primary key (peer, account, upto)
) <clustered>;
create index read_mark_at on read_mark (at);

create table post_count (                   -- how often a channel's post was seen and forwarded
  channel <id> not null,
  id <id> not null,
  views <int> not null,
  forwards <int> not null,
  primary key (channel, id)
) <clustered>;
