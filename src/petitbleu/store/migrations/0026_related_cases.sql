-- Cases of one reference or one sender are found beside a case without reading all of them.
create index desk_case_reference on desk_case (reference, number) where reference <> '';
create index desk_case_sender on desk_case (sender, number) where sender <> '';
