-- How often public pages are read: by day, page and site that led there. Nothing of this is about a reader.

create table page_visit (
  channel <id> not null,
  day <int> not null,                       -- days since 1970, in the instance's time zone
  page <id> not null,                       -- number of the post; 0: another page of the channel
  source text not null,                     -- host that led there, or a sign (visits/sources.py)
  visits <int> not null,
  primary key (channel, day, page, source)
) <clustered>;

create table reader_count (
  day <int> not null,                       -- YYYYMMDD, in the instance's time zone
  country text not null,
  readers <int> not null,                   -- different readers of that day
  primary key (day, country)
) <clustered>;
