-- Whoever counts by SQL leaves out what no fold takes, as the folds, replays and verify do. By a function with the rights of its
-- owner, which a view that another role reads would not pass on; asked once a query.
create function set_aside_positions() returns bigint[] language plpgsql stable security definer set search_path = public as $$
begin
    return array(select position from set_aside);
end $$;

-- How many dossiers entered a status on a day: received 2, done 9, returned 10; late: done on a later local date than the
-- due date stated then. Dates are compared, not hours, as the law and the wall do.
create or replace view grafana.dossiers_by_day as
select d.day::timestamp at time zone 'Asia/Ho_Chi_Minh' as time, d.day, steps.*
from journal_day d
cross join lateral (
    select coalesce(data ->> 'decidingArea', area) as area,
        count(distinct data ->> 'dossier') filter (where (data ->> 'status')::int = 2) as received,
        count(distinct data ->> 'dossier') filter (where (data ->> 'status')::int = 9) as done,
        count(distinct data ->> 'dossier') filter (where (data ->> 'status')::int = 10) as returned,
        count(distinct data ->> 'dossier') filter (
            where (data ->> 'status')::int = 9
                and (event_time at time zone 'Asia/Ho_Chi_Minh')::date
                    > ((data ->> 'dueAt')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date) as late
    from journal
    where kind = 'dossier'
        and position <> all ((select set_aside_positions())::bigint[])
        and ingest_time >= d.day::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and ingest_time < (d.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
    group by 1
) steps
where d.partition = 0;

-- Open dossiers by their newest status: received 2, in process 4, paused 5 and 6; 1 and 3 are not received, 7 to 10 have
-- ended. Overdue: the clock runs (2, 4) and today's local date is past the due date, where a source stated one. A dossier
-- paused before its reception counts here and not on the wall, and so does what a source told of a dossier of another unit. Reads
-- every day.
create or replace view grafana.dossiers_open as
select area,
    count(*) as open,
    count(*) filter (where status in (5, 6)) as paused,
    count(*) filter (where status in (2, 4) and (now() at time zone 'Asia/Ho_Chi_Minh')::date > due_on) as overdue
from (
    select distinct on (data ->> 'dossier') (data ->> 'status')::int as status,
        coalesce(data ->> 'decidingArea', area) as area,
        ((data ->> 'dueAt')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date as due_on
    from journal
    where kind = 'dossier' and position <> all ((select set_aside_positions())::bigint[])
    order by data ->> 'dossier', event_time desc, position desc
) newest
where status in (2, 4, 5, 6)
group by area;

-- Today's tickets by their newest step.
create or replace view grafana.tickets_today as
select area,
    count(*) filter (where step = 'issued') as waiting,
    count(*) filter (where step = 'called') as called,
    count(*) filter (where step = 'served') as served,
    count(*) filter (where step in ('absent', 'cancelled')) as gone
from (
    select distinct on (area, source, data ->> 'ticket') area, data ->> 'step' as step
    from journal
    where kind = 'ticket'
        and position <> all ((select set_aside_positions())::bigint[])
        and ingest_time >= date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh') at time zone 'Asia/Ho_Chi_Minh'
    order by area, source, data ->> 'ticket', event_time desc, position desc
) newest
group by area;

create or replace view grafana.ratings_by_day as
select d.day::timestamp at time zone 'Asia/Ho_Chi_Minh' as time, d.day, ratings.*
from journal_day d
cross join lateral (
    select area,
        count(*) filter (where data ->> 'level' = 'very_satisfied') as very_satisfied,
        count(*) filter (where data ->> 'level' = 'satisfied') as satisfied,
        count(*) filter (where data ->> 'level' = 'dissatisfied') as dissatisfied
    from journal
    where kind = 'rating'
        and position <> all ((select set_aside_positions())::bigint[])
        and ingest_time >= d.day::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and ingest_time < (d.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
    group by area
) ratings
where d.partition = 0;

create or replace view grafana.reading as
select ingest_time, event_time as time, source, area,
    data ->> 'metric' as metric,
    (data ->> 'value')::double precision as value,
    data ->> 'unit' as unit,
    coalesce(data ->> 'quality', 'good') as quality
from journal
where kind = 'reading' and position <> all ((select set_aside_positions())::bigint[]);
