-- What persons said of the machine's clock: that it was right when it showed `at`. A server in doubt of its clock looks here.
create table clock_word (
    id bigint generated always as identity primary key,
    at timestamptz not null
);
