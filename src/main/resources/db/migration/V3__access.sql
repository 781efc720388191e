-- Tokens of people, screens and scripts. The secret itself is never kept: hash is its SHA-256, hex.
create table token (
    id         text primary key,
    hash       text not null unique,
    role       text not null check (role in ('wall', 'reader', 'operator', 'commander', 'admin')),
    scope      text not null,
    name       text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

-- Browsers' sessions, opened with a token; they outlive the server. expires_at is null where the session lasts as long
-- as its token.
create table session (
    hash       text primary key,
    token      text not null references token (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz
);
create index session_by_token on session (token, created_at desc);
create index session_by_expiry on session (expires_at);

-- What people did, and who was refused. Append-only, enforced here.
create table audit (
    number  bigint generated always as identity primary key,
    at      timestamptz not null,
    who     text not null,
    remote  text not null,
    what    text not null,
    subject text not null,
    result  text not null
);
create index audit_by_time on audit (at);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log cannot be rewritten: % refused', tg_op using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only();
