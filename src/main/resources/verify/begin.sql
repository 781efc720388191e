-- What is asked, and what every count is made of: one row for each time something counts.
create temp table asked (position bigint not null, lateness_days integer not null, events_per_source_day integer not null);
create temp table fact (
    figure text not null, area text not null, moment timestamptz not null, count bigint not null, sum bigint not null,
    least bigint, greatest bigint, bin integer);
