-- The working calendar by each of its versions. Whose desks have hours of their own, in working hours or beside pauses, is
-- worked out day by day by functions that end with the transaction; everything else at once.
create function pg_temp.sessions(hours jsonb, day date) returns jsonb language sql immutable as $$
    select coalesce((
        select season -> 'sessions'
        from jsonb_array_elements(hours) with ordinality as seasons (season, n)
        where season -> 'months' @> to_jsonb(extract(month from day)::integer)
            and coalesce(day >= (season ->> 'validFrom')::date, true)
            and coalesce(day < (season ->> 'validTo')::date, true)
        order by n desc limit 1), '["07:30-11:30", "13:00-17:00"]') $$;
create function pg_temp.closes(hours jsonb, day date) returns time language sql immutable as $$
    select right(pg_temp.sessions(hours, day) ->> -1, 5)::time $$;

-- When the clock stood: from a step into 5, 6 or, where the calendar says so, a wait for another agency, to the next into
-- something else. A pause that ended before the reception is none.
create temp table pause as
with moded as (
    select dossier, as_of, n, event_time, case
        when status = 5 then 'restart'
        when status = 6 or status in (2, 4) and paused_by = 'agency' and (
            select (content -> 'deadline' ->> 'agencyPauses')::boolean from version
            where what = 'calendar' and version.position <= as_of order by version.position desc limit 1)
        then 'extend' end as mode
    from step join judged using (dossier, as_of)
    where may_pause),
changed as (
    select * from (
        select *, mode is distinct from lag(mode) over (partition by dossier, as_of order by n) as is_change from moded) as marked
    where is_change),
spans as (
    select dossier, as_of, n, mode, event_time as first, lead(event_time) over (partition by dossier, as_of order by n) as last
    from changed)
select dossier, as_of, bool_or(last is null) as is_standing, coalesce(jsonb_agg(
        jsonb_build_array(
            greatest(first, reception) at time zone 'Asia/Ho_Chi_Minh', last at time zone 'Asia/Ho_Chi_Minh', mode) order by n)
        filter (where last > reception), '[]') as pauses
from spans join judged using (dossier, as_of)
where mode is not null
group by dossier, as_of;

analyze pause;

-- The days anything is counted from, each with the 1,500 after it, and those of pauses: not all between the first and the last,
-- since an old journal may have some of the years 0001 and 9999. Days of other centuries are looked at by nobody.
create temp table span as
with moment as (
    select reception as moment from judged where reception is not null
    union
    select event_time from event
    union
    select (spent ->> 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' from pause cross join jsonb_array_elements(pauses) as spent),
dated as (
    select distinct (moment at time zone 'Asia/Ho_Chi_Minh')::date as day from moment
    where moment between '1900-01-01' and '2200-01-01'),
spread as (
    select daterange(day - 10, day + 1500) as days from dated
    union all
    select daterange((spent ->> 0)::timestamp::date - 10, (least(
        (spent ->> 1)::timestamp, (spent ->> 0)::timestamp + interval '3660 days'))::date + 1)
    from pause cross join jsonb_array_elements(pauses) as spent
    where (spent ->> 0)::timestamp between '1900-01-01' and '2200-01-01')
select days, row_number() over (order by days) as number
from (select unnest(range_agg(days)) as days from spread) as merged;

create temp table working_date as
with dated as (
    select version.position, content, number, day::date as date, case
        when content -> 'workingWeekdays' ? to_char(day, 'DY')
        then not exists (
            select from jsonb_array_elements(content -> 'daysOff') as off where off ->> 'date' = to_char(day, 'YYYY-MM-DD'))
        else exists (
            select from jsonb_array_elements(content -> 'workedDays') as worked
            where worked ->> 'date' = to_char(day, 'YYYY-MM-DD')) end as is_working
    from version, span, generate_series(lower(days), upper(days) - 1, interval '1 day') as day
    where what = 'calendar')
select position, number as span, date, is_working, pg_temp.closes(content -> 'hours', date) as closes,
    -- So far from one span to the next that nothing is counted across.
    number * 1000000 + count(*) filter (where is_working) over (partition by position order by date) as ordinal
from dated;
create index on working_date (position, date);
create index on working_date (position, ordinal) where is_working;
analyze working_date;

create function pg_temp.is_working(calendar bigint, day date) returns boolean language sql stable as $$
    select is_working from working_date where position = calendar and date = day $$;
create function pg_temp.ordinal(calendar bigint, day date) returns bigint language sql stable as $$
    select ordinal from working_date where position = calendar and date = day $$;
create function pg_temp.working_day(calendar bigint, number bigint) returns date language sql stable as $$
    select date from working_date where position = calendar and is_working and ordinal = number $$;
create function pg_temp.same_or_next(calendar bigint, day date) returns date language sql stable as $$
    select date from working_date
    where position = calendar and is_working and date >= day
        and span = (select span from working_date where position = calendar and date = day)
    order by date limit 1 $$;

-- What is received after closing counts as the next working day's.
create function pg_temp.day_zero(calendar bigint, hours jsonb, received timestamp) returns date language sql stable as $$
    select case when pg_temp.is_working(calendar, received::date) and received::time > pg_temp.closes(hours, received::date)
        then pg_temp.working_day(calendar, pg_temp.ordinal(calendar, received::date) + 1) else received::date end $$;

-- When the desk has worked so long.
create function pg_temp.after_working(calendar bigint, hours jsonb, start timestamp, allowed interval)
returns timestamp language plpgsql stable as $$
declare
    missing interval := allowed;
    day date := pg_temp.same_or_next(calendar, start::date);
    earliest time := case when day = start::date then start::time else '00:00' end;
    session text;
    available interval;
begin
    while day is not null loop
        for session in select value from jsonb_array_elements_text(pg_temp.sessions(hours, day)) loop
            available := right(session, 5)::time - greatest(earliest, left(session, 5)::time);
            if available > interval '0' then
                if available >= missing then
                    return day + greatest(earliest, left(session, 5)::time) + missing;
                end if;
                missing := missing - available;
            end if;
        end loop;
        day := pg_temp.same_or_next(calendar, day + 1);
        earliest := '00:00';
    end loop;
    return null;
end $$;

-- How long the desk has worked between two moments.
create function pg_temp.worked(calendar bigint, hours jsonb, first timestamp, last timestamp) returns interval language sql stable as $$
    select coalesce(sum(greatest(interval '0',
        case when date = last::date then least(last::time, right(session, 5)::time) else right(session, 5)::time end
        - case when date = first::date then greatest(first::time, left(session, 5)::time) else left(session, 5)::time end)),
        interval '0')
    from working_date cross join lateral jsonb_array_elements_text(pg_temp.sessions(hours, date)) as session
    where position = calendar and is_working and date between first::date and least(last::date, first::date + 3660) $$;

create function pg_temp.due_unpaused(
    calendar bigint, rules jsonb, hours jsonb, unit text, allowed integer, received timestamp)
returns timestamp language sql stable as $$
    select case unit
        when 'workingDays' then pg_temp.working_day(
            calendar, pg_temp.ordinal(calendar, pg_temp.day_zero(calendar, hours, received)) + allowed)
        when 'calendarDays' then pg_temp.same_or_next(calendar, pg_temp.day_zero(calendar, hours, received) + allowed)
        when 'sameDay' then pg_temp.same_or_next(calendar, received::date + case
            when received::time <= coalesce(rules -> 'deadline' ->> 'sameDayUntil', '15:00')::time
                and received::time <= pg_temp.closes(hours, received::date)
            then 0 else 1 end)
        else pg_temp.after_working(calendar, hours, received, make_interval(hours => allowed)) end $$;

-- A supplement starts the time anew, a fee (or another agency) lets what was left go on.
create function pg_temp.due(
    calendar bigint, rules jsonb, hours jsonb, unit text, allowed integer, received timestamp, pauses jsonb)
returns timestamp language plpgsql stable as $$
declare
    due timestamp := pg_temp.due_unpaused(calendar, rules, hours, unit, allowed, received);
    pause jsonb;
    first timestamp;
    last timestamp;
    remaining bigint;
    zero date;
begin
    for pause in select value from jsonb_array_elements(coalesce(pauses, '[]')) loop
        first := (pause ->> 0)::timestamp;
        last := (pause ->> 1)::timestamp;
        if pause ->> 2 = 'restart' then
            due := pg_temp.due_unpaused(calendar, rules, hours, unit, allowed, last);
        elsif unit = 'workingHours' then
            if first <= due and pg_temp.worked(calendar, hours, first, last) > interval '0' then
                due := pg_temp.after_working(calendar, hours, due, pg_temp.worked(calendar, hours, first, last));
            end if;
        elsif first::date <> last::date and first::date <= due::date then
            if unit = 'calendarDays' then
                due := pg_temp.same_or_next(calendar, due::date + (last::date - first::date));
            else
                remaining := pg_temp.ordinal(calendar, due::date) - pg_temp.ordinal(calendar, first::date);
                zero := pg_temp.day_zero(calendar, hours, last);
                due := case when remaining = 0 then pg_temp.same_or_next(calendar, zero)
                    else pg_temp.working_day(calendar, pg_temp.ordinal(calendar, zero) + remaining) end;
            end if;
        end if;
    end loop;
    return due;
end $$;

-- By the rules of the last event at which the dossier was open before, or which changed what its due date comes from. A
-- stated due date counts before that of the procedure; without either it is on time.
insert into fact (figure, area, moment, count, sum)
with coded as (
    select judged.*, coalesce(pauses, '[]') as pauses,
        case when procedure ~ '^\d\.\d{6}\..+$' then left(procedure, 8) else procedure end as code,
        reception is not null and last_status not in (1, 3) as is_received,
        row(reception, due_at, case when procedure ~ '^\d\.\d{6}\..+$' then left(procedure, 8) else procedure end, source,
            received_in, coalesce(pauses, '[]'), coalesce(is_standing, false)) as inputs
    from judged left join pause using (dossier, as_of)),
compared as (
    select *, lag(inputs) over by_position is distinct from inputs
            or lag(end_n) over by_position is null or not lag(is_received) over by_position as is_worked_out
    from coded window by_position as (partition by dossier order by as_of)),
done as (
    select compared.*, max(as_of) filter (where is_worked_out) over (partition by dossier) as rules_as_of
    from compared),
ruled as (
    select done.*, reception at time zone 'Asia/Ho_Chi_Minh' as received,
        (ended at time zone 'Asia/Ho_Chi_Minh')::date as ended_on, calendar.position as calendar, calendar.content as rules,
        rule ->> 'unit' as unit, (rule ->> 'time')::integer as time, (calendar.content -> 'hours') || coalesce(
            (select desk -> 'hours' from jsonb_array_elements(calendar.content -> 'desks') as desk where desk ->> 'desk' = source),
            (select desk -> 'hours' from jsonb_array_elements(calendar.content -> 'desks') as desk where desk ->> 'area' = received_in))
            as own_hours
    from done
    left join lateral (
        select position, content from version where what = 'calendar' and position <= rules_as_of
        order by position desc limit 1) as calendar on true
    left join lateral (
        select content from version where what = 'procedures' and position <= rules_as_of
        order by position desc limit 1) as procedures on true
    left join lateral (
        select rule from jsonb_array_elements(procedures.content -> 'procedures') as rule
        where rule ->> 'code' = code
            and coalesce((reception at time zone 'Asia/Ho_Chi_Minh')::date >= (rule ->> 'validFrom')::date, true)
            and coalesce((reception at time zone 'Asia/Ho_Chi_Minh')::date < (rule ->> 'validTo')::date, true)
        limit 1) as found on true
    where is_last and is_received and end_status in (9, 10)),
begun as (
    select ruled.*, own_hours is not null or pauses <> '[]' or unit = 'workingHours' as is_special,
        case when is_after_closing then pg_temp.working_day(calendar, received_on.ordinal + 1) else received::date end as day_zero,
        received_on.ordinal + is_after_closing::integer as ordinal_zero
    from ruled
    left join working_date as received_on on received_on.position = calendar and received_on.date = received::date
    cross join lateral (select received_on.is_working and received::time > received_on.closes as is_after_closing) as compared_to),
due as (
    select begun.*, case
        when due_at is not null then (due_at at time zone 'Asia/Ho_Chi_Minh')::date
        when unit is null then null
        when is_special
        then pg_temp.due(calendar, rules, coalesce(own_hours, rules -> 'hours'), unit, time, received, pauses)::date
        when unit = 'workingDays' then (
            select date from working_date
            where working_date.position = calendar and is_working and ordinal = ordinal_zero + time)
        when unit = 'calendarDays' then pg_temp.same_or_next(calendar, day_zero + time)
        else pg_temp.due_unpaused(calendar, rules, rules -> 'hours', unit, time, received)::date end as due_on
    from begun)
select case
        -- Beyond the dates looked at.
        when due_on is null and unit is not null then 'outcomeUnknown'
        -- Whose dossier it was while the rules were others is not followed.
        when is_shared and exists (
            select from judgement where judgement.dossier = due.dossier and not is_last) then 'outcomeUnknown'
        when due_on is null or ended_on = due_on then 'onTime'
        when ended_on < due_on then 'early'
        else 'late' end,
    area, greatest(ended, reception), 1, 0
from due;
