-- The journal: the only truth. One writer (a session advisory lock) gives positions and ingest times.
create table journal (
    partition    smallint    not null,
    position     bigint      not null,
    ingest_time  timestamptz not null,
    source       text        not null,
    id           text        not null,
    kind         text        not null,
    area         text        not null,
    event_time   timestamptz not null,
    time_assumed boolean     not null,
    seq          bigint,
    data         jsonb       not null
) partition by range (ingest_time);

create index journal_position on journal (partition, position);
create index journal_configuration on journal ((data ->> 'what'), position) where kind = 'configuration';

-- Where each local ingest day begins: a reader of one page touches one day's partition only.
create table journal_day (
    partition      smallint not null,
    day            date     not null,
    first_position bigint   not null,
    primary key (partition, day)
);

-- The batch id decides, after a lost connection, whether the COMMIT in flight had happened.
create table journal_head (
    partition   smallint    primary key,
    position    bigint      not null,
    ingest_time timestamptz not null,
    batch       uuid        not null
);
insert into journal_head values (0, 0, '1970-01-01T00:00:00Z', gen_random_uuid());

-- ATTACH locks out neither readers nor the writer; CREATE ... PARTITION OF would wait for every reader.
create function make_journal_partition(day date) returns void language plpgsql as $$
declare
    name text := 'journal_' || to_char(day, 'YYYYMMDD');
begin
    if to_regclass(name) is null then
        execute format('create table %I (like journal including defaults including constraints)', name);
        execute format('alter table journal attach partition %I for values from (%L) to (%L)', name,
            day::timestamp at time zone 'Asia/Ho_Chi_Minh', (day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh');
    end if;
end $$;

-- Decides what is a repeat; not partitioned, since a repeat may come on another day.
create table event_identity (
    source      text        not null,
    id          text        not null,
    digest      text        not null,
    ingest_time timestamptz not null,
    area        text        not null,
    primary key (source, id)
);
create index event_identity_ingest_time on event_identity (ingest_time);

-- received = committed + duplicate + rejected + refused + interrupted + what is in flight.
create table ledger (
    source       text   not null,
    day          date   not null,
    received     bigint not null default 0,
    committed    bigint not null default 0,
    duplicate    bigint not null default 0,
    rejected     bigint not null default 0,
    refused      bigint not null default 0,
    interrupted  bigint not null default 0,
    gaps         bigint not null default 0,
    conflict     bigint not null default 0,
    unidentified bigint not null default 0,
    qos0         bigint not null default 0,
    primary key (source, day)
);
create index ledger_day on ledger (day);

-- How far each source's own counter has come, and what is still missing of the gaps counted on one day.
create table source_seq (
    source  text   primary key,
    last    bigint not null,
    missing bigint not null,
    day     date   not null
);

create table dead_letter (
    number bigint      generated always as identity primary key,
    at     timestamptz not null,
    source text        not null,
    reason text        not null,
    detail text        not null,
    kept   text        not null,
    bytes  integer     not null
);
create index dead_letter_at on dead_letter (at);
