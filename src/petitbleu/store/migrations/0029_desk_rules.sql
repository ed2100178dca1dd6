-- Where cases go by themselves, and lists that staff keep (desk/routing, desk/views).

create table desk_queue (                   -- a place cases are put; who may see one, its kind says
  id <serial>,
  name text not null,
  members text not null default '',         -- staff, commas between; empty: all who may see the kind
  made_at <int> not null,
  made_by text not null
);
create unique index desk_queue_name on desk_queue (name);

create table desk_rule (                    -- the first active one that fits decides
  id <serial>,
  place <int> not null,                     -- their order
  name text not null,
  active <int> not null default 1,
  conditions <bytes> not null,              -- msgpack (desk/routing/conditions.py)
  queue <id> not null default 0,
  owner <id> not null default 0,            -- staff who gets it, where nobody has it
  urgency <int>,                            -- at least that urgent; null: as it is
  changed_at <int> not null,
  changed_by text not null
);
create index desk_rule_place on desk_rule (place, id);

alter table desk_case add column queue <id> not null default 0;
create index desk_case_queue on desk_case (open, queue, coalesce(due, 1152921504606846976), number)
  where queue <> 0;

create table desk_view (                    -- a filter of the queues somebody named and keeps
  id <serial>,
  staff <id> not null,                      -- whose it is
  shared <int> not null default 0,          -- 1: everybody's
  name text not null,
  filter text not null,                     -- as the address of the page has it
  made_at <int> not null
);
create unique index desk_view_name on desk_view (staff, shared, name);
create index desk_view_shared on desk_view (shared, name);
