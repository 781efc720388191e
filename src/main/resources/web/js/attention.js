// What needs attention, from the document alone: alarms, and the conditions that hold now whether or not a rule
// raised an alarm for them. A wall that is silent while a river stands above its alert level would lie.
import { isFar, lang } from './session.js';
import * as format from './format.js';
import { figureName, show, target, unitOf } from './figures.js';
import { areaName, sensorInTitle, sensorName, sensorSite, shortName } from './names.js';
import { t, tOr, word } from './i18n/words.js';

/** Rules whose words name the metric. */
const OF_ONE_METRIC = ['heavy-rain', 'air-quality', 'salinity', 'heat'];

/** From this many silent sensors on they are one row: mostly one dead gateway. */
const MANY_SILENT = 5;

/** Severity by level reached, per metric: domain rules of §8. */
const SEVERITY = {
  water_level: [0, 2, 1, 1],
  rain: [0, 2, 1, 1],
  pm25: [0, 3, 2, 1],
  pm10: [0, 3, 2, 1],
  salinity: [0, 2, 2, 2],
  temperature: [0, 3, 3, 2],
  aqi: [0, 0, 0, 2, 1, 1],
};
const OTHER_SEVERITY = [0, 3, 3, 2];

/** How urgent a level reached is; 0 for none. */
export function severityOf(metric, level = 0) {
  const severities = SEVERITY[metric] ?? OTHER_SEVERITY;
  return severities[Math.min(severities.length - 1, level)];
}

/** Figures that tell the same story: of each family the first that is off target speaks. */
const FAMILIES = [['waitMean', 'waitP90', 'waitOldest', 'waiting'], ['overdueNow'], ['onTimeRate'], ['satisfaction']];
const QUEUE = FAMILIES[0];
const FIGURE_UNITS = { overdueNow: 'unit.dossier', waiting: 'unit.person' };

/** So many places are named where several are off the same target. */
const NAMED = isFar ? 2 : 3;
const STANDING = ['unacknowledged', 'acknowledged'];
const UNSEEN = ['unacknowledged', 'returned', 'latched'];
/** Far type leaves room for how long, not for since when. */
const SINCE = isFar ? 'attention.age' : 'attention.since';
/** A history that goes back so far goes no further. */
const WHOLE_HISTORY_MS = 11.5 * 3_600_000;
const HIDDEN = ['shelved', 'suppressed', 'outOfService'];

/** Returns {rows, shelved, flood}; rows sorted: alarms nobody has seen, then severity, then newest; in a flood one row a cause. */
export function attention(data, now) {
  const alarms = Object.entries(data.alarms ?? {});
  const open = alarms.filter(([, alarm]) => !HIDDEN.includes(alarm.state));
  const alarmed = new Set(open.map(([, alarm]) => alarm.source));
  const told = new Set(open.map(([, alarm]) => `${alarm.source}:${alarm.params?.quantity}`));
  const rows = [
    ...grouped(data, open, now),
    ...sensorRows(data, alarmed, now),
    ...figureRows(data, told, now),
  ];
  rows.sort((a, b) => a.severity - b.severity || unseenFirst(a, b) || figuresLast(a, b) || b.at - a.at || (a.id < b.id ? -1 : 1));
  return { rows, shelved: alarms.filter(([, alarm]) => alarm.state === 'shelved').length, flood: data.alarmFlood };
}

/** More new alarms than anybody can read: of each cause the worst one speaks, and says for how many. */
function grouped(data, open, now) {
  if (!data.alarmFlood) return open.map(([id, alarm]) => alarmRow(data, id, alarm, now));
  return Object.entries(Object.groupBy(open, ([, alarm]) => alarm.cause)).map(([cause, alarms]) => causeRow(data, cause, alarms, now));
}

function causeRow(data, cause, alarms, now) {
  const rows = alarms.map(([id, alarm]) => ({ ...alarmRow(data, id, alarm, now), area: alarm.area }));
  rows.sort((a, b) => a.severity - b.severity || unseenFirst(a, b) || b.at - a.at);
  const [worst] = rows;
  if (rows.length === 1) return worst;
  const places = [...new Set(rows.map((row) => shortName(data, row.area)))];
  return {
    ...worst,
    id: cause,
    state: (rows.find((row) => UNSEEN.includes(row.state)) ?? worst).state,
    title: t('attention.cause', { title: worst.title, count: format.number(rows.length - 1) }),
    where: listed(places),
  };
}

/** Tells whether anybody still has to acknowledge an alarm. */
export const isUnseen = ({ alarms = {} }) => Object.values(alarms).some((alarm) => UNSEEN.includes(alarm.state));

const unseenFirst = (a, b) => UNSEEN.includes(b.state) - UNSEEN.includes(a.state);

/** A river does not wait for the desks' monthly figures. */
const figuresLast = (a, b) => Boolean(a.isFigure) - Boolean(b.isFigure);

/** An alarm in words: {id, state, severity, at, title, value, unit, where, status}. */
export function alarmRow(data, id, alarm, now) {
  const sensor = data.sensors?.[alarm.source];
  const place = sensor ? placeOf(data, alarm, sensor) : areaName(data, alarm.area);
  const at = Date.parse(alarm.raisedAt);
  const figure = unitOf(alarm.params?.quantity) ? alarm.params.quantity : undefined;
  const measured = figure && alarm.value !== undefined ? show(figure, figureNow(data, alarm), now) : undefined;
  const value = valueNow(sensor, alarm);
  const since = standsSince(sensor, alarm, now);
  const time = { time: format.moment(since.at, now), age: format.age(now - since.at) };
  return {
    id,
    state: alarm.state,
    severity: alarm.severity,
    at,
    since,
    title: titleOf(alarm, place),
    value: measured?.text ?? (value === undefined || alarm.params?.quantity === 'silent' ? '' : format.reading(sensor?.metric, value)),
    unit: measured?.unit ?? format.unit(alarm.unit),
    where: `${areaName(data, alarm.area)} · ${t(since.isBefore && !isFar ? 'attention.before' : SINCE, time)}`,
    status: alarm.ack ? t('attention.seen', { time: format.moment(Date.parse(alarm.ack.at), now) }) : t(`state.${alarm.state}`),
  };
}

/** A title that says what was measured needs only where. */
const placeOf = (data, { rule, source }, sensor) => (OF_ONE_METRIC.includes(rule) ? sensorSite(data, sensor) : sensorInTitle(data, source, sensor));

/** Titles of rules, as alarms or the list of rules have told them: {vi, en} by rule. */
const titles = new Map();

/** Learns what people call a rule. */
export const learnTitle = (rule, title) => title && titles.set(rule, title);

/** What people call a rule, by its own title; undefined where it has none. */
export const ownTitle = (rule) => titles.get(rule)?.[lang];

/** A rule of one's own has its title; one without says what is measured, never its id alone. */
function titleOf({ rule, params = {} }, place) {
  learnTitle(rule, params.title);
  const own = ownTitle(rule);
  if (own) return t('alarm.own', { title: own, place });
  return tOr(`alarm.${rule}`, 'alarm.other', { ...params, place, rule: measuredBy(rule, params.quantity), roman: format.ROMAN[params.level] });
}

function measuredBy(rule, quantity) {
  const metric = word('metric', quantity);
  if (metric !== `metric.${quantity}` && metric !== quantity) return metric;
  return unitOf(quantity) ? figureName(quantity) : rule;
}

/** An alarm knows the value of its last step, maybe hours ago: while its condition holds, its source says what is measured now. */
function valueNow(sensor, alarm) {
  if (!sensor || sensor.state !== 'good' || !STANDING.includes(alarm.state)) return alarm.value;
  const { watch, window, level } = alarm.params ?? {};
  const isOfLevel = alarm.threshold !== undefined && sensor.thresholds?.[level] === alarm.threshold;
  const now = { level: sensor.value, value: sensor.value, rate: sensor.ratePerHour, window: sensor.windows?.[window] }[watch ?? (isOfLevel ? 'level' : '')];
  return now ?? alarm.value;
}

/**
 * Since when the condition of an alarm holds, {at, isBefore}: a rule may be younger than the flood it sees. Never earlier than the
 * history proves, which has the newest value of each of its buckets; isBefore where it holds as far back as that goes.
 */
function standsSince(sensor, { state, raisedAt, threshold, value, params }, now) {
  const raised = { at: Date.parse(raisedAt), isBefore: false };
  if (!sensor || threshold === undefined || !STANDING.includes(state) || !['level', 'value'].includes(params?.watch)) return raised;
  const holds = (then) => (value < threshold ? then <= threshold : then >= threshold);
  const minutes = Object.keys(sensor.history ?? {}).map(Number).sort((a, b) => b - a);
  const end = minutes.findIndex((minute) => !holds(sensor.history[minute]));
  const run = end < 0 ? minutes : minutes.slice(0, end);
  // The oldest bucket's newest value was there when the next one began.
  const at = (run.at(-2) ?? Infinity) * 60_000;
  return at < raised.at ? { at, isBefore: end < 0 && now - run.at(-1) * 60_000 > WHOLE_HISTORY_MS } : raised;
}

/** The figure an alarm is about, as it is now while the condition holds. */
function figureNow(data, alarm) {
  const { quantity } = alarm.params;
  const figures = alarm.area === data.area?.id ? data.figures : data.children?.[alarm.area]?.figures;
  const now = STANDING.includes(alarm.state) && alarm.source === alarm.area ? figures?.[quantity] : undefined;
  return now?.value === undefined ? alarm : now;
}

function sensorRows(data, alarmed, now) {
  const sensors = Object.entries(data.sensors ?? {}).filter(([id]) => !alarmed.has(id));
  // An index is silent because its device is: that one says so itself.
  const silent = sensors.filter(([, sensor]) => sensor.state === 'silent' && sensor.metric !== 'aqi');
  const rows = sensors
    .filter(([, sensor]) => severityOf(sensor.metric, sensor.level) > 0 && sensor.state !== 'silent' && sensor.state !== 'bad')
    .map(([id, sensor]) => levelRow(data, id, sensor, now));
  const bad = sensors.filter(([, sensor]) => sensor.state === 'bad');
  rows.push(...bad.map(([id, sensor]) => lostRow(data, id, sensor, now, 'condition.bad')));
  if (silent.length >= MANY_SILENT) rows.push(manySilentRow(data, silent));
  else rows.push(...silent.map(([id, sensor]) => lostRow(data, id, sensor, now, 'condition.silent')));
  return rows;
}

function levelRow(data, id, sensor, now) {
  const since = levelSince(sensor);
  const place = areaName(data, sensor.area);
  return {
    id,
    state: 'condition',
    severity: severityOf(sensor.metric, sensor.level),
    at: since,
    title: levelTitle(data, id, sensor),
    value: format.reading(sensor.metric, sensor.value),
    unit: format.unit(sensor.unit),
    where: `${place} · ${t(SINCE, { time: format.moment(since, now), age: format.age(now - since) })}`,
    status: sensor.quality === 'suspect' ? t('sensor.suspect') : rate(sensor),
  };
}

function levelTitle(data, id, sensor) {
  const threshold = sensor.thresholds?.[sensor.level];
  const roman = format.ROMAN[sensor.level];
  if (sensor.metric === 'water_level') {
    const key = sensor.value > threshold ? 'condition.flood.above' : 'condition.flood.at';
    return t(key, { place: sensorInTitle(data, id, sensor), roman });
  }
  if (sensor.value > threshold) {
    const bound = `${format.plain(threshold)} ${format.unit(sensor.unit)}`;
    return t('condition.over', { metric: word('metric', sensor.metric), threshold: bound });
  }
  return t('condition.level', { metric: word('metric', sensor.metric), roman });
}

/** Since when the level holds, as far back as the history tells. */
export function levelSince(sensor) {
  let since = Date.parse(sensor.at);
  const threshold = sensor.thresholds?.[sensor.level];
  const minutes = Object.keys(sensor.history ?? {}).map(Number).sort((a, b) => b - a);
  for (const minute of minutes) {
    if (!(sensor.history[minute] >= threshold)) break;
    since = Math.min(since, minute * 60_000);
  }
  return since;
}

/** How a water level moves, in cm an hour as bulletins give it; empty for anything else. */
export function rate(sensor) {
  if (sensor.metric !== 'water_level' || sensor.ratePerHour === undefined) return '';
  const centimetres = Math.round(sensor.ratePerHour * 100);
  return centimetres === 0 ? t('sensor.steady') : t('sensor.rate', { value: format.signed(centimetres) });
}

function lostRow(data, id, sensor, now, title) {
  const at = sensor.at ? Date.parse(sensor.at) : 0;
  const age = { time: format.moment(at, now), age: format.age(now - at) };
  return {
    id,
    state: 'condition',
    severity: 3,
    at,
    title: t(title, { sensor: sensorName(data, id, sensor) }),
    value: '',
    unit: '',
    where: areaName(data, sensor.area) + (at ? ` · ${t('attention.silentSince', age)}` : ''),
    status: '',
  };
}

function manySilentRow(data, silent) {
  const places = [...new Set(silent.map(([, sensor]) => shortName(data, sensor.area)))];
  return {
    id: 'silent',
    state: 'condition',
    severity: 3,
    at: Math.max(...silent.map(([, sensor]) => (sensor.at ? Date.parse(sensor.at) : 0))),
    title: t('condition.silentMany', { count: format.number(silent.length) }),
    value: '',
    unit: '',
    where: listed(places),
    status: '',
  };
}

/** One row a figure: eleven communes off the same target are one thing to look at, not eleven. */
function figureRows(data, told, now) {
  const areas = [[data.area?.id, data], ...Object.entries(data.children ?? {})];
  const hits = areas.flatMap(([area, { figures = {} }]) =>
    offTarget(data.area, figures)
      .filter((id) => !told.has(`${area}:${id}`))
      .map((id) => ({ area, id, figure: figures[id] })),
  );
  return Object.values(Object.groupBy(hits, (hit) => hit.id)).map((found) => figureRow(data, found, now));
}

/** Ids of the figures off target, one of each family. */
function offTarget(area, figures) {
  const isClosed = area?.openNow === false;
  const known = FAMILIES.flat();
  const others = Object.keys(figures).filter((id) => !known.includes(id)).map((id) => [id]);
  return [...FAMILIES, ...others]
    .filter((family) => !(isClosed && family === QUEUE)) // nobody is kept waiting by a closed desk
    .map((family) => family.find((id) => ['warn', 'bad'].includes(figures[id]?.state)))
    .filter((id) => id !== undefined);
}

function figureRow(data, found, now) {
  const [{ area, id, figure }] = found;
  const { text, unit } = show(id, figure, now);
  const communes = found.filter((hit) => hit.area !== data.area?.id);
  const places = found.length === 1 ? [areaName(data, area)] : communes.map((hit) => shortName(data, hit.area));
  return {
    id: `${area}:${id}`,
    isFigure: true,
    state: 'condition',
    severity: found.some((hit) => hit.figure.state === 'bad') ? 2 : 3,
    at: Math.max(...found.map((hit) => Date.parse(hit.figure.asOf) || 0)),
    title: tOr(`condition.${id}`, 'condition.figure', { figure: figureName(id) }),
    value: figure.value === undefined ? '' : text,
    unit: unit || (FIGURE_UNITS[id] ? t(FIGURE_UNITS[id]) : ''),
    where: [listed(places), target(id, figure, 'sub.atLeast', 'sub.atMost')].filter(Boolean).join(' · '),
    status: '',
  };
}

/** As many names as a row has room for, and how many more there are. */
function listed(places) {
  if (places.length <= NAMED) return places.join(', ');
  const named = places.slice(0, NAMED - 1);
  return t('attention.others', { places: named.join(', '), count: format.number(places.length - named.length) });
}
