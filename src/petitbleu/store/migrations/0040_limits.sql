-- Limits that outlive restarts (rates.py): what may be done so often in 24 hours, by rule, key and hour.

create table daily_count (
  key <bytes> not null,                     -- keyed digest of the rule and of whom it is counted for
  hour <int> not null,                      -- Unix hours
  n <int> not null,
  primary key (key, hour)
) <clustered>;
create index daily_count_hour on daily_count (hour);

-- Whether a device asked for the code that had signed in to the account before.
alter table login_code add column known <int> not null default 0;
