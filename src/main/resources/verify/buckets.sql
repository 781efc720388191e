-- Each fact in its buckets of every width.
create temp table placed as
with width (width, unit, step) as (
    values ('1m', 'minute', null::integer), ('15m', 'hour', 15), ('1h', 'hour', null), ('1d', 'day', null),
        ('1M', 'month', null), ('1y', 'year', null)),
newest as (
    select max(date_trunc('minute', event_time)) - interval '48 hours' as first_minute
    from journal, asked where journal.position <= asked.position and kind in ('dossier', 'ticket', 'rating', 'reading')),
begun as (
    select fact.*, width, (date_trunc(unit, local) + coalesce(step * floor(extract(minute from local) / step), 0)
        * interval '1 minute') as begins
    from fact
    cross join lateral (select date_trunc('minute', moment) at time zone 'Asia/Ho_Chi_Minh' as local) as local_time
    cross join width cross join newest
    where width <> '1m' or date_trunc('minute', moment) >= first_minute)
select figure, area, width, case
    -- Hours that local time had twice, last on 12 June 1975, are one bucket, under their first turn.
    when begins < '1975-06-13' then (
        select min(turn) from (
            values (later), (later - interval '390 seconds'), (later - interval '1 hour'), (later - interval '2 hours')) as turns (turn)
        where turn at time zone 'Asia/Ho_Chi_Minh' = later at time zone 'Asia/Ho_Chi_Minh')
    else later end as window_start, count, sum, least, greatest, bin
from begun
cross join lateral (select begins at time zone 'Asia/Ho_Chi_Minh' as later) as in_time;
analyze placed;
