-- Bylines of people who agreed to them, corrections of articles, and what articles said before.

create table page_author (
  chat <id> not null,
  key text not null,                 -- keyed hash of the slug: nobody else ever gets it
  account <id> not null,             -- 0: the account was deleted
  slug text not null,                -- what the address ends with; empty: taken back
  name text not null,                -- the name that was agreed to
  about <int> not null,              -- 1: with the text of the profile
  photo <int> not null,              -- 1: with its picture
  since <int> not null,
  primary key (chat, key)
) <clustered>;
create unique index page_author_shown on page_author (chat, account) where slug <> '';
create index page_author_account on page_author (account);

create table post_correction (
  chat <id> not null,
  message <id> not null,             -- the first of the post
  at <int> not null,
  note text not null,
  by <id> not null,                  -- who wrote it
  primary key (chat, message, at)
) <clustered>;

create table post_version (
  chat <id> not null,
  message <id> not null,             -- in an album each has its own
  until <int> not null,              -- when it was replaced
  since <int> not null,              -- when it was written
  text text not null,
  primary key (chat, message, until)
) <clustered>;
