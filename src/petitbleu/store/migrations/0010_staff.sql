-- The desk's people: who they are, their passkeys and sessions, what they signed, two-person requests.

create table staff (                        -- one person who works at the desk
  id <serial>,                              -- the number that stands outside in place of a name
  name text not null,
  email text not null,                      -- lower case; one row in force per address
  language text not null,
  roles text not null,                      -- commas between (desk/staff/roles.py)
  queues text not null default '*',         -- kinds of cases, commas between; *: all that the roles allow
  measures text not null default '*',       -- kinds of measures, likewise
  on_call <int> not null default 0,
  on_duty <int> not null default 0,
  keys <int> not null default 1,            -- whether single keys do things on the pages
  rest_until <int> not null default 0,      -- on a break until then
  until <int> not null default 0,           -- the rights end then; 0: never
  made_at <int> not null,
  made_by text not null,
  revoked_at <int> not null default 0
);
create unique index staff_email on staff (email) where revoked_at = 0;

create table staff_invite (                 -- one-time links to a first passkey; the link is derived from id
  id <id> primary key,
  staff <id> not null,
  made_at <int> not null,
  expires_at <int> not null,
  used_at <int> not null default 0
);
create index staff_invite_staff on staff_invite (staff);

create table staff_passkey (
  credential <bytes> primary key,
  staff <id> not null,
  public_key <bytes> not null,              -- COSE
  print <bytes> not null,                   -- SHA-256 of it: no key serves two people
  counter <int> not null,                     -- the authenticator's signature counter
  label text not null,
  transports text not null,
  synced <int> not null,                    -- 1: the authenticator keeps copies elsewhere
  made_at <int> not null,
  used_at <int> not null default 0,
  revoked_at <int> not null default 0
);
create unique index staff_passkey_print on staff_passkey (print);
create index staff_passkey_staff on staff_passkey (staff);

create table staff_session (
  id <id> primary key,
  digest <bytes> not null,                  -- of the cookie's value
  staff <id> not null,
  passkey <bytes> not null,
  made_at <int> not null,
  expires_at <int> not null,
  seen_at <int> not null,
  agent text not null,                      -- what the browser calls itself
  place text not null,                      -- the address it came from
  revoked_at <int> not null default 0
);
create unique index staff_session_digest on staff_session (digest);
create index staff_session_staff on staff_session (staff, expires_at);

create table staff_touch (                  -- challenges that were answered: none is answered twice
  nonce <bytes> primary key,
  purpose text not null,                    -- sign-in, passkey, sign
  staff <id> not null,
  session <id> not null default 0,
  passkey <bytes> not null,
  digest <bytes> not null,                  -- SHA-256 of what was signed
  at <int> not null,
  client_data <bytes> not null,             -- with the next two: the proof, for anybody with the public key
  authenticator_data <bytes> not null,
  signature <bytes> not null
);
create index staff_touch_staff on staff_touch (staff, at);

create table second (                       -- what needs two people
  id <serial>,
  kind text not null,                       -- desk/approvals/kinds.py
  subject text not null,                    -- what it is about: case:…, staff:…
  digest <bytes> not null,                  -- SHA-256 of exactly what is to be done
  shown text not null,                      -- JSON: what the second person reads
  data text not null,                       -- JSON: what is done when they agree, where that is at once
  first text not null,                      -- actor who asks
  first_passkey <bytes>,                    -- null: the command line
  verdict text not null,                    -- what the first thinks; shown after the second has said
  emergency <int> not null default 0,       -- 1: may be done before the second signs
  asked_at <int> not null,
  expires_at <int> not null,
  state <int> not null default 0,           -- 0 requested, 1 reading, 2 agreed, 3 refused, 4 expired
  second <id> not null default 0,           -- who reads or has answered
  second_passkey <bytes>,
  opened_at <int> not null default 0,
  closed_at <int> not null default 0,
  answer text not null default '',
  used_at <int> not null default 0          -- when what was asked for was done
);
create unique index second_open on second (kind, digest) where state < 2;
create index second_digest on second (kind, digest);
create index second_state on second (state, expires_at);
