// One SVG. Outlines are laid out once; a paint changes classes and words only.
import { html, svg, nothing } from 'lit-html';
import { t } from '../i18n/words.js';
import { OUTLINE, glyphPath } from '../marks.js';
import { HEIGHT, WIDTH } from './layout.js';

/** Depth lines along the shores, widest first, in map pixels. */
const SHORES = [52, 32, 16];

const translate = ([x, y]) => `translate(${x} ${y})`;

/** Draws the map; looks gives each area {step, name, value, own}, pins the sensors already placed. */
export const drawing = (map, looks, pins) => html`<svg class="map" viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="xMidYMid slice" role="img" aria-label=${t('map.label')}>
  ${patterns}
  <rect class="sea" width=${WIDTH} height=${HEIGHT} fill="url(#lagoon)"></rect>
  <g>${[...map.context.slice(1), ...map.areas.map((area) => area.path)].flatMap(shores)}</g>
  <g>${map.context.map((path) => svg`<path class="ctx" d=${path}></path>`)}</g>
  <g>${map.areas.map((area) => svg`<path class="area ${looks.get(area.id)?.step ?? 'none'}" d=${area.path}></path>`)}</g>
  <g>${map.areas.filter((area) => looks.get(area.id)?.own).map((area) => svg`<path class="own" d=${area.path}></path>`)}</g>
  <g>${map.rivers.map((path) => svg`<path class="river" d=${path}></path>`)}</g>
  <g>${map.labels.map(({ name, size, angle, at }) => svg`<text class="place ${size}" transform="${translate(at)} rotate(${angle})">${name}</text>`)}</g>
  <g class="labels">${map.areas.map((area) => caption(area, looks.get(area.id)))}</g>
  <g>${pins.map(pin)}</g>
  ${scale(map.kmWidth)}
</svg>`;

const patterns = svg`<defs>
  <pattern id="hatch2" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="h2b"></rect><rect width="2.4" height="7" class="h2"></rect></pattern>
  <pattern id="hatch1" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="h1b"></rect><rect width="2.6" height="7" class="h1"></rect><rect width="7" height="2.6" class="h1"></rect></pattern>
  <linearGradient id="lagoon" x1="0" y1="0" x2="1" y2="1"><stop offset="0" class="lag0"></stop><stop offset="1" class="lag1"></stop></linearGradient>
</defs>`;

const shores = (path) => SHORES.map((width) => svg`<path class="iso" d=${path} stroke-width=${width}></path>`);

const caption = ({ label }, look) =>
  look
    ? svg`<g transform=${translate(label)} class=${look.step === 'lo' || look.step === 'bad' ? 'bad' : ''}><text class="nm" y="-3">${look.name}</text><text class="vl" y="21">${look.value}</text></g>`
    : nothing;

const pin = ({ at, metric, severity, silent, unseen }) => svg`
  <g class="pin ${severity ? `alarm p${severity}` : ''} ${silent ? 'silent' : ''} ${unseen ? 'unack' : ''}" transform=${translate(at)}>
    <circle class="halo" r="19"></circle><circle class="disc" r="14"></circle>
    <g transform="translate(-10.2 -10.2) scale(.85)"><path class="gp" d=${glyphPath(metric)}></path></g>
    ${severity ? svg`<g class="sev" transform="translate(5 -20) scale(.72)"><path d=${OUTLINE[severity]}></path><text x="12" y="17" text-anchor="middle">${severity}</text></g>` : nothing}
  </g>`;

const scale = (km) =>
  km
    ? svg`<g class="scale" transform="translate(${WIDTH - 16 - km * 2} ${HEIGHT - 15})"><path d="M0 -5V0H${(km * 2).toFixed(1)}V-5"></path><text x=${km} y="-9" text-anchor="middle">2 km</text></g>`
    : nothing;
