// Names of places. The document knows its own area and the children; the map knows the configured order.
import { lang } from './session.js';
import { t, word } from './i18n/words.js';

/** Characters; a longer one leaves no room for what happened there. */
const LONG_NAME = 20;

let mapped = new Map();

/**
 * Learns the names of places and the order in which a reader expects them, from the configured map; without one, from
 * the area tree, whose centres make a map too. Returns what it found as GeoJSON.
 */
export async function learnPlaces() {
  const geography = (await read('/map.geojson')) ?? centres((await read('/api/v1/areas')) ?? {});
  mapped = new Map(geography.features.map((feature) => [feature.id, feature.properties]));
  return geography;
}

/** The configured map where it shows most of these areas, else the centres of the area tree: a city has not its district's map. */
export async function placesOf(geography, ids) {
  if (ids.filter((id) => mapped.has(id)).length * 2 > ids.length) return geography;
  const { features } = centres((await read('/api/v1/areas')) ?? {}, ids);
  return features.length > 0 ? { features } : geography;
}

async function read(path) {
  try {
    const response = await fetch(path);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined; // A wall without a map still shows its figures.
  }
}

/** Those of the ids, or of all areas without parts of their own. */
function centres(tree, ids) {
  const isWanted = (area) => (ids ? ids.includes(area.id) : !area.children?.length);
  const units = flat(tree).filter((area) => area.latitude !== undefined && isWanted(area));
  const features = units.map(({ id, name, nameEn, latitude, longitude }, order) => ({
    id,
    properties: { kind: 'unit', name, en: nameEn, order },
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
  }));
  return { features };
}

/** An area with all below it, each with its depth, in the tree's order. */
export const flat = (area, depth = 0) => [{ ...area, depth }, ...(area.children ?? []).flatMap((child) => flat(child, depth + 1))];

/** Ids of the children in configured order: a row's place on the wall always means the same commune. */
export function inOrder(children = {}) {
  const order = (id) => mapped.get(id)?.order ?? Infinity;
  return Object.keys(children).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
}

/** Tells whether a document is of an area without communes of its own. */
export const isLeaf = ({ area, children = {} }) => area !== undefined && Object.keys(children).length === 0;

export function areaName(data, id) {
  const child = data.children?.[id];
  if (child) return isTwin(data, child) ? t('area.region', { name: ownName(child) }) : ownName(child);
  if (data.area?.id === id) return ownName(data.area);
  const known = mapped.get(id);
  return (lang === 'en' && known?.en) || (known?.name ?? id);
}

/** Tells whether an operating region bears the name of a commune beside it: since July 2025 Quảng Điền is both. */
const isTwin = ({ children }, { name, level }) =>
  level === 'district' && Object.values(children).filter((other) => other.name === name).length > 1;

export const ownName = (area) => (lang === 'en' && area.nameEn) || area.name;

/** An area's name where room is short. */
export function shortName(data, id) {
  const child = data.children?.[id];
  if (child && isTwin(data, child)) return t('area.region.short', { name: ownName(child) });
  const isShown = child || data.area?.id === id;
  return isShown ? shorten(data, areaName(data, id)) : (mapped.get(id)?.short ?? areaName(data, id));
}

/** Shortens a first word that most of the neighbours share: it tells nothing apart (Quảng Thọ → Q. Thọ). */
function shorten(data, name) {
  const [first, ...rest] = name.split(' ');
  const siblings = Object.values(data.children ?? {});
  const sharing = siblings.filter((area) => ownName(area).startsWith(`${first} `));
  return rest.length > 0 && sharing.length > 2 ? `${first[0]}. ${rest.join(' ')}` : name;
}

const siteOf = (name) => name.split(' · ').at(-1);

/** A sensor's name where it is part of a sentence: a long one only by its site. */
export function sensorInTitle(data, id, sensor) {
  const name = sensorName(data, id, sensor);
  return name.length > LONG_NAME ? siteOf(name) : name;
}

/** Where a sensor stands. */
export const sensorSite = (data, sensor) => (sensor.name ? shorten(data, siteOf(sensor.name)) : shortName(data, sensor.area));

/** What a sensor is called: a water level by its river and place, anything else by what it measures and where. */
export function sensorName(data, id, sensor) {
  const name = (lang === 'en' && mapped.get(id)?.en) || sensor.name;
  if (sensor.metric === 'water_level' && name) return name;
  return `${word('metric', sensor.metric)}, ${sensorSite(data, sensor)}`;
}

/** The same where room is short: a long site gives up the rest of its first word. */
export function sensorBrief(data, id, sensor) {
  const name = sensorName(data, id, sensor);
  return name.length > LONG_NAME ? name.replace(/(, \S)\S+ /, '$1. ') : name;
}
