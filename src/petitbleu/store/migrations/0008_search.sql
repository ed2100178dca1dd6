-- Search: what changed, the index of words, the index of shared media; previews of links.

create table body_change (                  -- bodies said, edited or deleted that the index has not seen
  seq <serial>,                             -- in the order of the commits, for bodies of the same box
  author <id> not null,
  body <id> not null,
  owner <id> not null default 0,            -- set: this owner's copy is gone, it was ...
  peer <id> not null default 0,             -- ... in this chat ...
  id <id> not null default 0                -- ... under this id
);
insert into body_change (author, body) select author, id from body order by date, author, id;

-- Each member has a copy once. Said so, SQLite looks it up by this index; otherwise it takes a range
-- of box_history (all group messages of the owner) to be shorter.
drop index box_body;
create unique index box_body on box (owner, author, body) where peer < 0 and owner > 0;

create table search_doc (                   -- one row per body that can be found
  doc <id> primary key,                     -- body_change.seq of when it was said: newer is higher
  author <id> not null,
  body <id> not null,
  chat <id> not null,                       -- 0 private, else the group or channel
  date <int> not null,
  words text not null                       -- what it is found by (domain/search/words.py)
);
create unique index search_doc_body on search_doc (author, body);
<only postgres> create index search_doc_words on search_doc
  using gin (array_to_tsvector(string_to_array(words, ' '))) with (gin_pending_list_limit = 512);
<only sqlite> create virtual table search_text using fts5(
  words, content='', detail='none', columnsize=0, tokenize="ascii tokenchars '_'");

create table shared_media (                 -- messages by what they carry; a message may have several
  owner <id> not null,
  peer <id> not null,
  kind <int> not null,                      -- domain/search/kinds.py
  id <id> not null,
  date <int> not null,
  primary key (owner, peer, kind, id)
) <clustered>;

create table webpage (                      -- what links lead to, as previews show it
  id <id> primary key,                      -- digest of the address
  url text not null,
  state <int> not null,                     -- 0 being fetched, 1 there is a preview, 2 there is none
  fetched_at <int> not null,
  due <int> not null,                       -- whoever says the link after this has it fetched anew
  version <int> not null default 0,         -- moves with what is shown
  data <bytes>                              -- msgpack list (domain/webpages/service.py)
);
