-- Who sends running totals, as last registered, and how much may fall within an hour, in millionths of the metric's unit.
create temp table counter as
with source as (
    select distinct on (told ->> 'id') told ->> 'id' as source, told -> 'metrics' as metrics
    from asked, journal
    cross join lateral jsonb_array_elements(data -> 'content' -> 'sources') as told
    where kind = 'configuration' and data ->> 'what' = 'sources' and journal.position <= asked.position
    order by told ->> 'id', journal.position desc),
known as (
    select data -> 'content' -> 'metrics' as metrics
    from asked, journal
    where kind = 'configuration' and data ->> 'what' = 'thresholds' and journal.position <= asked.position
    order by journal.position desc limit 1)
select source, metric, coalesce(own ->> 'max', known.metrics -> metric ->> 'max')::double precision * 1e6 as most_per_hour
from (
    select distinct on (source, measured ->> 'metric') source, measured ->> 'metric' as metric, measured as own
    from source cross join lateral jsonb_array_elements(metrics) with ordinality as listed (measured, place)
    order by source, measured ->> 'metric', place) as first_listed
left join known on true
where own ->> 'counter' = 'true';

-- The least and the greatest total of each quarter of an hour, and what fell by then.
create temp table quarter as
select counter.source, metric, most_per_hour, window_start, min(least) as least, max(greatest) as greatest
from counter
join placed on placed.figure = 'reading:' || metric and placed.area = counter.source and width = '15m'
group by counter.source, metric, most_per_hour, window_start;
create temp table fall (source text not null, metric text not null, window_start timestamptz not null, amount bigint not null);

create function pg_temp.may_fall(amount bigint, since timestamptz, until timestamptz, most_per_hour double precision)
returns boolean immutable language sql as $$
    select most_per_hour is null or amount::double precision <= most_per_hour * greatest(
        1, (extract(epoch from until - since) * 1000000)::double precision / 3.6e9::double precision)
$$;

-- A total follows another if it is no lower and not too far above. What does not follow the one believed last is in doubt:
-- near 0 (no more than half), one more that follows it makes it a start at 0, unless that is back within an eighth of where it
-- was; else two more that follow one another make it the total of another gauge, whose first says nothing. A total that follows
-- the one from before a start shows that the gauge had blinked, as long as all since was near 0.
do $$
declare
    gauge record;
    told record;
    total bigint;
    believed bigint;
    believed_at timestamptz;
    before_start bigint;
    before_start_at timestamptz;
    doubted bigint;
    doubted_at timestamptz;
    is_start boolean;
    amounts bigint[];
    instants timestamptz[];
begin
    for gauge in select distinct source, metric, most_per_hour from quarter loop
        believed := null;
        before_start := null;
        doubted := null;
        for told in
            select window_start as at, least, greatest from quarter
            where source = gauge.source and metric = gauge.metric order by window_start
        loop
            -- Within a quarter the greatest came first where it follows and the least does not: the gauge has started again.
            foreach total in array case
                when told.least = told.greatest then array[told.least]
                when told.least < believed and told.greatest >= believed then array[told.greatest, told.least]
                else array[told.least, told.greatest] end
            loop
                if believed is null then
                    believed := total;
                    believed_at := told.at;
                    continue;
                end if;
                if before_start is not null and believed <= before_start / 2 and total >= before_start
                    and pg_temp.may_fall(total - before_start, before_start_at, told.at, gauge.most_per_hour)
                then
                    amounts := array[total - before_start];
                    instants := array[told.at];
                elsif total >= believed
                    and pg_temp.may_fall(total - believed, believed_at, told.at, gauge.most_per_hour)
                then
                    amounts := array[total - believed];
                    instants := array[told.at];
                else
                    if doubted is not null and total >= doubted
                        and pg_temp.may_fall(total - doubted, doubted_at, told.at, gauge.most_per_hour)
                        and not (is_start and total < believed and total > believed - believed / 8)
                    then
                        amounts := amounts || (total - doubted);
                        instants := instants || told.at;
                    else
                        is_start := total <= believed / 2
                            and pg_temp.may_fall(total, believed_at, told.at, gauge.most_per_hour);
                        amounts := array[case when is_start then total else 0 end];
                        instants := array[told.at];
                    end if;
                    doubted := total;
                    doubted_at := told.at;
                    continue when cardinality(amounts) < case when is_start then 2 else 3 end;
                    if not is_start then
                        before_start := null;
                    elsif before_start is null then
                        before_start := believed;
                        before_start_at := believed_at;
                    end if;
                end if;
                insert into fall select gauge.source, gauge.metric, fell.at, fell.amount
                from unnest(instants, amounts) as fell (at, amount) where fell.amount <> 0;
                believed := total;
                believed_at := told.at;
                doubted := null;
                if total > before_start / 2 then
                    before_start := null;
                end if;
            end loop;
        end loop;
    end loop;
end $$;

create temp table fallen as
select 'fallen:' || metric as figure, source as area, window_start, coalesce(sum(amount), 0) as amount
from quarter left join fall using (source, metric, window_start)
group by source, metric, window_start;
create temp table told_as_fallen (figure text not null, area text not null, window_start timestamptz not null, amount bigint not null)
