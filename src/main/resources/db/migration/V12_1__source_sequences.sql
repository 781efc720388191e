-- Which of a source's numbers have come: five parts each span, first, last, how many between are missing, the day (since
-- 1970) that shows these, and the day that shows what is missing before the span; the least bigint where there is none.
alter table source_seq add column spans bigint[];
update source_seq set spans = case
    when missing > 0 then array[last - missing - 1, last, missing, day - date '1970-01-01', -9223372036854775808]
    else array[last, last, 0, -9223372036854775808, -9223372036854775808] end;
alter table source_seq alter column spans set not null, drop column missing, drop column day;
