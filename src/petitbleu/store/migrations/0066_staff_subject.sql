-- Accounts at an OpenID provider with which staff come in, beside their passkeys.

create table staff_subject (                -- one account for each person, one person for each account
  issuer text not null,
  subject text not null,                    -- the provider's `sub`
  staff <id> not null,
  made_at <int> not null,
  primary key (issuer, subject)
);
create unique index staff_subject_staff on staff_subject (staff);
