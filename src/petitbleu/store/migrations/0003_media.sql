-- Photos, documents and what they consist of. A message carries a whole description of its media in
-- body.media: eight bytes with the id of the photo or document (0: none), then msgpack
-- (domain/media/stored.py). So showing a message reads nothing of these tables; downloading does.

create table blob (                         -- contents on disk, each once
  sha <bytes> primary key,                  -- SHA-256
  size <int> not null,
  check_at <int>                            -- when to ask whether anything uses it; null: in use
);
create index blob_check on blob (check_at) where check_at is not null;

create table media (                        -- one row per photo or document made of an upload
  id <id> primary key,                      -- begins with the second it was made
  kind <int> not null,                      -- 0 photo, 1 document
  owner <id> not null,                      -- who uploaded it: whose quota it counts against
  access_hash <id> not null,
  date <int> not null,
  size <int> not null,                      -- bytes of all its files
  sha <bytes> not null,                     -- SHA-256 of the file as it was uploaded
  data <bytes> not null,                    -- msgpack list: what clients are told (domain/media/stored.py)
  check_at <int>                            -- when to ask whether anything uses it; null: in use
);
create index media_check on media (check_at) where check_at is not null;
create index media_owner on media (owner, sha);

create table media_file (                   -- the files of a photo or document
  media <id> not null,
  label text not null,                      -- '': the document itself; s, m, x ...: a size
  sha <bytes> not null,
  size <int> not null,
  primary key (media, label)
) <clustered>;
create index media_file_sha on media_file (sha);

create table media_use (                    -- who holds a photo or document, besides messages
  media <id> not null,
  holder text not null,                     -- room and purpose: profile, chat ...
  key <id> not null,
  primary key (media, holder, key)
) <clustered>;

create table storage_use (                  -- bytes held; account 0: the blobs of everybody
  account <id> primary key,
  bytes <int> not null
);

create table profile_photo (                -- highest position: the one that is shown
  owner <id> not null,
  list <int> not null,                      -- 0 shown to whom privacy allows, 1 to everybody else
  position <int> not null,
  media <id> not null,
  data <bytes> not null,                    -- as in body.media
  primary key (owner, list, position)
) <clustered>;
create index profile_photo_media on profile_photo (owner, media);

create table personal_photo (               -- how viewer sees target, and nobody else does
  viewer <id> not null,
  target <id> not null,
  media <id> not null,
  data <bytes> not null,
  primary key (viewer, target)
) <clustered>;

create index body_media on body (substr(media, 1, 8)) where media is not null;
