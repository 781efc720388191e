-- How far the folds have been saved: their state (in pieces, those that changed are written anew), the rollups and this
-- position are written in one transaction. Of another format, or not complete: the journal is folded from its beginning.
create table checkpoint (
    partition smallint primary key,
    position  bigint   not null,
    format    text     not null,
    complete  boolean  not null
);

create table checkpoint_part (
    partition smallint not null,
    name      text     not null,
    state     bytea    not null,
    primary key (partition, name)
);
-- Already compressed as far as it is worth.
alter table checkpoint_part alter column state set storage external;

-- Counts and sums by event time, in buckets of the local calendar: 1m (of the last 48 h), 15m, 1h, 1d, 1M, 1y. area is a
-- leaf area's id; of readings (figure reading:METRIC) the source's. sum: µs of durations, millionths of the metric's unit
-- of readings. bins: how many durations fell into each ten seconds, bins[1] those of 0 s, bins[i] those up to 10(i-1) s.
create table rollup (
    figure       text        not null,
    area         text        not null,
    width        text        not null,
    window_start timestamptz not null,
    count        bigint      not null,
    sum          bigint      not null,
    min          bigint,
    max          bigint,
    bins         integer[],
    primary key (figure, area, width, window_start)
);
create index rollup_minutes on rollup (window_start) where width = '1m';
-- Of what a correction has taken back nothing stays, so that any order of events gives the same rows.
create index rollup_empty on rollup (figure) where count = 0 and sum = 0;

create function add_bins(one integer[], other integer[]) returns integer[] language sql immutable parallel safe as $$
    select case when one is null then other when other is null then one else (
        with added as (
            select coalesce(a, 0) + coalesce(b, 0) as number, n
            from unnest(one, other) with ordinality both_bins (a, b, n))
        select array_agg(number order by n) from added
        where n <= (select max(n) from added where number <> 0)) end
$$;

create aggregate sum_bins(integer[]) (sfunc = add_bins, stype = integer[], combinefunc = add_bins, parallel = safe);
