-- Telephone numbers that an account has asked about, so that each counts once in 30 days.

create table asked_number (
  owner <id> not null,                      -- who asked
  number text not null,                     -- keyed digest of owner and number
  at <int> not null,                        -- Unix seconds
  primary key (owner, number)
) <clustered>;
create index asked_number_at on asked_number (at);
