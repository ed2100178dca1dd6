-- Several workers on one database (PostgreSQL): who is there, and who does what is done by one.
-- Times here are milliseconds of the database's own clock.

create table worker (
  id <serial>,                              -- never given twice
  name text not null,                       -- host and process
  address text not null,                    -- where it listens
  roles text not null,                      -- gateway,web,desk,jobs
  version text not null,                    -- of the program
  started <id> not null,
  seen <id> not null,                       -- when it last said that it is alive
  draining <int> not null                   -- 1: it takes nobody new and is about to end
);

create table lease (
  name text primary key,                    -- jobs, index, mail, desk, follow
  holder <id> not null,                     -- worker; 0: nobody
  term <id> not null,                       -- moves with every change of holder
  until <id> not null
);
-- Makes the term part of a key: a transaction that holds `for key share` on its lease lets renewals
-- through and holds a takeover up until it has ended.
create unique index lease_term on lease (name, term);

alter table job add column worker <id>;     -- who has claimed it; null: nobody
alter table job add column claim <id>;      -- the id it had then: planned anew, it is free again
alter table job add column until <id>;      -- after this the claim is void
