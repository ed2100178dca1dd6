-- What owners say is to be seen in pictures of their public channels: messages hold no such text.

create table page_alt (
  chat <id> not null,
  message <id> not null,             -- that carries the picture: in an album each its own
  described text not null,
  primary key (chat, message)
) <clustered>;
