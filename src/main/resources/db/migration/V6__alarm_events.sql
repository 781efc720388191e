-- A month's alarm events are few among its readings.
create index journal_alarm on journal (ingest_time) where kind = 'alarm';
