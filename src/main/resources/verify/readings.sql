-- What was known of each metric while the journal held which positions.
insert into fact (figure, area, moment, count, sum, least, greatest)
with version as (
    select journal.position as since, lead(journal.position) over (order by journal.position) as until, data -> 'content' -> 'metrics' as metrics
    from journal, asked
    where kind = 'configuration' and data ->> 'what' = 'thresholds' and journal.position <= asked.position),
reading as (
    select source, event_time, data ->> 'metric' as metric, (data ->> 'value')::numeric as value, data ->> 'unit' as unit,
        version.metrics -> (data ->> 'metric') as known
    from timely
    left join version on timely.position > since and (until is null or timely.position < until)
    where kind = 'reading' and coalesce(data ->> 'quality', 'good') <> 'bad'),
converted as (
    select source, event_time, metric, known, case
        when known is null or known ->> 'unit' = unit then value
        else value * (known -> 'units' ->> unit)::numeric end::double precision as value
    from reading)
select 'reading:' || metric, source, event_time, 1, millionths, millionths, millionths
from converted
cross join lateral (select floor(value * 1e6::double precision + 0.5)::bigint as millionths) as rounded
where value is not null
    and (known ->> 'min' is null or value >= (known ->> 'min')::double precision)
    and (known ->> 'max' is null or value <= (known ->> 'max')::double precision)
