-- What is asked, and what every count is made of: one row for each time something counts.
create temp table asked (position bigint not null, lateness_days integer not null);
create temp table fact (
    figure text not null, area text not null, moment timestamptz not null, count bigint not null, sum bigint not null,
    least bigint, greatest bigint, bin integer);
-- Events that rollups take; a dossier's steps always count, however late they came.
create temp view timely as
select journal.* from journal, asked
where journal.position <= asked.position
    and (ingest_time at time zone 'Asia/Ho_Chi_Minh')::date - (event_time at time zone 'Asia/Ho_Chi_Minh')::date
        <= asked.lateness_days;
