-- A gauge stuck at its greatest number, or a flooded metric, fills a bigint within hours: sums must not end the checkpoints.
alter table rollup alter column sum type numeric;
