-- Pictures in comments: which of them an editor let onto the page of the post.

create table comment_picture (
  chat <id> not null,                       -- the discussion group
  message <id> not null,                    -- the comment
  channel <id> not null,
  photo <id> not null,                      -- the picture that was seen: another one needs another look
  state text not null,                      -- waiting, shown, refused
  asked_at <int> not null,                  -- when the people of the channel were asked; 0: not yet
  at <int> not null,                        -- when it came, or was decided
  decided_by <id> not null,                 -- an account; 0: nobody yet
  primary key (chat, message)
) <clustered>;
create index comment_picture_waiting on comment_picture (channel, asked_at, message) where state = 'waiting';
create index comment_picture_at on comment_picture (at);
