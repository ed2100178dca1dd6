-- oldest_ok: 39
-- Forums could be made before topics existed, and then neither be opened nor be turned back: they
-- become ordinary supergroups (bits FORUM and FORUM_TABS of chat.flags). Their admins read so in the
-- recent actions; `data` is the msgpack map {"old": true, "new": false}.
<only sqlite> insert into admin_log (chat, id, at, actor, kind, sort, data)
  select id, coalesce((select max(l.id) from admin_log l where l.chat = chat.id), 0) + 1,
    cast(strftime('%s', 'now') as integer), 777000, 'forum', 'forums', x'82a36f6c64c3a36e6577c2'
  from chat where flags & 256 <> 0 and deleted_at is null;
<only postgres> insert into admin_log (chat, id, at, actor, kind, sort, data)
  select id, coalesce((select max(l.id) from admin_log l where l.chat = chat.id), 0) + 1,
    cast(extract(epoch from now()) as bigint), 777000, 'forum', 'forums',
    decode('82a36f6c64c3a36e6577c2', 'hex')
  from chat where flags & 256 <> 0 and deleted_at is null;
update chat set flags = flags - (flags & 1280) where flags & 1280 <> 0;
