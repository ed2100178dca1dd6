-- Each suspension for misuse has a number of its own within its case, and so a page of its own.
alter table misuse add column nth <int> not null default 0;   -- 0: a warning
create unique index misuse_number on misuse (number, nth) where nth <> 0;
