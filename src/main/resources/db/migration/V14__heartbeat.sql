-- Until when the server listened, written every few seconds: one row. What a start needs to say for how long nobody was heard,
-- and where the delays of alarms stood, as JSON by alarm.
create table heartbeat (
    one boolean primary key default true check (one),
    at timestamptz not null,
    delays text not null
);
