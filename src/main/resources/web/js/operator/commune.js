// Where: the map, and the figures and instruments of the commune that is chosen in it, else of the whole area.
import { html, nothing, render } from 'lit-html';
import { severityOf } from '../attention.js';
import { drawLevel } from '../chart/level.js';
import * as clock from '../clock.js';
import { figureName, offTarget, show } from '../figures.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { isCrowded, layOut, place } from '../map/layout.js';
import { glyph } from '../marks.js';
import { areaName, inOrder, placesOf, sensorName, shortName } from '../names.js';
import { drawing, looksOf, pinsOf } from '../panel/map.js';
import { courseOf } from './series.js';

/** The picture has the shape of its panel; nothing lies over its corners. */
const FRAME = { width: 500, height: 424, padding: { top: 46, right: 10, bottom: 12, left: 10 }, cell: 50, pins: [0], tiles: { left: 12, top: 52, right: 12, bottom: 30, gap: 10 } };
const FIGURES = ['waiting', 'waitMean', 'overdueNow', 'onTimeRate'];
const SENSORS = 4;
const SECONDS = 60;

export async function mountCommune(store, desk, geography) {
  const [host, back, title, card] = ['.mapp .host', '.mapp .back', '#h-commune', '.commune .in'].map((selector) => document.querySelector(selector));
  let map;
  let layingOut;
  const choose = (area) => desk.set({ area: desk.area === area ? '' : area });
  const touch = { area: choose, sensor: (id) => chooseSensor(store.data, desk, id) };
  store.on(['children', 'figures', 'area', 'sensors', 'alarms', 'desk', 'now'], 4, (data) => {
    if (!data.area) return;
    const ids = inOrder(data.children);
    layingOut ??= placesOf(geography, ids).then((places) => layOut(places, undefined, ids, FRAME)).then((laidOut) => {
      map = laidOut;
      desk.touch();
    });
    if (map) render(drawing(map, chosenLooks(data, map, desk.area), place(pinsOf(data), map), touch), host);
    render(desk.area ? html`<button type="button" class="btn" @click=${() => choose(desk.area)}>${t('desk.whole')}</button>` : nothing, back);
    title.textContent = areaName(data, desk.area || data.area.id);
    render(facts(data, desk.area), card);
    draw(card.querySelector('canvas'), store, data, desk.area);
  });
}

/** Names without the first word that all share: the panel is small. */
function chosenLooks(data, map, chosen) {
  const looks = looksOf(data, map);
  for (const [id, look] of looks) {
    const name = isCrowded(map.areas) ? look.name : shortName(data, id).replace(/^\S\. /, '');
    looks.set(id, { ...look, name, own: id === chosen });
  }
  return looks;
}

/** The worst alarm about an instrument. */
function chooseSensor(data, desk, sensor) {
  const row = desk.rows(data).find(({ alarm }) => alarm.source === sensor);
  if (row) desk.set({ chosen: row.id });
}

function facts(data, chosen) {
  const figures = (chosen ? data.children?.[chosen] : data)?.figures ?? {};
  const sensors = instruments(data, chosen);
  return html`<dl class="facts">${FIGURES.map((id) => fact(id, figures[id]))}</dl>
    <div class="caption">${figureName('waitMean')}, ${t('unit.minute')}</div><div class="chart"><canvas role="img" aria-label=${figureName('waitMean')}></canvas></div>
    <ul>${sensors.length ? sensors.map(([id, sensor]) => instrument(data, id, sensor)) : html`<li>${t('desk.noSensors')}</li>`}</ul>`;
}

function fact(id, figure) {
  const { text, unit } = show(id, figure, clock.now());
  return html`<div class=${offTarget(figure) ? 'off' : ''}><dt>${figureName(id)}</dt><dd>${text}${unit === '%' ? '%' : unit ? html` <i>${unit}</i>` : nothing}</dd></div>`;
}

function instruments(data, chosen) {
  const rank = ([, { metric, level = 0, state }]) => severityRank(metric, level) + (state === 'silent' ? 3 : 0);
  return Object.entries(data.sensors ?? {})
    .filter(([, sensor]) => !chosen || sensor.area === chosen)
    .sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1))
    .slice(0, SENSORS);
}

const severityRank = (metric, level) => (severityOf(metric, level) || 4) * 10;

function instrument(data, id, sensor) {
  const isLost = sensor.state === 'silent' || sensor.state === 'bad' || sensor.value === undefined;
  const severity = severityOf(sensor.metric, sensor.level);
  const lost = sensor.at ? t('sensor.lost', { age: format.age(clock.now() - Date.parse(sensor.at)) }) : format.NONE;
  const value = isLost ? (sensor.state === 'bad' ? t('sensor.bad') : lost) : `${format.reading(sensor.metric, sensor.value)} ${format.unit(sensor.unit)}`;
  return html`<li class=${isLost ? 'lost' : severity ? `over p${severity}` : ''}>${glyph(sensor.metric)}<span>${sensorName(data, id, sensor)}</span><b>${value}</b></li>`;
}

/** The mean wait of the day, in minutes, against its target. */
function draw(canvas, store, data, chosen) {
  const own = data.trends?.waitMean15m;
  const course = chosen || !own ? courseOf('waitMean', chosen || data.area.id, 1 / SECONDS, () => store.touch(['desk'])) : minutesOf(own);
  const figure = (chosen ? data.children?.[chosen] : data)?.figures?.waitMean;
  const target = figure?.target?.max;
  drawLevel(canvas, { history: course, thresholds: target === undefined ? {} : { 1: target / SECONDS }, level: offTarget(figure) ? 1 : 0, state: 'good' }, { now: clock.now(), isLarge: true, colours: ['data', 'p2'] });
}

const minutesOf = (trend) =>
  Object.fromEntries(Object.entries(trend).filter(([, { value }]) => value !== undefined).map(([minute, { value }]) => [minute, value / SECONDS]));
