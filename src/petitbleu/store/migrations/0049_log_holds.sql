-- The desk stands still because its log is behind a head that went outside, or its place was copied back.

create table log_hold (
  at <int> primary key,                     -- when it was found
  why text not null,                        -- behind, other, copied, restored
  said text not null,                       -- JSON: sizes, the note of the newest known head
  first text not null default '',           -- who signed first, and why it is so
  reason text not null default '',
  first_at <int> not null default 0,
  second text not null default '',
  ended_at <int>                            -- two have signed: the desk goes on
) <clustered>;
