-- Public pages: whom cases concern, codes by e-mail, appeals, published reports, the count of users.

create table desk_concern (                 -- whose "My cases" shows a case
  person text not null,                     -- hexadecimal digest of an account or an address
  number <id> not null,
  role text not null,                       -- notifier, reporter, concerned, complainant
  at <int> not null,
  primary key (person, number, role)
) <clustered>;

create table desk_code (                    -- a code mailed to an address
  address <bytes> primary key,              -- 16 bytes that stand for it
  code <bytes> not null,                    -- keyed digest
  tries <int> not null,
  expires_at <int> not null
) <clustered>;
create index desk_code_old on desk_code (expires_at);

create table desk_appeal (                  -- an internal complaint against a decision (DSA 20)
  number <id> primary key,                  -- its own case
  decision <id> not null,
  about <id> not null,                      -- the case of that decision
  who text not null,                        -- author, notifier
  person text not null,                     -- hexadecimal digest of the account or address
  account <id> not null default 0,
  email text not null default '',
  language text not null default '',
  subject text not null,                    -- visibility, service, account, money, notice, trusted_notice
  filed_at <int> not null,
  outcome text not null default '',         -- maintained, changed, reversed, omitted
  answer text not null default '',
  decided_by text not null default '',
  decided_at <int>,
  told_at <int>,
  restricted <int> not null default 0,      -- a restriction was newly imposed because of it
  asked <int> not null default 0            -- questions to the complainant
) <clustered>;
create unique index desk_appeal_once on desk_appeal (decision, person);
create index desk_appeal_filed on desk_appeal (filed_at, number);

create index hold_number on hold (number);  -- what an appeal keeps longer

create table desk_report (                  -- a report as it was published; never changed
  period text not null,                     -- YYYY-MM-DD/YYYY-MM-DD
  version <int> not null,
  published_at <int> not null,
  why text not null,                        -- of a corrected version: what and why
  files <bytes> not null,                   -- msgpack list of [name, size, SHA-256]
  list <bytes> not null,                    -- SHA-256 of SHA256SUMS
  signature <bytes> not null,
  primary key (period, version)
) <clustered>;

create table recipient_count (              -- accounts active in a month, counted as they come
  month <int> not null,                     -- YYYYMM, UTC
  country text not null,
  accounts <int> not null,
  primary key (month, country)
) <clustered>;

create index desk_case_received on desk_case (kind, received_at, number);
