// The map: shading by on-time share (luminance while normal, hatching when not), and the sensors that matter.
import { html, nothing, render, svg } from 'lit-html';
import { attention } from '../attention.js';
import * as clock from '../clock.js';
import { isFar, wantedMap } from '../session.js';
import { percentText } from '../figures.js';
import { t } from '../i18n/words.js';
import { isCrowded, layOut, place } from '../map/layout.js';
import { OUTLINE, glyphPath } from '../marks.js';
import { areaName, inOrder, placesOf, shortName } from '../names.js';

/** The legend's steps: read on the cut value that is shown, so that 94.96 % is not hatched under "94.9 %" only. */
const STEPS = [[0.97, 'hi'], [0.95, 'mid'], [0.9, 'lo'], [0, 'bad']];
const LEGEND = ['hi', 'mid', 'lo', 'bad', 'none'];
/** Without a spot of their own, instruments a control room looks for first get the room beside a name. */
const FIRST = ['water_level', 'rain', 'salinity', 'pm25', 'vehicles'];

export async function mount(store, geography) {
  const ids = inOrder(store.data.children);
  const map = await layOut(await placesOf(geography, ids), wantedMap, ids);
  const host = document.querySelector('.mapp .host');
  render(LEGEND.map(swatch), document.querySelector('.legend .steps'));
  store.on(['children', 'figures', 'area', 'sensors', 'alarms'], 2, (data) => {
    render(drawing(map, looksOf(data, map), place(pinsOf(data), map)), host);
  });
}

const swatch = (step) => html`<div><svg class="map" aria-hidden="true"><rect class="area ${step}" width="100%" height="100%"></rect></svg>${t(`map.${step}`)}</div>`;

export const stepOf = (share) => (share == null ? 'none' : STEPS.find(([from]) => share >= from)[1]);

const isOff = (step) => step === 'lo' || step === 'bad';

/** How each area of a map looks: {own, step, isNamed, name, value}. */
export function looksOf(data, map) {
  const looks = new Map();
  const hasRoom = !isCrowded(map.areas);
  for (const { id } of map.areas) {
    const own = data.area?.id === id;
    const figures = own ? data.figures : data.children?.[id]?.figures;
    const rate = figures?.onTimeRate;
    if (!figures) continue;
    const step = stepOf(rate?.value);
    const isNamed = hasRoom || isOff(step);
    looks.set(id, { own, step, isNamed, name: hasRoom ? nameOn(data, id) : areaName(data, id), value: percentText('onTimeRate', rate) });
  }
  return looks;
}

/** Far readers get larger type, so the first letter that all share has to go too. */
const nameOn = (data, id) => (isFar ? shortName(data, id).replace(/^\S\. /, '') : shortName(data, id));

/** The instruments, the worst first. */
export function pinsOf(data) {
  const rows = new Map(attention(data, clock.now()).rows.map((row) => [row.id, row]));
  const alarms = new Map(Object.entries(data.alarms ?? {}).map(([id, alarm]) => [alarm.source, id]));
  const rank = (pin) => (pin.severity ?? 9) * 100 + (FIRST.includes(pin.metric) ? FIRST.indexOf(pin.metric) : 50);
  return Object.entries(data.sensors ?? {})
    .map(([id, sensor]) => {
      const row = rows.get(alarms.get(id) ?? id);
      const silent = sensor.state === 'silent' || sensor.state === 'stale';
      const point = sensor.latitude === undefined ? undefined : [sensor.longitude, sensor.latitude];
      return { id, point, station: sensor.station, area: sensor.area, metric: sensor.metric, silent, severity: row?.severity, unseen: row?.state === 'unacknowledged' };
    })
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** Depth lines along the shores, widest first, in map pixels. */
const SHORES = [52, 32, 16];

const translate = ([x, y]) => `translate(${x} ${y})`;

/**
 * One SVG: outlines are laid out once, a paint changes classes and words only. looks gives each area {step, isNamed, name, value, own}, pins the sensors already
 * placed. touch: {area(id), sensor(id)} are called where a reader with a mouse or a keyboard chooses one; without it the map is a picture.
 */
export const drawing = (map, looks, pins, touch) => html`<svg class="map" viewBox="0 0 ${map.frame.width} ${map.frame.height}"
    preserveAspectRatio="xMidYMid slice" role=${touch ? 'group' : 'img'} aria-label=${t('map.label')}>
  ${patterns}
  <rect class="sea" width=${map.frame.width} height=${map.frame.height} fill="url(#lagoon)"></rect>
  <g>${[...map.context.slice(1), ...map.areas.map((area) => area.path)].flatMap(shores)}</g>
  <g>${map.context.map((path) => svg`<path class="ctx" d=${path}></path>`)}</g>
  <g>${map.areas.map((area) => svg`<path class="area ${looks.get(area.id)?.step ?? 'none'}" d=${area.path} @click=${touch && (() => touch.area(area.id))}></path>`)}</g>
  <g>${map.areas.filter((area) => looks.get(area.id)?.own).map((area) => svg`<path class="own" d=${area.path}></path>`)}</g>
  <g>${map.rivers.map((path) => svg`<path class="river" d=${path}></path>`)}</g>
  <g>${map.labels.map(({ name, size, angle, at }) => svg`<text class="place ${size}" transform="${translate(at)} rotate(${angle})">${name}</text>`)}</g>
  <g class="labels">${map.areas.map((area) => caption(area, looks.get(area.id), touch))}</g>
  <g aria-hidden=${touch ? 'true' : nothing}>${pins.map((each) => pin(each, touch))}</g>
  ${scale(map)}
</svg>`;

const patterns = svg`<defs>
  <pattern id="hatch2" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="h2b"></rect><rect width="2.4" height="7" class="h2"></rect></pattern>
  <pattern id="hatch1" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="h1b"></rect><rect width="2.6" height="7" class="h1"></rect><rect width="7" height="2.6" class="h1"></rect></pattern>
  <linearGradient id="lagoon" x1="0" y1="0" x2="1" y2="1"><stop offset="0" class="lag0"></stop><stop offset="1" class="lag1"></stop></linearGradient>
</defs>`;

const shores = (path) => SHORES.map((width) => svg`<path class="iso" d=${path} stroke-width=${width}></path>`);

function caption({ id, label }, look, touch) {
  if (!look?.isNamed) return nothing;
  const words = svg`<text class="nm" y="-3">${look.name}</text><text class="vl" y="21">${look.value}</text>`;
  const looks = isOff(look.step) ? 'bad' : '';
  if (!touch) return svg`<g transform=${translate(label)} class=${looks}>${words}</g>`;
  const press = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    touch.area(id);
  };
  return svg`<g transform=${translate(label)} class="hit ${looks}" role="button" tabindex="0" aria-pressed=${String(look.own)}
    aria-label="${look.name} ${look.value}" @click=${press} @keydown=${press}>${words}</g>`;
}

const pin = ({ id, at, metric, severity, silent, unseen }, touch) => svg`
  <g @click=${touch && (() => touch.sensor(id))} class="pin ${severity ? `alarm p${severity}` : ''} ${silent ? 'silent' : ''} ${unseen ? 'unack' : ''}" transform=${translate(at)}>
    <circle class="halo" r="19"></circle><circle class="disc" r="14"></circle>
    <g transform="translate(-10.2 -10.2) scale(.85)"><path class="gp" d=${glyphPath(metric)}></path></g>
    ${severity ? svg`<g class="sev" transform="translate(5 -20) scale(.72)"><path d=${OUTLINE[severity]}></path><text x="12" y="17" text-anchor="middle">${severity}</text></g>` : nothing}
  </g>`;

const scale = ({ kmWidth: km, frame: { width, height } }) =>
  km
    ? svg`<g class="scale" transform="translate(${width - 16 - km * 2} ${height - 15})"><path d="M0 -5V0H${(km * 2).toFixed(1)}V-5"></path><text x=${km} y="-9" text-anchor="middle">2 km</text></g>`
    : nothing;
