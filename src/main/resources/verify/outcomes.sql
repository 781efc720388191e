-- The working calendar and the procedures by each of their versions, and which of them a dossier was judged by.
create temp table version as
select data ->> 'what' as what, journal.position, data -> 'content' as content
from journal, asked
where kind = 'configuration' and data ->> 'what' in ('calendar', 'procedures') and journal.position <= asked.position;

create temp table working_date as
with span as (
    select min(reception at time zone 'Asia/Ho_Chi_Minh')::date as first,
        (max(reception at time zone 'Asia/Ho_Chi_Minh') + interval '1500 days')::date as last
    from judged),
dated as (
    select version.position, content, day::date as date, case
        when content -> 'workingWeekdays' ? to_char(day, 'DY')
        then not exists (
            select from jsonb_array_elements(content -> 'daysOff') as off where off ->> 'date' = to_char(day, 'YYYY-MM-DD'))
        else exists (
            select from jsonb_array_elements(content -> 'workedDays') as worked
            where worked ->> 'date' = to_char(day, 'YYYY-MM-DD')) end as is_working
    from version, span, generate_series(span.first, span.last, interval '1 day') as day
    where what = 'calendar')
select position, date, is_working, coalesce((
        select right(season -> 'sessions' ->> -1, 5)::time
        from jsonb_array_elements(content -> 'hours') with ordinality as seasons (season, n)
        where season -> 'months' @> to_jsonb(extract(month from date)::integer)
            and coalesce(date >= (season ->> 'validFrom')::date, true)
            and coalesce(date < (season ->> 'validTo')::date, true)
        order by n desc limit 1), '17:00') as closes,
    count(*) filter (where is_working) over (partition by position order by date) as ordinal
from dated;
create index on working_date (position, date);
create index on working_date (position, ordinal) where is_working;
analyze working_date;

-- A stated due date, else that of the procedure. Unknown: what stood still, is counted in hours, is due by desks of their
-- own hours, or saw calendar or procedures change; its outcome is only held against how many were done.
insert into fact (figure, area, moment, count, sum)
with done as (
    select judged.*, reception at time zone 'Asia/Ho_Chi_Minh' as received,
        (ended at time zone 'Asia/Ho_Chi_Minh')::date as ended_on, calendar.position as calendar, procedures.content as procedures,
        calendar.content as rules,
        exists (select from version where version.position > first_position and version.position <= last_position) as has_changed,
        case when procedure ~ '^\d\.\d{6}\..+$' then left(procedure, 8) else procedure end as code
    from judged
    left join lateral (
        select position, content from version where what = 'calendar' and position <= last_position
        order by position desc limit 1) as calendar on true
    left join lateral (
        select content from version where what = 'procedures' and position <= last_position
        order by position desc limit 1) as procedures on true
    where end_status in (9, 10)),
ruled as (
    select done.*, rule ->> 'unit' as unit, (rule ->> 'time')::integer as time
    from done
    left join lateral (
        select rule from jsonb_array_elements(procedures -> 'procedures') as rule
        where rule ->> 'code' = code and coalesce(received::date >= (rule ->> 'validFrom')::date, true)
            and coalesce(received::date < (rule ->> 'validTo')::date, true)
        limit 1) as rules on true),
begun as (
    select ruled.*, zero.date as day_zero, zero.ordinal as ordinal_zero, zero.is_working as zero_is_working
    from ruled
    left join working_date as received_on on received_on.position = calendar and received_on.date = received::date
    -- Received after closing, it counts as the next working day's.
    left join lateral (
        select date, ordinal, is_working from working_date
        where working_date.position = calendar and case
            when received_on.is_working and received::time > received_on.closes
            then is_working and working_date.ordinal = received_on.ordinal + 1
            else date = received::date end) as zero on true),
due as (
    select begun.*, case
        when due_at is not null then (due_at at time zone 'Asia/Ho_Chi_Minh')::date
        when unit = 'workingDays' then (
            select date from working_date
            where working_date.position = calendar and is_working and ordinal = ordinal_zero + time)
        when unit = 'calendarDays' then (
            select min(date) from working_date
            where working_date.position = calendar and is_working and date >= day_zero + time)
        when unit = 'sameDay' then (
            select min(date) from working_date
            where working_date.position = calendar and is_working and date >= received::date + case
                when received::time <= coalesce(rules -> 'deadline' ->> 'sameDayUntil', '15:00')::time then 0 else 1 end)
        end as due_on,
        due_at is null and (
            has_changed or unit is not null and (
                was_paused or unit = 'workingHours' or jsonb_array_length(coalesce(rules -> 'desks', '[]')) > 0))
        as is_unknown
    from begun)
select case
        when is_unknown then 'outcomeUnknown'
        when due_on is null or ended_on = due_on then 'onTime'
        when ended_on < due_on then 'early'
        else 'late' end,
    area, greatest(ended, reception), 1, 0
from due;
