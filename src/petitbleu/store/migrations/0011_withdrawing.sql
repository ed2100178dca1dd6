-- What somebody reacted to and voted in: taken back when the account ends.

create index reaction_account on reaction (account, author, body);
create index poll_vote_account on poll_vote (account, poll);
