-- Until when the server listened, written every few seconds: one row. What a start needs to say for how long nobody was heard,
-- and where the delays of alarms stood, as JSON by alarm.
create table heartbeat (
    one boolean primary key default true check (one),
    at timestamptz not null,
    delays text not null
);

-- Alerts (CAP) as they were first asked for: the same identifier is the same text, whatever has changed since.
create table cap_message (
    identifier text primary key,
    xml text not null,
    kept_at timestamptz not null
);
create index cap_message_kept on cap_message (kept_at);
