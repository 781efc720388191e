-- Every version of the parts that due dates come from, and every event of a dossier.
create temp table version as
select data ->> 'what' as what, journal.position, data -> 'content' as content
from journal, asked
where kind = 'configuration' and data ->> 'what' in ('calendar', 'procedures') and journal.position <= asked.position;

create temp table event as
select data ->> 'dossier' as dossier, counted.position, event_time, seq, id, source, area,
    (data ->> 'status')::integer as status, data ->> 'procedure' as procedure, data ->> 'channel' as channel,
    data ->> 'decidingArea' as deciding_area, data ->> 'pausedBy' as paused_by,
    stored_instant(data ->> 'receivedAt') as received_at, stored_instant(data ->> 'dueAt') as due_at,
    (data ->> 'digitised')::boolean as digitised, (data ->> 'fee')::numeric > 0 as with_fee,
    (data ->> 'paidOnline')::boolean as paid_online, false as is_shared
from counted, asked
where kind = 'dossier' and counted.position <= asked.position;
create index on event (dossier);

-- Of one code the first eight areas told from count, and of each its first eight sources, in the order of the journal.
with told as (
    select dossier, area, source, min(position) as first_position
    from event
    where dossier in (select dossier from event group by dossier having count(*) > 8)
    group by dossier, area, source),
numbered as (
    select dossier, area, source, row_number() over (partition by dossier, area order by first_position) as of_area,
        dense_rank() over (partition by dossier order by area_position) as area_number
    from (
        select *, min(first_position) over (partition by dossier, area) as area_position from told) as of_areas)
delete from event using numbered
where event.dossier = numbered.dossier and event.area = numbered.area and event.source = numbered.source
    and (of_area > 8 or area_number > 8);
analyze event;

-- Which units are one over time: each with whoever took it over, but for those that a region keeps; and who took over these.
create temp table unit as
select listed ->> 'id' as id, listed ->> 'successor' as successor,
    exists (
        select from jsonb_array_elements(content -> 'areas') as region
        where region -> 'members' ? (listed ->> 'id')) as is_kept
from (
    select data -> 'content' as content
    from journal, asked
    where kind = 'configuration' and data ->> 'what' = 'areas' and journal.position <= asked.position
    order by journal.position desc limit 1) as newest
cross join lateral jsonb_array_elements(content -> 'areas') as listed;

create temp table line as
with recursive followed as (
    select id, id as reached, is_kept, successor from unit
    union
    select followed.id, next.id, next.is_kept, next.successor
    from followed join unit as next on next.id = followed.successor
    where not followed.is_kept)
select unit.id, coalesce((
        select reached from followed
        where followed.id = unit.id
            and (is_kept or successor is null or not exists (select from unit as next where next.id = followed.successor))
        limit 1), unit.id) as line
from unit;

create temp table heir as
with recursive followed as (
    select id, successor from unit where is_kept and successor is not null
    union
    select followed.id, next.successor
    from followed join unit as next on next.id = followed.successor
    where next.successor is not null)
select distinct followed.id as unit, line.line as heir
from followed join line on line.id = followed.successor
where line.line <> followed.id;

-- The steps of each code that more than one unit told of, as many of a source as count, and the unit each source speaks for.
create temp table shared as
with placed as (
    select event.*, row_number() over in_order as n,
        row_number() over (partition by dossier, source order by event_time, seq nulls last, id collate "C") as of_source,
        count(*) over (partition by dossier, source) as steps,
        first_value(area) over (partition by dossier, source order by event_time, seq nulls last, id collate "C") as home
    from event
    where dossier in (select dossier from event group by dossier having min(area) <> max(area))
    window in_order as (partition by dossier order by event_time, seq nulls last, id collate "C", source collate "C"))
select dossier, placed.position, source, n, status, received_at, coalesce(line.line, home) as unit,
    coalesce(named.line, deciding_area) as named
from placed
left join line on line.id = home
left join line as named on named.id = deciding_area
where of_source <= 128 or of_source > steps - 128;

-- Who received it from the citizen has it; then whoever these name or were taken over by, and so on; of what is left whoever
-- states a reception, or anybody where there is none, one after the other. The rest are strangers.
create temp table party as
select dossier, unit, min(n) as first_n, (array_agg(status order by n))[1] in (1, 2) as is_receiver,
    bool_or(received_at is not null) as states_reception, null::text as owner
from shared group by dossier, unit;
create temp table naming as
select dossier, unit, named, min(n) as n
from (
    select dossier, unit, named, n from shared where named is not null
    union all
    select dossier, shared.unit, heir, n from shared join heir using (unit)) as every
where named <> unit
group by dossier, unit, named;

do $$
begin
    update party set owner = unit where is_receiver;
    loop
        loop
            update party set owner = chosen.owner
            from (
                select distinct on (naming.dossier, naming.named) naming.dossier, naming.named, by_whom.owner
                from naming
                join party as by_whom on by_whom.dossier = naming.dossier and by_whom.unit = naming.unit
                where by_whom.owner is not null
                order by naming.dossier, naming.named, naming.n) as chosen
            where party.dossier = chosen.dossier and party.unit = chosen.named and party.owner is null;
            exit when not found;
        end loop;
        update party set owner = party.unit
        from (
            select distinct on (dossier) dossier, unit
            from party as left_over
            where owner is null and (states_reception or not exists (
                select from party as claiming
                where claiming.dossier = left_over.dossier and (claiming.is_receiver or claiming.states_reception)))
            order by dossier, first_n) as next
        where party.dossier = next.dossier and party.unit = next.unit;
        exit when not found;
    end loop;
end $$;

-- Two units that each received one have two dossiers of one code.
with owned as (
    select distinct dossier, source, owner from shared join party using (dossier, unit))
update event set is_shared = true, dossier = event.dossier || chr(31) || coalesce(owner, '')
from owned
where event.dossier = owned.dossier and event.source = owned.source;
delete from event where is_shared and dossier like '%' || chr(31);
analyze event;
