-- Where a device stands on the map, degrees WGS84; both or neither.
alter table device
    add column latitude double precision,
    add column longitude double precision,
    add constraint device_place check ((latitude is null) = (longitude is null));
