-- Public pages that an operator has to agree to: shown = 2 waits.

alter table channel_page add column approved <int> not null default 0;  -- 1: the operator agreed
create index channel_page_waiting on channel_page (since) where shown = 2;
