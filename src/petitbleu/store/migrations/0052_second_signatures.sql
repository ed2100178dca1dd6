-- Who brought somebody to the desk, when a head's access ended, and keys of authorities checked by call-back.

alter table staff add column vouched_by text not null default '';     -- who invited or raised them, and who agreed
alter table staff add column vouched_at <int> not null default 0;     -- the last time
alter table staff add column head_ended_at <int> not null default 0;  -- when they ceased to be lead or director
update staff set vouched_by = made_by, vouched_at = made_at;

alter table desk_authority add column key_checked_at <int> not null default 0;   -- 0: nobody has checked the key
alter table desk_authority add column key_checked_by text not null default '';
alter table desk_authority add column key_phone text not null default '';        -- the number that was called
