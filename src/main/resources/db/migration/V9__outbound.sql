-- How far into the journal each way out for alarms has been fed, and how it fares. A way that is configured anew begins
-- at the journal's end: what was before is not told.
create table outbound_channel (
    id           text        primary key,
    position     bigint      not null,
    delivered    bigint      not null default 0,
    given_up     bigint      not null default 0,
    last_success timestamptz,
    last_failure timestamptz,
    last_error   text
);

-- What has to be told: written in the transaction that moves its channel's position on, so that none is lost or doubled.
-- key is what the receiver recognises a repeat by; document and places are what it says, fixed when it was written.
create table outbound (
    number       bigint      generated always as identity primary key,
    channel      text        not null,
    key          text        not null,
    position     bigint      not null,
    alarm        text        not null,
    area         text        not null,
    ingest_time  timestamptz not null,
    document     text        not null,
    places       jsonb       not null,
    state        text        not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
    attempts     integer     not null default 0,
    next_attempt timestamptz not null,
    last_attempt timestamptz,
    error        text,
    ended_at     timestamptz,
    unique (channel, key)
);
create index outbound_waiting on outbound (channel, position) where state = 'waiting';
create index outbound_waiting_alarm on outbound (channel, alarm, position) where state = 'waiting';
create index outbound_ended on outbound (state, ended_at) where state <> 'waiting';
