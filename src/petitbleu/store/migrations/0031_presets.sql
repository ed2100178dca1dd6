-- What the decision form says of one rule, written once (desk/decisions/presets.py).

create table decision_preset (
  id <serial>,
  place <int> not null,                     -- their order: the first nine have a key
  data <bytes> not null,                    -- msgpack
  changed_at <int> not null,
  changed_by text not null
);
create index decision_preset_place on decision_preset (place, id);
