-- The spam filter: what its classifiers have learnt, what it decided, keys of the operator's sites.

create table spam_corpus (                  -- how many judged texts a classifier has learnt from
  corpus <id> primary key,                  -- 0: this instance's own; else the id of a spam_key
  ham <int> not null default 0,
  spam <int> not null default 0
) <clustered>;

create table spam_token (                   -- in how many of them a mark was seen
  corpus <id> not null,
  token text not null,
  ham <int> not null default 0,
  spam <int> not null default 0,
  day <int> not null,                       -- day (Unix seconds / 86,400) it was last learnt
  primary key (corpus, token)
) <clustered>;
create index spam_token_day on spam_token (day);

create table spam_check (                   -- a text that was looked at
  id <id> primary key,
  corpus <id> not null,
  door text not null,                       -- form, group, site
  print <bytes> not null,                   -- 16 bytes that stand for author and text
  at <int> not null,
  verdict text not null,                    -- publish, hold, spam, discard
  score <int> not null,                     -- millionths
  reasons <bytes> not null,                 -- msgpack list of [name, weight, words]
  fields <bytes> not null,                  -- sealed msgpack map: what was looked at
  ip text not null default '',              -- '' once 30 days have passed
  sent <int> not null default 0,            -- 1: the outside service saw it
  judged <int> not null default 0,          -- -1 ham, 1 spam: what somebody said
  judged_by text not null default '',
  peer <id> not null default 0,             -- the group, and the message in it
  message <id> not null default 0
);
create index spam_check_print on spam_check (corpus, print);
create index spam_check_at on spam_check (at);
create index spam_check_queue on spam_check (judged, verdict, id);
create unique index spam_check_message on spam_check (peer, message) where message <> 0;

create table spam_author (                  -- somebody whose texts were judged
  who <bytes> primary key,                  -- keyed digest of a confirmed address or of an account
  ham <int> not null,
  spam <int> not null,
  day <int> not null
) <clustered>;
create index spam_author_day on spam_author (day);

create table spam_word (                    -- the operator's list
  word text primary key,
  weight <int> not null                     -- hundredths
) <clustered>;

create table spam_key (                     -- keys for the operator's other sites
  id <id> primary key,
  digest <bytes> not null,
  hint text not null,                       -- its last four characters
  site text not null,
  month_limit <int> not null,               -- calls a month; 0: no limit
  made_at <int> not null,
  revoked_at <int>
);
create unique index spam_key_digest on spam_key (digest);

create table spam_usage (                   -- calls of a key for a site in a month
  key <id> not null,
  month <int> not null,                     -- YYYYMM, UTC
  site text not null,
  calls <int> not null default 0,
  spam <int> not null default 0,
  ham <int> not null default 0,
  missed <int> not null default 0,
  wrong <int> not null default 0,           -- ham that was taken for spam
  primary key (key, month, site)
) <clustered>;
