-- What one source sent of a kind beyond its quota of one day of receipt counts nowhere: its first events of the day do.
create temp table beyond as
with crowded as (
    select source, kind, (ingest_time at time zone 'Asia/Ho_Chi_Minh')::date as received_on
    from journal, asked
    where journal.position <= asked.position and kind in ('dossier', 'ticket', 'rating')
    group by source, kind, received_on, events_per_source_day
    having count(*) > events_per_source_day)
select position from (
    select journal.position, events_per_source_day, row_number() over (
        partition by source, kind, received_on order by journal.position) as number
    from asked, journal
    join crowded using (source, kind)
    where journal.position <= asked.position and (ingest_time at time zone 'Asia/Ho_Chi_Minh')::date = received_on) as numbered
where number > events_per_source_day;
create index on beyond (position);
analyze beyond;
create temp view counted as select * from journal where not exists (select from beyond where beyond.position = journal.position);
-- Events that rollups take; a dossier's steps always count, however late they came.
create temp view timely as
select counted.* from counted, asked
where counted.position <= asked.position
    and (ingest_time at time zone 'Asia/Ho_Chi_Minh')::date - (event_time at time zone 'Asia/Ho_Chi_Minh')::date
        <= asked.lateness_days;
