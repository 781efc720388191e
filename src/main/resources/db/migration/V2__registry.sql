-- Registered sources: desks, sensors, gateways. This table is their registry; config/sources.yaml only fills it once.
create table device (
    id                text primary key check (id ~ '^[0-9A-Za-z_.-]{1,64}$'),
    kind              text not null check (kind in ('desk', 'sensor', 'gateway')),
    -- The gateway that may speak for it.
    behind            text references device (id) deferrable initially deferred,
    name              text,
    station           text,
    metrics           jsonb not null default '[]',
    -- SHA-256, hex, of its token; null while it cannot sign in.
    token_hash        text unique,
    revoked_at        timestamptz,
    created_at        timestamptz not null,
    -- A change of what the journal must know makes revision run ahead of journaled until the configuration event is there.
    revision          integer not null default 1,
    journaled         integer not null default 0
);
create index device_unjournaled on device (id) where revision > journaled;

-- Where a source belongs, from when; null = since ever. A move adds a row, so that a late event lands in the old area.
create table registration (
    device     text not null references device (id) on delete cascade,
    area       text not null,
    valid_from timestamptz
);
create unique index registration_by_device
    on registration (device, coalesce(valid_from, timestamptz '-infinity'));
