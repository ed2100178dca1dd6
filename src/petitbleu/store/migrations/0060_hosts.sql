-- oldest_ok: 56
-- Where an owner's news are wanted: worker ids, '17,23,'. Written in a cluster only.
alter table account_state add column hosts text not null default '';
