-- At which positions each dossier is judged: as it stands at last, and, where a version of the rules came in between, after each
-- of its events, since what had ended by then keeps its due date.
create temp table judgement as
with span as (
    select dossier, min(position) as first_position, max(position) as last_position from event group by dossier)
select dossier, last_position as as_of, true as is_last from span
union all
select dossier, event.position, false
from event join span using (dossier)
where event.position < last_position and exists (
    select from version where version.position > first_position and version.position <= last_position);
create index on judgement (dossier);
analyze judgement;

-- Of more than 256 steps of one source the first and the last 128 count.
create temp table step as
with placed as (
    select as_of, is_last, event.*, row_number() over in_order as n,
        row_number() over (partition by dossier, as_of, source order by event_time, seq nulls last, id collate "C") as of_source,
        count(*) over (partition by dossier, as_of, source) as steps
    from judgement join event using (dossier)
    where event.position <= as_of
    window in_order as (
        partition by dossier, as_of order by event_time, seq nulls last, id collate "C", source collate "C"))
select placed.*, status is distinct from lag(status) over (partition by dossier, as_of order by n) as is_entry
from placed
where of_source <= 128 or of_source > steps - 128;

analyze step;

-- Of each field what was said last; what ended it is the last entry into 7, 8, 9 that no running status follows, or 10.
create temp table judged as
with still_open as (
    select dossier, as_of, coalesce(max(n) filter (where status < 7), 0) as last_open
    from step group by dossier, as_of),
said as (
    select dossier, as_of, is_last,
        -- The step whose desk proved the reception, else the first that told of it.
        coalesce(
            min(n) filter (where status = 2),
            min(n) filter (where status in (4, 8, 9, 10)),
            1) as told_n,
        (array_agg(deciding_area order by n desc) filter (where deciding_area is not null))[1] as deciding_area,
        (array_agg(procedure order by n desc))[1] as procedure,
        (array_agg(channel order by n desc))[1] = 'online' as online,
        (array_agg(digitised order by n desc) filter (where digitised is not null))[1] as digitised,
        (array_agg(with_fee order by n desc) filter (where with_fee is not null))[1] as with_fee,
        (array_agg(paid_online order by n desc) filter (where paid_online is not null))[1] as paid_online,
        (array_agg(due_at order by n desc) filter (where due_at is not null))[1] as due_at,
        (array_agg(received_at order by n desc) filter (where received_at is not null))[1] as stated,
        (array_agg(status order by n desc))[1] as last_status,
        coalesce(
            (array_agg(event_time order by n) filter (where status = 2))[1],
            (array_agg(event_time order by n) filter (where status in (4, 8, 9, 10)))[1]) as proven,
        bool_or(status in (5, 6, 7)) as is_handled,
        bool_or(status in (5, 6) or paused_by = 'agency') as may_pause,
        bool_or(is_shared) as is_shared,
        coalesce(
            max(n) filter (where is_entry and n > last_open and status between 7 and 9),
            min(n) filter (where is_entry and n > last_open and status = 10)) as end_n
    from step join still_open using (dossier, as_of)
    group by dossier, as_of, is_last)
select said.*, told.source, told.area as received_in, coalesce(said.deciding_area, told.area) as area,
    case when stated is null then proven when proven is not null or is_handled then stated end as reception,
    ending.event_time as ended, ending.status as end_status
from said
join step as told on told.dossier = said.dossier and told.as_of = said.as_of and told.n = told_n
left join step as ending on ending.dossier = said.dossier and ending.as_of = said.as_of and ending.n = end_n;
create index on judged (dossier, as_of);
analyze judged;

insert into fact (figure, area, moment, count, sum)
select figure, counted.area, counted.moment, 1, 0
from judged
cross join lateral (values
    ('received', area, reception, true),
    ('receivedHere', received_in, reception, true),
    ('online', area, reception, online),
    ('digitised', area, reception, digitised),
    ('withFee', area, reception, with_fee),
    ('paidOnline', area, reception, with_fee and paid_online),
    -- Never before the reception, or the balance would break.
    ('done', area, greatest(ended, reception), end_status in (9, 10)),
    ('doneHere', received_in, greatest(ended, reception), end_status in (9, 10)),
    ('closedOther', area, greatest(ended, reception), end_status in (7, 8)),
    ('closedOtherHere', received_in, greatest(ended, reception), end_status in (7, 8))
) as counted (figure, area, moment, is_so)
where is_so and is_last and reception is not null and last_status not in (1, 3);
