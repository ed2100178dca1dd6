-- What comparing the log with its tables found: one row a run, the newest 400 stay.

create table log_check (
  at <int> primary key,
  lines <int> not null,
  older <int> not null,                     -- rows of before the log told of rows: nothing is proved of them
  problems <int> not null,                  -- of the log itself, and differences to tables
  said text not null,                       -- the first sentences, a line each
  seconds <int> not null
) <clustered>;
