-- What the journal says no fold takes: the newest word on each position, unless it is taken back. Whoever counts by SQL leaves
-- out the same. Of a word that has been damaged the position is enough; without one it says nothing.
create view set_aside as
select position, said_at, content
from (
    select distinct on (position) position, said_at, what, content
    from (
        select case when data -> 'content' ->> 'position' ~ '^[1-9][0-9]{0,17}$'
                then (data -> 'content' ->> 'position')::bigint end as position,
            journal.position as said_in, ingest_time as said_at, data ->> 'what' as what, data -> 'content' as content
        from journal
        where kind = 'configuration' and data ->> 'what' in ('setAside', 'readmit')) as words
    where position is not null
    order by position, said_in desc) as newest
where what = 'setAside';

-- Asked for by a command beside the server or alone: the server says it in the journal, now or at its next start.
create table readmission (
    position bigint      primary key,
    asked_at timestamptz not null,
    asked_by text        not null
);
