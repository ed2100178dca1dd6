-- A disclosure two people agreed to waits until it is made, or withdrawn.
alter table desk_disclosure add column agreed_at <int> not null default 0;  -- 0: no second person has agreed
alter table desk_disclosure add column begun <int> not null default 0;      -- 1: the agreement was used for it
