-- Which alarm counts a case that tells of danger: its own, or that of an earlier case of the same sender, target or words.

create table desk_danger (
  number <id> primary key,                  -- the case
  lead <id> not null,                       -- the case whose alarm counts it; itself
  sender text not null default '',          -- a mark of who wrote; empty: unknown
  counted <int> not null default 1,         -- of a lead: for how many messages its alarm stands
  at <int> not null
) <clustered>;
create index desk_danger_lead on desk_danger (lead, number);

create table desk_danger_name (             -- senders, targets and words that an alarm is about, as marks
  name text primary key,
  number <id> not null,                     -- the lead
  at <int> not null
) <clustered>;
create index desk_danger_name_number on desk_danger_name (number);
create index desk_danger_name_at on desk_danger_name (at);

create table desk_danger_seen (             -- up to which post of a public channel was read
  chat <id> primary key,
  message <id> not null
) <clustered>;
