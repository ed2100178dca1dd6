-- A change of what is said to be seen in a picture waits for a second reader, as an edit does.

alter table held_edit add column described text;  -- of the post's picture, empty: none; null: as it was
