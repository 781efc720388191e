insert into fact (figure, area, moment, count, sum, bin)
with ticket as (
    select area, min(event_time) filter (where data ->> 'step' = 'issued') as issued,
        min(event_time) filter (where data ->> 'step' = 'called') as first_called,
        max(event_time) filter (where data ->> 'step' = 'called') as last_called,
        max(event_time) filter (where data ->> 'step' = 'served') as served,
        max(event_time) filter (where data ->> 'step' = 'absent') as absent,
        min(event_time) filter (where data ->> 'step' = 'cancelled') as cancelled,
        -- Two calls at one instant: the one of the greater name.
        (array_agg(data ->> 'counter' order by event_time desc, (data ->> 'counter') collate "C" desc nulls last)
            filter (where data ->> 'step' = 'called'))[1] as counter
    from timely
    where kind = 'ticket'
    -- A number is unique at one source on one local date.
    group by area, source, data ->> 'ticket', (event_time at time zone 'Asia/Ho_Chi_Minh')::date),
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
