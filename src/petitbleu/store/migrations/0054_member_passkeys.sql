-- Passkeys of members, for the web client.

create table passkey (
  account <id> not null,
  id text not null,                         -- of the key at its authenticator, base64url
  party text not null,                      -- host name it is bound to
  name text not null,                       -- what keeps it, as people are told
  public_key <bytes> not null,              -- COSE
  counter <int> not null,                   -- of signatures, as the authenticator last said
  created_at <int> not null,
  used_at <int>,                            -- null: never
  primary key (account, id)
) <clustered>;
create unique index passkey_id on passkey (id);

create table passkey_challenge (
  auth <id> not null,                       -- the device that was asked
  purpose text not null,                    -- sign-in, registration
  account <id> not null,                    -- who registers; 0: whoever answers
  digest text not null,                     -- SHA-256, hexadecimal
  expires_at <int> not null,
  primary key (auth, purpose)
) <clustered>;
create index passkey_challenge_expires on passkey_challenge (expires_at);
