"""What ``send.py`` asks of PostgreSQL."""

from __future__ import annotations

VERSIONS = "select id, version from chat where id = any($1::bigint[]) order by id for share"
READ = """
with locked as materialized (
  select s.owner, s.pts, s.top_id, coalesce(a.kind, 0) as kind, a.deleted_at, s.hosts
  from account_state s
  left join account a on a.id = s.owner
  where s.owner = any($1::bigint[]) order by s.owner for update of s
)
select 0 as what, owner as a, pts as b, top_id as c, kind as d, deleted_at as e, null::bytea as f,
  hosts as g
from locked
union all
select 1, b.author, b.random_id, b.id, b.pts, b.date, b.print, ''
from unnest($2::bigint[], $3::bigint[]) i(author, random_id)
join body b on b.author = i.author and b.random_id = i.random_id
union all
select 2, b.owner, b.target, 0, 0, null, null, ''
from unnest($4::bigint[], $5::bigint[]) p(owner, target)
join blocked b on b.owner = p.owner and b.target = p.target
"""

_WRITE = """
with {held}said as (
  insert into body (author, id, pts, peer, twin, random_id, print, date, kind, text, entities,
    extra, sender, media)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bytea[], $8::bigint[], $9::bigint[], $10::text[], $11::bytea[], $12::bytea[],
    $13::bigint[], $14::bytea[]){where}
), boxed as (
  insert into box (owner, id, peer, author, body, reply_to, flags, top, pts)
  select * from unnest($15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[],
    $20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[]){where}
), logged as (
  insert into event_log (owner, pts, count, kind, at, data)
  select owner, pts, 1, 'message.new', at, data
  from unnest($24::bigint[], $25::bigint[], $26::bigint[], $27::bytea[]) l(owner, pts, at, data)
  {where}
), noted as (
  insert into body_change (author, body) select * from unnest($1::bigint[], $2::bigint[])
  {where}
), counted as (
  update account_state s set pts = v.pts, top_id = v.top_id
  from unnest($28::bigint[], $29::bigint[], $30::bigint[]) v(owner, pts, top_id)
  where s.owner = v.owner{and_}
)
insert into dialog as d (owner, peer, top_id, top_date, unread, total)
select * from unnest($31::bigint[], $32::bigint[], $33::bigint[], $34::bigint[], $35::bigint[],
  $36::bigint[]) n(owner, peer, top_id, top_date, unread, total){where}
order by n.owner, n.peer
on conflict (owner, peer) do update set top_id = excluded.top_id, top_date = excluded.top_date,
  unread = d.unread + excluded.unread, total = d.total + excluded.total
"""
WRITE = _WRITE.format(held="", where="", and_="")

# The same where nobody has moved the counters, or become a host, since they were read, and nothing
# otherwise: a transaction of one statement. Whoever waits for a counter's lock sees its newest
# version.
_HELD = """held as materialized (
  select count(*) as n from (
    select s.owner from account_state s
    join unnest($28::bigint[], $37::bigint[], $38::bigint[], $39::text[])
      v(owner, pts, top_id, hosts)
      on v.owner = s.owner and v.pts = s.pts and v.top_id = s.top_id and v.hosts = s.hosts
    left join account a on a.id = s.owner
    where a.deleted_at is null order by s.owner for update of s
  ) owners
), """
_IF_HELD = "(select n from held) = cardinality($28::bigint[])"
WRITE_IF_HELD = _WRITE.format(held=_HELD, where=f" where {_IF_HELD}", and_=f" and {_IF_HELD}")
