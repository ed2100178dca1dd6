-- The foundation: people, keys, logins, the message store, the event log.
-- Type tokens: <id> 64-bit id, <int> 64-bit number (times: Unix seconds UTC; flags: 0/1), <bytes>;
-- <clustered> ends a table whose rows lie in primary-key order (SQLite: without rowid).
-- Every hot table's key begins with its owner (or channel), so that it can be spread over shards.

-- ── people ──────────────────────────────────────────────────────────────────────────────────────
create table account (
  id <id> primary key,
  kind <int> not null default 0,            -- 0 person, 1 bot, 2 service
  phone text unique,                        -- digits only; an attribute, never the key
  first_name text not null default '',
  last_name text not null default '',
  about text not null default '',
  birthday text,                            -- YYYY-MM-DD or --MM-DD
  email text,
  country text,                             -- ISO 3166 alpha-2, from the phone's prefix or set by the operator
  lang text not null default '',
  created_at <int> not null,
  deleted_at <int>,
  terms_version text,                       -- accepted version of the terms
  terms_at <int>,
  ttl_days <int> not null default 365,      -- account.setAccountTTL
  session_days <int>,                       -- account.setAuthorizationTTL; null: the setting `session_days`
  last_seen <int> not null default 0,
  active_month <int> not null default 0,    -- YYYYMM: the one mark of activity kept per account
  settings <bytes>                          -- msgpack map: content settings, global privacy settings, ...
);
create unique index account_email on account (email) where email is not null;
create index account_idle on account (last_seen) where kind = 0 and deleted_at is null;

create table username (                     -- name is lower case; display keeps the case typed
  name text primary key,
  display text not null,
  peer <id> not null,                       -- who has it, or had it last
  rests_until <int>                         -- set: released, kept for the former owner until then
);
create index username_peer on username (peer);

create table contact (                      -- owner's address book
  owner <id> not null,
  phone text not null,                      -- digits only, '' where added without
  target <id> not null,                     -- 0 while nobody has this phone
  first_name text not null,
  last_name text not null,
  added_at <int> not null,
  primary key (owner, target, phone)
) <clustered>;
create index contact_target on contact (target, owner);
create index contact_phone on contact (phone) where target = 0;

create table blocked (
  owner <id> not null,
  list <int> not null default 0,            -- 0: blocked, 1: only from seeing the owner's stories
  target <id> not null,
  at <int> not null,
  primary key (owner, list, target)
) <clustered>;

create table hidden_bar (                   -- chats whose "add, block, report" bar was closed
  owner <id> not null,
  peer <id> not null,
  primary key (owner, peer)
) <clustered>;

create table privacy (                      -- absent: Telegram's default for the key
  owner <id> not null,
  key text not null,
  rules <bytes> not null,                   -- msgpack list of [rule, [ids]]
  primary key (owner, key)
) <clustered>;

-- ── keys and logins ─────────────────────────────────────────────────────────────────────────────
create table auth_key (
  id <id> primary key,
  sealed <bytes> not null,                  -- the 256 bytes, sealed with the versioned sealing secret
  perm_id <id>,                             -- of a temporary key once bound: its permanent key
  temp <int> not null default 0,
  created_at <int> not null,
  expires_at <int>
);
create index auth_key_perm on auth_key (perm_id);

create table auth (                         -- one authorization (a device); id = permanent auth key id
  id <id> primary key,
  account <id>,                             -- null until somebody is signed in
  pending_account <id>,                     -- password still owed (SESSION_PASSWORD_NEEDED)
  hash <id> not null,                       -- what account.getAuthorizations calls it
  layer <int> not null default 0,
  api_id <int> not null default 0,
  device text not null default '',
  platform text not null default '',
  system text not null default '',
  app_version text not null default '',
  lang text not null default '',
  lang_pack text not null default '',
  ip text not null default '',
  country text not null default '',
  created_at <int> not null,
  active_at <int> not null,
  confirmed <int> not null default 1,
  parent <id>,                              -- of a key signed in by auth.importAuthorization: whose login it shares
  settings <bytes>                          -- msgpack map: encrypted_requests_disabled, ...
);
create index auth_account on auth (account, active_at);
create index auth_pending on auth (pending_account) where pending_account is not null;
create index auth_parent on auth (parent) where parent is not null;
create index auth_active on auth (active_at, id);

create table signin_log (                   -- sign-ins with address and port, kept `signin_log_days`
  account <id> not null,
  at <int> not null,
  n <id> not null,                          -- random, makes the key unique
  auth <id> not null,
  event text not null,
  ip text not null,
  port <int> not null,
  primary key (account, at, n)
) <clustered>;
create index signin_log_at on signin_log (at);

create table login_code (                   -- one pending code per (phone or e-mail purpose)
  hash text primary key,                    -- phone_code_hash, or purpose:owner where no client names it
  purpose text not null,                    -- login, change_phone, email_setup, recovery, ...
  phone text not null,
  account <id> not null default 0,
  auth <id> not null default 0,
  sealed <bytes> not null,
  channel text not null,                    -- app, email, webhook, console; none; decoy (nobody gets it)
  shown text not null default '',           -- the channel the client was told of
  email text,
  tries <int> not null default 0,
  created_at <int> not null,
  expires_at <int> not null,
  verified <int> not null default 0
);
create index login_code_phone on login_code (phone, created_at);
create index login_code_expires on login_code (expires_at);

create table login_token (                  -- QR login
  token <bytes> primary key,
  auth <id> not null,
  session <id> not null,
  api_id <int> not null,
  accepted_by <id>,
  except_ids <bytes> not null,              -- msgpack list: accounts already signed in on that device
  expires_at <int> not null
);
create index login_token_auth on login_token (auth);
create index login_token_expires on login_token (expires_at);

create table auth_export (                  -- auth.exportAuthorization; token: SHA-256 of what the client got
  token <bytes> primary key,
  account <id> not null,
  auth <id> not null,
  expires_at <int> not null
);
create index auth_export_expires on auth_export (expires_at);

create table password (                     -- 2FA
  account <id> primary key,
  verifier <bytes> not null,
  salt1 <bytes> not null,
  salt2 <bytes> not null,
  hint text not null default '',
  email text,                               -- recovery address, confirmed
  reset_at <int>,                           -- when an asked-for reset may happen
  declined_at <int>,                        -- when the last one was called off
  secure <bytes>,                           -- msgpack list: salt, encrypted secret, id (passport secret of the client)
  version <int> not null default 1,         -- moves with every change: an older SRP challenge is void
  changed_at <int> not null
);

create table password_pending (             -- a change that waits until its recovery address is confirmed
  account <id> primary key,
  verifier <bytes>,                         -- null: only the address changes
  salt1 <bytes>,
  salt2 <bytes>,
  hint text not null default '',
  email text not null,
  created_at <int> not null
);

create table srp_challenge (                -- one per account.getPassword; used once
  id <id> primary key,
  account <id> not null,
  sealed <bytes> not null,                  -- the server's secret exponent b
  version <int> not null,                   -- of the password it was made for
  expires_at <int> not null
);
create index srp_challenge_expires on srp_challenge (expires_at);

-- ── joining ─────────────────────────────────────────────────────────────────────────────────────
create table admitted (                     -- numbers that may sign up
  phone text primary key,
  email text,
  name text not null default '',
  invite text,
  at <int> not null,
  account <id>                              -- once signed up
);
create index admitted_email on admitted (email);

create table join_invite (
  token text primary key,
  uses_left <int>,                          -- null: unlimited
  expires_at <int>,
  created_at <int> not null,
  used <int> not null default 0
);

create table join_request (                 -- an invited person's e-mail waiting to be confirmed
  token text primary key,
  invite text not null,
  name text not null,
  email text not null,
  phone text,
  lang text not null,
  created_at <int> not null,
  expires_at <int> not null,
  number text                               -- what the person got, once confirmed
);
create index join_request_expires on join_request (expires_at);

-- ── messages ────────────────────────────────────────────────────────────────────────────────────
create table body (                         -- one row per message said; id = the author's own box id
  author <id> not null,
  id <id> not null,
  pts <int> not null default 0,             -- the author's pts when it was said: a resend gets the same answer
  peer <id> not null,                       -- the chat as the author sees it
  twin <id> not null default 0,             -- private chats: id of the message in the peer's box
  random_id <id>,                           -- null for server-made messages
  print <bytes>,                            -- fingerprint of the request that carried random_id
  date <int> not null,
  edit_date <int>,
  kind <int> not null default 0,            -- 0 text, 1 service action
  text text not null default '',
  entities <bytes>,                         -- msgpack list (domain/messages/entities.py)
  extra <bytes>,                            -- msgpack map: forward header, quote, action, silent, noforwards, ...
  primary key (author, id)
) <clustered>;
create unique index body_random on body (author, random_id) where random_id is not null;

create table box (                          -- each owner's copy of a private-chat or basic-group message
  owner <id> not null,
  id <id> not null,                         -- the message id this owner sees, 1, 2, 3 ...
  peer <id> not null,                       -- the chat as this owner sees it
  author <id> not null,
  body <id> not null,                       -- body (author, id)
  reply_to <id>,                            -- id in this owner's box
  flags <int> not null default 0,           -- domain/messages/flags.py: pinned, mentioned, media_unread ...
  primary key (owner, id)
) <clustered>;
create index box_history on box (owner, peer, id);
create index box_body on box (owner, author, body) where peer < 0;  -- private chats: body.id and body.twin
create index box_pinned on box (owner, peer, id) where flags % 2 = 1;

create table dialog (
  owner <id> not null,
  peer <id> not null,
  top_id <id> not null default 0,
  top_date <int> not null default 0,
  read_in <id> not null default 0,          -- owner has read incoming up to this id
  read_out <id> not null default 0,         -- the peer has read the owner's up to this id
  unread <int> not null default 0,
  total <int> not null default 0,           -- messages in the chat: the count of a history slice
  marked <int> not null default 0,          -- "unread" by hand
  pin_order <int> not null default 0,       -- 0: not pinned; higher first
  folder <int> not null default 0,
  draft <bytes>,                            -- msgpack map
  draft_at <int> not null default 0,
  notify <bytes>,                           -- msgpack map, null: defaults
  primary key (owner, peer)
) <clustered>;
create index dialog_pinned on dialog (owner, pin_order) where pin_order > 0;
create index dialog_draft on dialog (owner, draft_at) where draft_at > 0;

create table erase (                        -- bodies hidden from everybody, waiting for the eraser
  author <id> not null,
  body <id> not null,
  due <int> not null,
  primary key (author, body)
) <clustered>;
create index erase_due on erase (due);

-- ── updates ─────────────────────────────────────────────────────────────────────────────────────
create table account_state (
  owner <id> primary key,
  pts <int> not null default 1,
  top_id <id> not null default 0,           -- last message id given out in this box
  pruned <int> not null default 0           -- events up to this pts are gone
);

create table auth_state (
  auth <id> primary key,
  qts <int> not null default 1,
  seq <int> not null default 0,
  seen_pts <int> not null default 0         -- newest pts this device asked for or acknowledged
);

create table event_log (                    -- numbered events: what updates.getDifference is made of
  owner <id> not null,
  pts <int> not null,                       -- the counter after the event
  count <int> not null,                     -- by how much it moved
  kind text not null,
  at <int> not null,
  data <bytes> not null,                    -- msgpack, meaning belongs to `kind`
  primary key (owner, pts)
) <clustered>;
create index event_log_at on event_log (at);

create table state_event (                  -- unnumbered state that changed: newest per (kind, key)
  owner <id> not null,
  kind text not null,                       -- draft, dialog_pins, contact, privacy, ...
  key text not null,
  at <int> not null,
  data <bytes> not null,
  primary key (owner, kind, key)
) <clustered>;
create index state_event_at on state_event (owner, at);
create index state_event_age on state_event (at);

-- ── machinery ───────────────────────────────────────────────────────────────────────────────────
create table rate (                         -- durable GCRA: theoretical arrival time per key digest
  name text not null,
  key <bytes> not null,
  tat <int> not null,                       -- milliseconds
  primary key (name, key)
) <clustered>;

create table job (
  id <id> primary key,
  kind text not null,
  key text not null default '',             -- one pending job per (kind, key) where key is given
  due <int> not null,
  data <bytes> not null,
  tries <int> not null default 0
);
create index job_due on job (due);
create unique index job_key on job (kind, key) where key <> '';

create table setting (                      -- instance-wide values: id counters, pts of jobs, versions
  name text primary key,
  value <bytes> not null
);
