-- WebSub (W3C): who is sent the feeds of public channels when these change.

create table websub_request (                -- acknowledged, and not yet verified with the subscriber
  id text primary key,                       -- of topic and callback
  mode text not null,                        -- subscribe, unsubscribe
  chat <id> not null,
  form text not null,                        -- atom, rss, json
  topic text not null,
  callback text not null,
  host text not null,                        -- of the callback
  secret <bytes>,                            -- sealed
  lease <int> not null,                      -- seconds
  at <int> not null,
  due <int> not null,
  tries <int> not null default 0
);
create index websub_request_due on websub_request (due);
create index websub_request_host on websub_request (host);

create table websub_subscription (
  id text primary key,
  chat <id> not null,
  form text not null,
  topic text not null,
  callback text not null,
  host text not null,
  secret <bytes>,                            -- sealed
  until <int> not null,                      -- end of the lease
  version <bytes> not null,                  -- of what the channel's pages show, as last looked at
  told text not null default '',             -- which feed was delivered last
  due <int>,                                 -- when to deliver; null: nothing has changed
  tries <int> not null default 0
);
create index websub_subscription_due on websub_subscription (due) where due is not null;
create index websub_subscription_host on websub_subscription (host);
create index websub_subscription_chat on websub_subscription (chat, version);
create index websub_subscription_until on websub_subscription (until);
