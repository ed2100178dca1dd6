-- What the owner of a channel decided about the comments of one post.

create table comment_rule (                 -- absent: as the channel's switches say
  channel <id> not null,
  post <id> not null,
  rule text not null,                       -- open, closed, members, held, direct
  primary key (channel, post)
) <clustered>;
