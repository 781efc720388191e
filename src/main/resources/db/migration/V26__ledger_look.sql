-- What the ledger said each time the server looked at it, of the last ten minutes: by source [received, gaps, rejected, refused].
-- What a start needs so that the alarm on losses goes on with the minutes it had.
create table ledger_look (
    look bigint primary key,
    day date not null,
    lines text not null
);
