// The map: shading by on-time share (luminance while normal, hatching when not), and the sensors that matter.
import { html, render } from 'lit-html';
import { attention } from '../attention.js';
import * as clock from '../clock.js';
import { isFar, wantedMap } from '../session.js';
import { percentText } from '../figures.js';
import { t } from '../i18n/words.js';
import { drawing } from '../map/drawing.js';
import { layOut, place } from '../map/layout.js';
import { inOrder, shortName } from '../names.js';

/** The legend's steps: read on the cut value that is shown, so that 94.96 % is not hatched under "94.9 %" only. */
const STEPS = [[0.97, 'hi'], [0.95, 'mid'], [0.9, 'lo'], [0, 'bad']];
const LEGEND = ['hi', 'mid', 'lo', 'bad', 'none'];
/** Without a spot of their own, instruments a control room looks for first get the room beside a name. */
const FIRST = ['water_level', 'rain', 'salinity', 'pm25', 'vehicles'];

export async function mount(store, geography) {
  const map = await layOut(geography, wantedMap, inOrder(store.data.children));
  const host = document.querySelector('.mapp .host');
  render(LEGEND.map(swatch), document.querySelector('.legend .steps'));
  store.on(['children', 'figures', 'area', 'sensors', 'alarms'], 2, (data) => {
    render(drawing(map, looks(data, map), place(pins(data), map)), host);
  });
}

const swatch = (step) => html`<div><svg class="map" aria-hidden="true"><rect class="area ${step}" width="100%" height="100%"></rect></svg>${t(`map.${step}`)}</div>`;

export const stepOf = (share) => (share == null ? 'none' : STEPS.find(([from]) => share >= from)[1]);

function looks(data, map) {
  const looks = new Map();
  for (const { id } of map.areas) {
    const own = data.area?.id === id;
    const figures = own ? data.figures : data.children?.[id]?.figures;
    const rate = figures?.onTimeRate;
    if (figures) looks.set(id, { own, step: stepOf(rate?.value), name: nameOn(data, id), value: percentText('onTimeRate', rate) });
  }
  return looks;
}

/** Far readers get larger type, so the first letter that all share has to go too. */
const nameOn = (data, id) => (isFar ? shortName(data, id).replace(/^\S\. /, '') : shortName(data, id));

function pins(data) {
  const rows = new Map(attention(data, clock.now()).rows.map((row) => [row.id, row]));
  const alarms = new Map(Object.entries(data.alarms ?? {}).map(([id, alarm]) => [alarm.source, id]));
  const rank = (pin) => (pin.severity ?? 9) * 100 + (FIRST.includes(pin.metric) ? FIRST.indexOf(pin.metric) : 50);
  return Object.entries(data.sensors ?? {})
    .map(([id, sensor]) => {
      const row = rows.get(alarms.get(id) ?? id);
      const silent = sensor.state === 'silent' || sensor.state === 'stale';
      return { id, station: sensor.station, area: sensor.area, metric: sensor.metric, silent, severity: row?.severity, unseen: row?.state === 'unacknowledged' };
    })
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
