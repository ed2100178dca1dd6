-- Held comments that the people of a channel were asked about in the service chat.

create table comment_call (
  number <id> primary key,                  -- what they answer with
  comment <id> not null,                    -- negative: it was changed since
  channel <id> not null,
  told_at <int> not null,                   -- the message it stands in: one a channel and second
  told <int> not null                       -- 1: everybody was told
);
create unique index comment_call_comment on comment_call (comment);
create index comment_call_channel on comment_call (channel, told_at);
create index comment_call_at on comment_call (told_at);
