-- What was known of each metric while the journal held which positions.
insert into fact (figure, area, moment, count, sum, least, greatest)
with version as (
    select journal.position as since, lead(journal.position) over (order by journal.position) as until, data -> 'content' -> 'metrics' as metrics
    from journal, asked
    where kind = 'configuration' and data ->> 'what' = 'thresholds' and journal.position <= asked.position),
-- What each source was registered with meanwhile.
registered as (
    select told ->> 'id' as source, told -> 'metrics' as metrics, journal.position as since,
        lead(journal.position) over (partition by told ->> 'id' order by journal.position) as until
    from asked, journal
    cross join lateral jsonb_array_elements(data -> 'content' -> 'sources') as told
    where kind = 'configuration' and data ->> 'what' = 'sources' and journal.position <= asked.position),
reading as (
    select timely.source, event_time, data ->> 'metric' as metric, (data ->> 'value')::numeric as value,
        data ->> 'unit' as unit, version.metrics -> (data ->> 'metric') as known, (
            select measured from jsonb_array_elements(registered.metrics) with ordinality as listed (measured, place)
            where measured ->> 'metric' = data ->> 'metric' order by place limit 1) as own
    from timely
    left join version on timely.position > version.since and (version.until is null or timely.position < version.until)
    left join registered on registered.source = timely.source and timely.position > registered.since
        and (registered.until is null or timely.position < registered.until)
    where kind = 'reading' and coalesce(data ->> 'quality', 'good') <> 'bad'),
converted as (
    select source, event_time, metric, known, own, case
        when own ->> 'unitFactor' is not null and own ->> 'unit' = unit then value * (own ->> 'unitFactor')::numeric
        when known is null or known ->> 'unit' = unit then value
        when jsonb_typeof(known -> 'units' -> unit) = 'object' then round(
            (value - (known -> 'units' -> unit ->> 'zero')::numeric) * (known -> 'units' -> unit ->> 'factor')::numeric, 12)
        else round(value * (known -> 'units' ->> unit)::numeric, 12) end::double precision as value
    from reading)
select 'reading:' || metric, source, event_time, 1, millionths, millionths, millionths
from converted
cross join lateral (select floor(value * 1e6::double precision + 0.5)::bigint as millionths) as rounded
where abs(value) <= 1e12
    and case when own ->> 'counter' = 'true' then value >= 0 else
        (known ->> 'min' is null or value >= (known ->> 'min')::double precision)
        and (known ->> 'max' is null or value <= (known ->> 'max')::double precision) end
