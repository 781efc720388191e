-- What a Grafana beside the server may read: views without codes of dossiers, tickets or events, and a role that may read
-- nothing else. A view runs with the rights of its owner. Days are local days of ingest; a filter on a view's "day" or
-- "time" (of a day) or "ingest_time" touches only the partitions of those days.
create schema grafana;

-- Names of the areas, from the newest configuration the journal knows.
create view grafana.area as
select area ->> 'id' as id, area ->> 'name' as name, area ->> 'level' as level
from (
    select data from journal
    where kind = 'configuration' and data ->> 'what' = 'areas'
    order by position desc
    limit 1
) newest
cross join lateral jsonb_array_elements(newest.data -> 'content' -> 'areas') area;

-- How many dossiers entered a status on a day: received 2, done 9, returned 10; late: done on a later local date than the
-- due date stated then. Dates are compared, not hours, as the law and the wall do.
create view grafana.dossiers_by_day as
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
        and ingest_time >= d.day::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and ingest_time < (d.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
    group by 1
) steps
where d.partition = 0;

-- Open dossiers by their newest status: received 2, in process 4, paused 5 and 6; 1 and 3 are not received, 7 to 10 have
-- ended. Overdue: the clock runs (2, 4) and today's local date is past the due date, where a source stated one. A dossier
-- paused before its reception counts here and not on the wall. Reads every day.
create view grafana.dossiers_open as
select area,
    count(*) as open,
    count(*) filter (where status in (5, 6)) as paused,
    count(*) filter (where status in (2, 4) and (now() at time zone 'Asia/Ho_Chi_Minh')::date > due_on) as overdue
from (
    select distinct on (data ->> 'dossier') (data ->> 'status')::int as status,
        coalesce(data ->> 'decidingArea', area) as area,
        ((data ->> 'dueAt')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date as due_on
    from journal
    where kind = 'dossier'
    order by data ->> 'dossier', event_time desc, position desc
) newest
where status in (2, 4, 5, 6)
group by area;

-- Today's tickets by their newest step.
create view grafana.tickets_today as
select area,
    count(*) filter (where step = 'issued') as waiting,
    count(*) filter (where step = 'called') as called,
    count(*) filter (where step = 'served') as served,
    count(*) filter (where step in ('absent', 'cancelled')) as gone
from (
    select distinct on (area, source, data ->> 'ticket') area, data ->> 'step' as step
    from journal
    where kind = 'ticket'
        and ingest_time >= date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh') at time zone 'Asia/Ho_Chi_Minh'
    order by area, source, data ->> 'ticket', event_time desc, position desc
) newest
group by area;

create view grafana.ratings_by_day as
select d.day::timestamp at time zone 'Asia/Ho_Chi_Minh' as time, d.day, ratings.*
from journal_day d
cross join lateral (
    select area,
        count(*) filter (where data ->> 'level' = 'very_satisfied') as very_satisfied,
        count(*) filter (where data ->> 'level' = 'satisfied') as satisfied,
        count(*) filter (where data ->> 'level' = 'dissatisfied') as dissatisfied
    from journal
    where kind = 'rating'
        and ingest_time >= d.day::timestamp at time zone 'Asia/Ho_Chi_Minh'
        and ingest_time < (d.day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
    group by area
) ratings
where d.partition = 0;

create view grafana.reading as
select ingest_time, event_time as time, source, area,
    data ->> 'metric' as metric,
    (data ->> 'value')::double precision as value,
    data ->> 'unit' as unit,
    coalesce(data ->> 'quality', 'good') as quality
from journal
where kind = 'reading';

-- The newest reading of each metric of each sensor, of those that came within two days.
create view grafana.reading_newest as
select distinct on (source, metric) source, area, metric, value, unit, quality, time
from grafana.reading
where ingest_time > now() - interval '2 days'
order by source, metric, time desc;

create view grafana.water_level as
select ingest_time, time, source, area, value
from grafana.reading
where metric = 'water_level' and unit = 'm' and quality <> 'bad';

create view grafana.ledger as
select day::timestamp at time zone 'Asia/Ho_Chi_Minh' as time, day, source, received, committed, duplicate, rejected,
    refused, interrupted, gaps, conflict, unidentified, qos0
from ledger;

-- Without what was kept of them.
create view grafana.dead_letter as
select at as time, source, reason, bytes
from dead_letter;

-- A user who may not create roles migrates all the same; docs/operations.md says what an administrator runs then.
do $$
begin
    if not exists (select from pg_roles where rolname = 'kydai_read') then
        create role kydai_read nologin;
    end if;
exception
    when insufficient_privilege then
        raise notice 'the role kydai_read is not there and may not be created by %', current_user;
    when duplicate_object or unique_violation then
        raise notice 'another database''s migration made the role kydai_read';
end $$;
do $$
begin
    if exists (select from pg_roles where rolname = 'kydai_read') then
        grant usage on schema grafana to kydai_read;
        grant select on all tables in schema grafana to kydai_read;
    end if;
end $$;
