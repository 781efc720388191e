-- $1, $2: local dates, from and to, exclusive; $3: ids of areas and sources, null for all; $4: how many to show
with binned as (
    select figure, area, width, window_start, jsonb_object_agg(bin, number) as bins
    from (
        select figure, area, width, window_start, bin, count(*) as number
        from placed where bin is not null group by figure, area, width, window_start, bin) as each_bin
    group by figure, area, width, window_start),
recomputed as (
    select figure, area, width, window_start, sum(count) as count, sum(sum) as sum, min(least) as min,
        max(greatest) as max, bins
    from placed left join binned using (figure, area, width, window_start)
    group by figure, area, width, window_start, bins
    union all
    select figure, area, '15m', window_start, 1, amount, null, null, null from fallen),
stored as (
    select figure, area, width, window_start, count, sum, min, max, (
        select jsonb_object_agg(bin - 1, number) from unnest(bins) with ordinality as held (number, bin)
        where number <> 0) as bins
    from rollup
    union all
    select figure, area, '15m', window_start, 1, amount, null, null, null from told_as_fallen),
unknown as (
    select area, width, window_start, count from recomputed where figure = 'outcomeUnknown'),
compared as (
    select figure, area, width, window_start,
        coalesce(stored.count, 0) as stored_count, coalesce(recomputed.count, 0) as count,
        coalesce(unknown.count, 0) as unknown,
        row(coalesce(stored.sum, 0), stored.min, stored.max, stored.bins)
            is not distinct from row(coalesce(recomputed.sum, 0), recomputed.min, recomputed.max, recomputed.bins) as is_same,
        concat_ws(' ', stored.count, stored.sum, stored.min, stored.max, stored.bins) as stored_text,
        concat_ws(' ', recomputed.count, recomputed.sum, recomputed.min, recomputed.max, recomputed.bins) as recomputed_text
    from stored
    full join recomputed using (figure, area, width, window_start)
    left join unknown using (area, width, window_start)
    where figure <> 'outcomeUnknown'
        and window_start < ($2::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
        and window_start >= ($1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
        and ($3::text[] is null or area = any($3))),
judged as (
    select *, case
        when figure in ('early', 'onTime', 'late')
        then stored_count between count and count + unknown and is_same
        else stored_count = count and is_same end as holds
    from compared)
select figure, area, width, window_start, stored_text, recomputed_text,
    count(*) over () as buckets, count(*) filter (where not holds) over () as differences,
    (select coalesce(sum(count), 0) from unknown where width = '1y') as unknown, holds
from judged
order by holds, figure, area, width, window_start
limit $4
