-- Notices to browsers of members.

create table push_subscription (
  account <id> not null,
  endpoint text not null,                   -- of the push service, for one browser
  auth <id> not null,                       -- the device that registered it; it goes with its login
  p256dh <bytes> not null,                  -- key of the browser
  secret <bytes> not null,                  -- what it shares with whoever sends
  quiet_from <int> not null,                -- minutes of the day; both alike: no quiet hours
  quiet_until <int> not null,
  zone text not null,                       -- of these hours
  with_text <int> not null,                 -- 0: neither names nor texts
  failing_since <int> not null default 0,   -- 0: the last notice was taken
  at <int> not null,
  primary key (account, endpoint)
) <clustered>;
create unique index push_subscription_endpoint on push_subscription (endpoint);
create index push_subscription_auth on push_subscription (auth);

create table push_notice (
  account <id> not null,
  peer <id> not null,                       -- the chat whose notice is shown
  upto <int> not null,                      -- its newest message
  at <int> not null,
  primary key (account, peer)
) <clustered>;
create index push_notice_at on push_notice (at);
