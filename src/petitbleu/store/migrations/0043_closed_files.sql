-- Files that a measure has closed: by whatever reference, whoever shows them, in these countries.

create table media_closed (
  media <id> not null,
  measure <id> not null,
  countries text not null default '',   -- comma-separated; empty: everywhere
  until <int> not null default 0,       -- Unix seconds; 0: until the measure is lifted
  primary key (media, measure)
) <clustered>;
create index media_closed_measure on media_closed (measure);
