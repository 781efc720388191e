insert into fact (figure, area, moment, count, sum, bin)
with named as (
    select area, (event_time at time zone 'Asia/Ho_Chi_Minh')::date as day, data ->> 'counter' as counter, min(position) as first_position
    from timely
    where kind = 'ticket' and data ->> 'step' = 'called' and data ->> 'counter' is not null
    group by area, day, counter),
-- Of the counters of an area and day the first 64 told of are counted apart.
apart as (
    select area, day, counter from (
        select *, row_number() over (partition by area, day order by first_position) as number from named) as numbered
    where number <= 64),
step as (
    select timely.area, source, event_time, local_day.day, data ->> 'ticket' as ticket, data ->> 'step' as step,
        case when data ->> 'counter' is not null then coalesce(apart.counter, '') end as counter
    from timely
    cross join lateral (select (event_time at time zone 'Asia/Ho_Chi_Minh')::date as day) as local_day
    left join apart on apart.area = timely.area and apart.day = local_day.day and apart.counter = data ->> 'counter'
    where kind = 'ticket'),
ticket as (
    select area, min(event_time) filter (where step = 'issued') as issued,
        min(event_time) filter (where step = 'called') as first_called,
        max(event_time) filter (where step = 'called') as last_called,
        max(event_time) filter (where step = 'served') as served,
        max(event_time) filter (where step = 'absent') as absent,
        min(event_time) filter (where step = 'cancelled') as cancelled,
        -- Two calls at one instant: the one of the greater name.
        (array_agg(counter order by event_time desc, counter collate "C" desc nulls last)
            filter (where step = 'called'))[1] as counter
    from step
    -- A number is unique at one source on one local date.
    group by area, source, ticket, day),
judged as (
    select *, absent is not null and served is null and (last_called is null or absent >= last_called) as missed
    from ticket),
duration as (
    select 'wait' as figure, area, first_called as moment, first_called - issued as took
    from judged
    where first_called >= issued and not missed and not (cancelled is not null and served is null)
    union all
    select 'service', area, served, served - last_called from judged where served >= last_called)
select 'issued', area, issued, 1, 0, null::integer from judged where issued is not null
union all
select 'called', area, first_called, 1, 0, null from judged where first_called is not null
union all
select 'counter:' || counter, area, last_called, 1, 0, null from judged where counter is not null
union all
select 'noShow', area, absent, 1, 0, null from judged where missed
union all
select 'abandoned', area, cancelled, 1, 0, null
from judged where cancelled is not null and first_called is null and served is null and absent is null
union all
-- Bin i covers (10(i-1), 10i] seconds, the last one whatever is longer than two hours.
select figure, area, moment, 1, (extract(epoch from took) * 1000000)::bigint,
    least(ceil(extract(epoch from took) / 10)::integer, 721)
from duration
