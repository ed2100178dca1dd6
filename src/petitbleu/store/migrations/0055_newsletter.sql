-- Newsletters by e-mail: who gets the posts of a public channel, what is to be sent, and plain numbers.

create table newsletter_subscriber (
  id <id> primary key,                      -- random: it stands in links
  channel <id> not null,
  address text not null,                    -- keyed hash of the channel and the address
  sealed <bytes> not null,                  -- the address
  domain text not null,                     -- keyed hash of what receives its mail
  state text not null,                      -- new, active
  frequency text not null,                  -- post, day, week
  zone text not null,                       -- IANA name
  tags text not null,                       -- hashtags, folded, with spaces between; empty: all posts
  language text not null,
  consent text not null,                    -- the words that were agreed to
  page text not null,                       -- where
  asked_at <int> not null,
  mailed_at <int> not null,                 -- when the link was mailed last; 0: not yet
  confirmed_at <int> not null,              -- 0: not yet
  seen <id> not null,                       -- the newest post that a digest has looked at
  digest_at <int>,                          -- when the next digest is due; null: none is
  digested_at <int> not null,               -- when the last one was made
  soft <int> not null,                      -- days on which mail came back for a reason that passes
  soft_at <int> not null                    -- the last of them
);
create unique index newsletter_subscriber_address on newsletter_subscriber (channel, address);
create index newsletter_subscriber_post on newsletter_subscriber (channel, frequency, state, id);
create index newsletter_subscriber_digest on newsletter_subscriber (digest_at) where digest_at is not null;
create index newsletter_subscriber_new on newsletter_subscriber (asked_at) where state = 'new';

create table newsletter_ended (
  channel <id> not null,
  address text not null,                    -- the same hash: all that is left of who left
  at <int> not null,
  why text not null,                        -- left, bounced, complained
  primary key (channel, address)
) <clustered>;

create table newsletter_channel (
  channel <id> primary key,
  seen <id> not null,                       -- the newest post that was looked at
  since <int> not null,                     -- when its newsletter was switched on
  import_day <int> not null,                -- the day of the last import
  imported <int> not null                   -- addresses taken in on that day
);

create table newsletter_issue (
  channel <id> not null,
  post <id> not null,
  at <int> not null,                        -- when it was its turn
  after <id> not null,                      -- the last subscriber that is queued
  filled <int> not null,                    -- 1: all are
  sent_at <int> not null,                   -- when it first left, in a mail of its own or a digest; 0: never
  withdrawn_at <int> not null,              -- when it was found gone after that, and may be told; 0: it is there
  primary key (channel, post)
) <clustered>;

create table newsletter_delivery (
  id <id> primary key,
  subscriber <id> not null,
  channel <id> not null,
  domain text not null,
  kind text not null,                       -- post, day, week
  first <id> not null,                      -- post: the post; digests: what the last one ended with
  last <id> not null,
  since <int> not null,                     -- digests: when the one before was made
  at <int> not null,                        -- of the letter
  due <int> not null,
  slot <int> not null,                      -- 1: due is its turn among mails to one domain
  tries <int> not null
);
create index newsletter_delivery_due on newsletter_delivery (due, id);
create index newsletter_delivery_subscriber on newsletter_delivery (subscriber);
create index newsletter_delivery_channel on newsletter_delivery (channel);

create table newsletter_count (
  channel <id> not null,
  day <int> not null,                       -- days since 1970
  what text not null,                       -- sent, confirmed, left, bounced, complained
  n <int> not null,
  primary key (channel, day, what)
) <clustered>;
