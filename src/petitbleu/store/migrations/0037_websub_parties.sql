-- Who can make many callbacks at once counts as one: below one name, in one network, from one asker.

alter table websub_request add column site text not null default '';
alter table websub_request add column asker text not null default '';  -- keyed hash of a network
update websub_request set site = host;
create index websub_request_site on websub_request (site);
create index websub_request_asker on websub_request (asker);

alter table websub_subscription add column site text not null default '';
alter table websub_subscription add column asker text not null default '';
alter table websub_subscription add column network text not null default '';  -- where it was verified
update websub_subscription set site = host;
create index websub_subscription_site on websub_subscription (site);
create index websub_subscription_asker on websub_subscription (asker);
create index websub_subscription_network on websub_subscription (network);
