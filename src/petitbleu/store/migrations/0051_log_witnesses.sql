-- Witnesses cosign the heads of the desk's log.

create table log_witness (
  origin text not null,                     -- name of the log
  name text not null,                       -- of the witness, as its key says it
  size <int> not null,                      -- of the newest head that it has signed; 0: none yet
  at <int> not null,                        -- when it did
  problem text not null,                    -- why it has not signed since, a sentence; '': nothing is wrong
  disputed <int> not null,                  -- 1: it says that the log is not the one it has signed
  since <int> not null,                     -- when it was asked first
  primary key (origin, name)
) <clustered>;

create table log_cosignature (
  size <int> not null,                      -- of the head
  name text not null,
  at <int> not null,                        -- as the witness says
  line text not null,                       -- of the signed note
  primary key (size, name)
) <clustered>;
