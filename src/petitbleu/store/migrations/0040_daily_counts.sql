-- What an account, an address may do so often in 24 hours (rates.py): one row per rule, key and hour.

create table daily_count (
  key <bytes> not null,                     -- keyed digest of the rule and of whom it is counted for
  hour <int> not null,                      -- Unix hours
  n <int> not null,
  primary key (key, hour)
) <clustered>;
create index daily_count_hour on daily_count (hour);
