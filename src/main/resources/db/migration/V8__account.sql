-- People. hash is Argon2id of the password, with its parameters and salt (PHC string format).
create table account (
    name         text primary key check (name ~ '^[a-z][a-z0-9._-]{1,31}$'),
    hash         text not null,
    display      text not null,
    role         text not null check (role in ('reader', 'operator', 'commander', 'admin')),
    scope        text not null,
    created_at   timestamptz not null,
    changed_at   timestamptz not null,
    disabled_at  timestamptz,
    -- Since the last good sign-in; from some on nobody may try until locked_until.
    failures     integer not null default 0,
    failed_at    timestamptz,
    locked_until timestamptz,
    -- SHA-256, hex, of what the browsers keep that this person signed in with, the newest first: a lock-out spares them.
    browsers     text[] not null default '{}'
);

-- A session is a token's or a person's.
alter table session alter column token drop not null;
alter table session add column account text references account (name) on delete cascade;
alter table session add constraint session_is_of_one check ((token is null) <> (account is null));
create index session_by_account on session (account, created_at desc);

-- Whoever acts is a person from now on.
update token set revoked_at = now() where role not in ('wall', 'reader') and revoked_at is null;
