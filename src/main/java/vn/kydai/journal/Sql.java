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

    /**
     * Everything a batch leaves behind, in one statement: at a few events a batch the number of statements is what a
     * commit costs. Parameters: partition, ingest time, head (position, ingest time, batch), then arrays of the columns of
     * events, dead letters, ledger lines and counters; any of them may be empty.
     */
    WRITE("""
            with journaled as (
                insert into journal
                    (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, seq, data)
                select $1::smallint, p, $2::timestamptz, s, i, k, a, t, ta, q, d::jsonb
                from unnest($6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[],
                    $11::timestamptz[], $12::boolean[], $13::bigint[], $14::text[]) as u(p, s, i, k, a, t, ta, q, d)),
            letters as (
                insert into dead_letter (at, source, reason, detail, kept, bytes)
                select $2::timestamptz, s, r, d, k, b
                from unnest($15::text[], $16::text[], $17::text[], $18::text[], $19::integer[]) as u(s, r, d, k, b)),
            counted as (
                insert into ledger as l
                    (source, day, received, committed, duplicate, rejected, refused, gaps, conflict, unidentified, qos0)
                select * from unnest($20::text[], $21::date[], $22::bigint[], $23::bigint[], $24::bigint[], $25::bigint[],
                    $26::bigint[], $27::bigint[], $28::bigint[], $29::bigint[], $30::bigint[])
                on conflict (source, day) do update set
                    received = l.received + excluded.received, committed = l.committed + excluded.committed,
                    duplicate = l.duplicate + excluded.duplicate, rejected = l.rejected + excluded.rejected,
                    refused = l.refused + excluded.refused, gaps = l.gaps + excluded.gaps,
                    conflict = l.conflict + excluded.conflict, unidentified = l.unidentified + excluded.unidentified,
                    qos0 = l.qos0 + excluded.qos0),
            sequenced as (
                insert into source_seq (source, last, spans)
                select s, l, p::bigint[] from unnest($31::text[], $32::bigint[], $33::text[]) as u(s, l, p)
                on conflict (source) do update set last = excluded.last, spans = excluded.spans)
            update journal_head set position = $3, ingest_time = $4, batch = $5 where partition = $1::smallint"""),

    DAY("insert into journal_day (partition, day, first_position) values ($1, $2, $3) on conflict do nothing"),

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
