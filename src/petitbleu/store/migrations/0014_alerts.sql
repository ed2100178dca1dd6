-- Alarms of the desk: what rang for whom, and whether somebody heard it.

create table desk_alert (                   -- one rung that rang
  id <serial>,
  number <id> not null,                     -- the case; 0: the desk itself (canaries, absence)
  step text not null,                       -- names the rung within its case: it rings once
  clock text not null default '',
  what text not null,                       -- as the law data write it, or a code of alerts/texts.py
  urgency <int> not null,
  level <int> not null,                     -- alerts/ladder.py LEVELS
  due <int>,                                -- of the clock
  raised_at <int> not null,
  next_at <int>,                            -- when the next level is told, if nobody acknowledges
  heard_at <int>,                           -- acknowledged
  heard_by text not null default '',
  ended_at <int>                            -- the clock was done, the case closed, the trouble over
);
create unique index desk_alert_step on desk_alert (number, step);
create index desk_alert_open on desk_alert (number, id) where heard_at is null and ended_at is null;
create index desk_alert_raised on desk_alert (raised_at);

create table desk_notice (                  -- one alarm on its way to one person or program
  id <serial>,
  alert <id> not null,
  level <int> not null,
  way text not null,                        -- mail, push, webhook
  recipient text not null,                  -- address, number of a subscription, or empty
  language text not null,
  pooled <int> not null,                    -- 1: may share a mail with others
  next_at <int> not null,
  tries <int> not null default 0,
  state text not null default 'queued',     -- queued, sent, failed, dropped
  ended_at <int>,
  proof text not null default ''
);
create unique index desk_notice_once on desk_notice (alert, level, way, recipient);
create index desk_notice_waiting on desk_notice (next_at, id) where state = 'queued';
create index desk_notice_ended on desk_notice (ended_at) where ended_at is not null;
create index desk_notice_sent on desk_notice (way, recipient, ended_at) where state = 'sent';

create table desk_push (                    -- Web Push subscriptions of staff (RFC 8030)
  id <serial>,
  staff <id> not null,
  endpoint text not null,
  p256dh <bytes> not null,                  -- the browser's public key, 65 bytes
  auth <bytes> not null,                    -- its secret, 16 bytes
  made_at <int> not null
);
create unique index desk_push_endpoint on desk_push (endpoint);
create index desk_push_staff on desk_push (staff);

create table desk_mark (                    -- what was done once: digests, proofs, the first start
  name text primary key,
  at <int> not null
) <clustered>;
