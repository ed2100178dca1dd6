-- What a public channel shows itself as, and the domain its page answers on.

create table page_identity (
  chat <id> primary key,
  identity <bytes> not null                 -- name, logo, colours, sections, texts
);

create table page_domain (
  chat <id> primary key,
  domain text not null,                     -- lower case, ASCII
  token text not null,                      -- what the owner of the domain publishes
  asked_at <int> not null,
  verified_at <int> not null,               -- 0: not yet
  by_file <int> not null,                   -- 1: a file proved it, not a DNS record
  checked_at <int> not null,                -- when it was last asked; 0: not yet
  failures <int> not null                   -- in a row, since it was verified
);
create unique index page_domain_verified on page_domain (domain) where verified_at > 0;
