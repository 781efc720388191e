insert into fact
select figure, area, event_time, 1, 0
from timely
cross join lateral (values ('ratings'), (case when data ->> 'level' <> 'dissatisfied' then 'satisfied' end)) as counted (figure)
where kind = 'rating' and figure is not null
