-- A message in a basic group has a copy in each member's box. The index that finds the copies of one message had them
-- under a hundred owners, so that each message wrote a hundred of its pages; by message they lie side by side.

drop index box_body;
create unique index box_body on box (author, body, owner) where peer < 0 and owner > 0;
