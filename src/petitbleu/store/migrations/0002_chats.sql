-- Groups and channels. A channel (or supergroup) is an owner like a person: its posts stand in body,
-- box and event_log under the channel's peer number, counted by its own account_state and by the
-- dialog row (channel, channel). A basic group has no box: every member has a copy.

create table chat (                         -- basic groups, supergroups, channels; id = peer number
  id <id> primary key,
  kind <int> not null,                      -- 0 basic group, 1 supergroup, 2 channel
  title text not null,
  about text not null default '',
  photo <bytes>,                            -- msgpack, meaning belongs to the media room; null: none
  creator <id> not null,
  created_at <int> not null,
  deleted_at <int>,                         -- deleted by its creator or by the operator
  flags <int> not null default 0,           -- domain/chats/flags.py: signatures, noforwards, ...
  banned <int> not null default 0,          -- what members may not do by default (bits of chatBannedRights)
  version <int> not null default 1,         -- moves with every change of members and of their rights
  members <int> not null default 0,         -- how many are in it
  slow_seconds <int> not null default 0,
  ttl_seconds <int> not null default 0,
  linked <id>,                              -- the discussion group of a channel, or the channel of a group
  migrated_to <id>,                         -- of a basic group: the supergroup it became
  migrated_from <id>,                       -- of a supergroup: the basic group it was
  migrated_max <id> not null default 0,     -- the creator's newest id in that group when it moved
  reactions <bytes>,                        -- msgpack, meaning belongs to the reactions room; null: all
  settings <bytes>                          -- msgpack map of what is read seldom: theme, colour, stickers ...
);
create index chat_linked on chat (linked) where linked is not null;

create table member (                       -- everybody who is in a chat, was (basic groups), or is kept out
  chat <id> not null,
  account <id> not null,
  role <int> not null,                      -- -1 kept out, 0 not in it, 1 member, 2 admin, 3 creator
  rights <int> not null default 0,          -- of an admin: bits of chatAdminRights
  banned <int> not null default 0,          -- restrictions: bits of chatBannedRights
  until <int> not null default 0,           -- when restriction or ban end by themselves; 0: never
  rank text not null default '',
  inviter <id> not null default 0,          -- who added, 0: joined alone
  changed_by <id> not null default 0,       -- who promoted, restricted or kept out
  changed_at <int> not null default 0,
  joined_at <int> not null default 0,
  min_id <id> not null default 0,           -- messages up to this id are hidden from the member
  slow_at <int> not null default 0,         -- last message in a chat with slow mode
  via <id> not null default 0,              -- the invite link used
  send_as <id> not null default 0,          -- the peer they last chose to speak as
  primary key (chat, account)
) <clustered>;
create index member_account on member (account, chat);
create index member_recent on member (chat, joined_at, account) where role > 0;
create index member_admin on member (chat, account) where role > 1;
create index member_out on member (chat, account) where role < 0;
create index member_restricted on member (chat, account) where banned <> 0 and role >= 0;
create index member_until on member (until) where until > 0;

-- A basic group's message is found in each member's box; posts of channels need no look-up.
drop index box_body;
create index box_body on box (owner, author, body) where peer < 0 and owner > 0;

alter table box add column top <id>;        -- first message of the thread, in this owner's box (supergroups)
create index box_thread on box (owner, top, id) where top is not null;
alter table body add column sender <id>;    -- who said it, where that is not the author: posts of a channel
alter table body add column media <bytes>;  -- msgpack, meaning belongs to the media room
create index body_sender on body (author, sender, id) where sender is not null;
