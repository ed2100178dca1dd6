-- Lists of an owner, an urgency, a state are read kind by kind (cases/queues.py): a kind without any is seen at once.
drop index desk_case_owner;
drop index desk_case_urgency;
drop index desk_case_state;
create index desk_case_owner on desk_case (open, owner, kind, coalesce(due, 1152921504606846976), number);
create index desk_case_urgency on desk_case (open, urgency, kind, coalesce(due, 1152921504606846976), number);
create index desk_case_state on desk_case (open, state, kind, coalesce(due, 1152921504606846976), number);
