-- A named queue is read kind by kind too, as it is worked on (cases/ranking.py).
drop index desk_case_queue;
create index desk_case_queue on desk_case (open, queue, kind, coalesce(due, 1152921504606846976), number)
  where queue <> 0;
