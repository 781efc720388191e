package vn.kydai.journal;

/** The writer's statements. */
enum Sql {
    ENDING("select position, ingest_time, batch from journal_head where partition = $1"),

    /**
     * Claims identities and returns those that had been claimed before: what is not among the inserted. Only these few are
     * looked up, in the statement's snapshot, which does not see its own insert; nobody else inserts.
     */
    CLAIM("""
            with input as materialized (
                select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as u(source, id, digest, area)),
            claimed as (
                insert into event_identity (source, id, digest, area, ingest_time)
                select source, id, digest, area, $5::timestamptz from input on conflict do nothing
                returning source, id)
            select source, id,
                (select e.digest from event_identity e where e.source = input.source and e.id = input.id)
            from input where (source, id) not in (select source, id from claimed)"""),

    JOURNAL("""
            insert into journal (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, seq, data)
            select $1::smallint, p, $2::timestamptz, s, i, k, a, t, ta, q, d::jsonb
            from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::timestamptz[], $9::boolean[], $10::bigint[], $11::text[]) as u(p, s, i, k, a, t, ta, q, d)"""),

    DEAD_LETTERS("""
            insert into dead_letter (at, source, reason, detail, kept, bytes)
            select $1::timestamptz, s, r, d, k, b
            from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::integer[]) as u(s, r, d, k, b)"""),

    LEDGER("""
            insert into ledger as l
                (source, day, received, committed, duplicate, rejected, refused, gaps, conflict, unidentified, qos0)
            select * from unnest($1::text[], $2::date[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
            on conflict (source, day) do update set
                received = l.received + excluded.received, committed = l.committed + excluded.committed,
                duplicate = l.duplicate + excluded.duplicate, rejected = l.rejected + excluded.rejected,
                refused = l.refused + excluded.refused, gaps = l.gaps + excluded.gaps,
                conflict = l.conflict + excluded.conflict, unidentified = l.unidentified + excluded.unidentified,
                qos0 = l.qos0 + excluded.qos0"""),

    SEQUENCES("""
            insert into source_seq (source, last, missing, day)
            select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::date[])
            on conflict (source) do update set
                last = excluded.last, missing = excluded.missing, day = excluded.day"""),

    DAY("insert into journal_day (partition, day, first_position) values ($1, $2, $3) on conflict do nothing"),

    HEAD("update journal_head set position = $2, ingest_time = $3, batch = $4 where partition = $1"),

    /** In small pieces between batches: a long transaction would keep the writer waiting. */
    PURGE("""
            delete from event_identity where ctid = any (array(
                select ctid from event_identity where ingest_time < $1 limit $2))""");

    private final String text;

    Sql(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
