-- Reads an instant as the journal has it. Earlier releases took instants of any year, which are written with a sign and more digits
-- where the year leaves 0000 to 9999, and PostgreSQL has no year 0000: it counts 1 BC before 1. Beyond what PostgreSQL can hold:
-- nothing.
create function stored_instant(said text) returns timestamptz language sql stable strict parallel safe as $$
    select case
        when said ~ '^[0-9]{4}-' and said !~ '^0000' then said::timestamptz
        when said ~ '^[+]?[0-9]{4,6}-' and (substring(said from '^[+]?([0-9]+)-'))::integer between 1 and 294275
        then ltrim(said, '+')::timestamptz
        when said ~ '^-?[0-9]{4}-' and (substring(said from '^-?([0-9]+)-'))::integer < 4712
        then (lpad(((substring(said from '^-?([0-9]+)-'))::integer + 1)::text, 4, '0')
            || substring(said from '^-?[0-9]+(-.*)$') || ' BC')::timestamptz end $$;

-- The views that look at due dates read them so, and are else as they were.
do $$
declare
    name text;
begin
    foreach name in array array['dossiers_by_day', 'dossiers_open'] loop
        execute 'create or replace view grafana.' || name || ' as ' || regexp_replace(
            pg_get_viewdef(('grafana.' || name)::regclass),
            '\(\(([a-z]+\.)?data ->> ''dueAt''::text\)\)::timestamp with time zone',
            'stored_instant(\1data ->> ''dueAt''::text)', 'g');
    end loop;
end $$;
