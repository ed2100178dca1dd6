-- Guests' comments as whoever judges them needs them: by what the filter said, discarded ones too.

alter table guest_comment add column verdict text not null default 'hold';  -- of the filter
alter table guest_comment add column score <int> not null default 0;        -- of the filter, millionths
alter table guest_comment add column asked_at <int> not null default 0;     -- when the author was last asked to confirm
alter table guest_comment add column ending text not null default '';       -- of what was refused: spam, no, kept (spam, looked at again)
alter table guest_comment add column decided_at <int> not null default 0;
alter table guest_comment add column contested_at <int> not null default 0;
alter table guest_comment add column contest <bytes>;                       -- sealed: what the author says against it
update guest_comment set asked_at = at;
