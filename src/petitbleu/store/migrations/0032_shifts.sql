-- When somebody's shift began and ends: for themselves only, as all of desk_reader.
alter table desk_reader add column shift_from <int> not null default 0;   -- 0: not in service
alter table desk_reader add column shift_until <int> not null default 0;
