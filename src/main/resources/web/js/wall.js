// The wall: no controls, no mouse; everything it needs is in its address and its cookie.
//   /wall#token=…   signs this screen in, once     ?scope=AREA   another area than the token's own     ?lang=en
import { html, render } from 'lit-html';
import { t } from './i18n/words.js';
import { signIn } from './session.js';
import { Link } from './link.js';
import { learnFigures } from './dictionary.js';
import { learn } from './names.js';
import { Store } from './store.js';
import { mountAttention } from './panel/attention.js';
import { mountDesks } from './panel/desks.js';
import { mountHeader } from './panel/header.js';
import { mountIndicators } from './panel/indicators.js';
import { mountKpis } from './panel/kpis.js';
import { mountMap } from './panel/map.js';
import { mountSensors } from './panel/sensors.js';
import { mountTicker } from './panel/ticker.js';
import { mountTrends } from './panel/trends.js';

/** Ages ("45 phút") move although no message comes. */
const AGES_MS = 10_000;
const WALK_STEP_MS = 90_000;
/** Against burn-in the whole picture walks round a square of 4 px. */
const WALK = [[0, 0], [2, 0], [2, 2], [0, 2], [-2, 2], [-2, 0], [-2, -2], [0, -2], [2, -2]];

const panel = (className, title, meta, body) => html`<section class="panel ${className}" aria-labelledby="h-${className}">
  <header><h2 id="h-${className}">${title}</h2>${meta}</header>${body}</section>`;

const meta = html`<span class="meta"></span>`;

const skeleton = () => html`
  <header class="top"></header>
  <section class="kpis" aria-label=${t('kpi')}></section>
  ${panel('alarms', t('panel.attention'), html`<div class="counts"></div>`, html`<div class="body"></div>`)}
  ${panel('mapp', t('panel.map'), '', html`<div class="host"></div>
    <div class="legend"><div class="h">${t('map.legend')}</div><div class="steps"></div></div>`)}
  ${panel('desks', '', meta, html`<div class="body"></div>`)}
  ${panel('trends', t('panel.trends'), html`<span class="meta" hidden><i class="key"></i>${t('trend.band')}</span>`, html`<div class="two">
    ${['received15m', 'waitMean15m'].map((id) => html`<figure id="trend-${id}"><figcaption>${t(`trend.${id}`)}<b></b></figcaption><div class="plot"></div></figure>`)}</div>`)}
  ${panel('sens', t('panel.sensors'), meta, html`<div class="in"></div>`)}
  ${panel('inds', t('panel.indicators'), '', html`<div class="in"></div>`)}
  <section class="evs" aria-label=${t('panel.events')}><div class="cap">${t('panel.events')}<small></small></div><div class="slots"></div></section>
  <div class="banner" role="alert"></div>
  <div class="notice"></div>`;

/** The skeleton, drawn once. After this only words, classes and canvases change, so nothing ever shifts. */
function drawStage() {
  document.title = t('title');
  const stage = document.querySelector('#stage');
  render(skeleton(), stage);
  let step = 0;
  setInterval(() => {
    const [x, y] = WALK[++step % WALK.length];
    stage.style.translate = `${x / 16}rem ${y / 16}rem`;
  }, WALK_STEP_MS);
}

async function map() {
  try {
    const response = await fetch('/map.geojson');
    if (response.ok) return await response.json();
  } catch {
    // Without a map the wall still shows its figures.
  }
  return { features: [] };
}

addEventListener('hashchange', () => location.reload()); // a new link opened in the same tab

drawStage();
const store = new Store();
const link = new Link({ store, scope: new URLSearchParams(location.search).get('scope') ?? undefined });
const [signedIn, geography] = await Promise.all([signIn(), map()]);
learn(geography.features);

mountHeader(store, link, signedIn === 'refused');
mountKpis(store);
mountAttention(store);
mountMap(store, geography);
mountDesks(store);
mountTrends(store);
mountSensors(store);
mountIndicators(store);
mountTicker(store);
link.start();
learnFigures(() => store.touch());

setInterval(() => store.touch(['now']), AGES_MS);
addEventListener('resize', () => store.touch());
document.documentElement.dataset.ready = '';
