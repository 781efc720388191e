// Two water levels large, since a flood is what the room is for; the other instruments one row a kind.
import { html, render, nothing } from 'lit-html';
import { rate, severityOf } from '../attention.js';
import * as clock from '../clock.js';
import { drawLevel } from '../chart/level.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { glyph } from '../marks.js';
import { sensorBrief, sensorName } from '../names.js';

/** Alarms whose gauge somebody may want to look at. */
const STANDING = ['unacknowledged', 'acknowledged', 'returned', 'latched'];
const LARGE = 2;
const SMALL = 4;
const KINDS = ['rain', 'aqi', 'pm25', 'vehicles', 'salinity', 'temperature', 'wind', 'humidity', 'pm10', 'people'];

export function mountSensors(store) {
  const host = document.querySelector('.sens .in');
  const meta = document.querySelector('.sens .meta');
  store.on(['sensors', 'alarms', 'children', 'area', 'now'], 1, (data) => {
    const [large, small] = choose(data);
    render(panel(data, large, small), host);
    for (const canvas of host.querySelectorAll('canvas')) {
      const sensor = data.sensors[canvas.dataset.sensor];
      const colours = [0, 1, 2, 3].map((level) => severityColour(severityOf(sensor.metric, level)));
      drawLevel(canvas, sensor, { now: clock.now(), isLarge: canvas.dataset.size === 'large', colours });
    }
  });
  store.on(['freshness'], 1, ({ freshness }) => render(freshness ? sources(freshness) : nothing, meta));
}

function sources({ sourcesTotal, sourcesSilent, setAside, catchingUp }) {
  const all = t('sensor.sources', { count: format.number(sourcesTotal) });
  return html`${all}${sourcesSilent ? html` · <b>${t('sensor.silent', { count: format.number(sourcesSilent) })}</b>` : nothing}${setAside ? html` · <b>${t('sensor.setAside', { count: format.number(setAside) })}</b>` : nothing}${catchingUp ? html` · <b>${t('sensor.catchingUp', { at: catchingUp.at ? `${format.date(Date.parse(catchingUp.at))} ${format.clockShort(Date.parse(catchingUp.at))}` : format.NONE })}</b>` : nothing}`;
}

/** The sensors shown: the worst of each kind, and else always the same ones, so that places keep their meaning. */
function choose({ sensors = {}, alarms = {} }) {
  const urgency = new Map();
  for (const { source, severity, state } of Object.values(alarms)) {
    if (source in sensors && STANDING.includes(state)) urgency.set(source, Math.max(urgency.get(source) ?? 0, 4 - severity));
  }
  const rank = (id) => (sensors[id].metric === 'water_level' ? (urgency.get(id) ?? 0) * 100 : 0) + rankOf(sensors[id]);
  const ids = Object.keys(sensors).sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
  const of = (metric) => ids.filter((id) => sensors[id].metric === metric);
  const large = of('water_level').slice(0, LARGE);
  const others = ids.filter((id) => !large.includes(id));
  const small = KINDS.map((metric) => of(metric)[0]).filter((id) => id !== undefined);
  for (const id of others) if (!small.includes(id)) small.push(id);
  const shown = small.slice(0, SMALL);
  const highest = Math.max(0, ...urgency.values());
  const isSeen = [...large, ...shown].some((id) => urgency.get(id) === highest);
  const missed = others.find((id) => urgency.get(id) === highest);
  if (!isSeen && missed) shown[shown.length - 1] = missed; // whose alarm is the highest is in sight
  return [large, shown].map((chosen) => chosen.map((id) => [id, sensors[id]]));
}

const rankOf = (sensor) => (sensor.level ?? 0) * 10 + (sensor.thresholds && Object.keys(sensor.thresholds).length > 0 ? 1 : 0);

const panel = (data, large, small) =>
  large.length + small.length === 0
    ? html`<div class="empty">${data.area ? t('sensor.none') : ''}</div>`
    : html`${large.map(([id, sensor]) => level(data, id, sensor))}
        <div class="small">${small.map(([id, sensor]) => row(data, id, sensor))}</div>`;

const severityColour = (severity) => (severity ? `p${severity}` : 'data');

const isLost = (sensor) => sensor.state === 'silent' || sensor.state === 'bad' || sensor.value === undefined;

function look(sensor) {
  if (isLost(sensor)) return 'lost';
  const severity = severityOf(sensor.metric, sensor.level);
  return severity ? `over p${severity}` : '';
}

function level(data, id, sensor) {
  const name = sensorName(data, id, sensor);
  return html`<div class="lv ${look(sensor)}"><div class="n">${name}</div>
    <div class="row"><b>${isLost(sensor) ? format.NONE : format.reading(sensor.metric, sensor.value)}</b><i>${format.unit(sensor.unit)}</i>
      <span class="st">${isLost(sensor) ? lost(sensor) : standing(sensor)}</span></div>
    <canvas data-sensor=${id} data-size="large" role="img" aria-label=${name}></canvas></div>`;
}

function standing(sensor) {
  if (sensor.quality === 'suspect') return t('sensor.suspect');
  if (!sensor.level) return rate(sensor);
  const above = sensor.value > (sensor.thresholds?.[sensor.level] ?? Infinity);
  return t(above ? 'sensor.above' : 'sensor.at', { roman: format.ROMAN[sensor.level] });
}

function lost(sensor) {
  if (sensor.state === 'bad' || !sensor.at) return sensor.state === 'bad' ? t('sensor.bad') : '';
  return t('sensor.lost', { age: format.age(clock.now() - Date.parse(sensor.at)) });
}

function row(data, id, sensor) {
  const name = sensorName(data, id, sensor);
  return html`<div class="sm ${look(sensor)}">${glyph(sensor.metric)}<div class="n">${sensorBrief(data, id, sensor)}</div>
    <div class="b"><canvas data-sensor=${id} data-size="small" role="img" aria-label=${name}></canvas>
      <div class="lost">${isLost(sensor) ? lost(sensor) : ''}</div>
      <div class="v"><span>${format.reading(sensor.metric, sensor.value)}</span><i>${format.unit(sensor.unit)}</i></div></div></div>`;
}
