-- What somebody uploaded lately and nothing is known to use yet: counted by its owner
-- (domain/media/unused.py).

create index media_new on media (owner) where check_at is not null;
