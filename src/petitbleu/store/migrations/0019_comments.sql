-- Comments of guests: people without an account, under posts of public channels.

create table guest_comment (
  id <id> primary key,
  channel <id> not null,
  post <id> not null,
  chat <id> not null,                       -- the discussion group
  parent <id> not null,                     -- the message there that is answered; 0: the post
  name text not null,
  sealed <bytes> not null,                  -- msgpack {email, text}
  language text not null,
  notify <int> not null,                    -- 1: mail about answers
  state text not null,                      -- new, held, approved, published, refused, withdrawn
  spam_check <id> not null,                 -- 0: none
  message <id> not null default 0,          -- in the group, once it is published
  at <int> not null,
  confirmed_at <int>,
  decided_by text not null default ''
);
create index guest_comment_state on guest_comment (state, id);
create index guest_comment_at on guest_comment (at);
create unique index guest_comment_message on guest_comment (chat, message) where message <> 0;
