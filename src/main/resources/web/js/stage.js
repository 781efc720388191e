// The skeleton of a screen, drawn once. After that only words, classes and canvases change, so nothing ever shifts.
import { html, render } from 'lit-html';
import { isUnseen } from './attention.js';
import { t } from './i18n/words.js';

export const TURN_MS = 20_000;
const WALK_STEP_MS = 90_000;
/** Against burn-in the whole picture walks round a square of 4 px. */
const WALK = [[0, 0], [2, 0], [2, 2], [0, 2], [-2, 2], [-2, 0], [-2, -2], [0, -2], [2, -2]];

export const panel = (className, title, meta, body) => html`<section class="panel ${className}" aria-labelledby="h-${className}">
  <header><h2 id="h-${className}">${title}</h2>${meta}</header>${body}</section>`;

const meta = html`<span class="meta"></span>`;
const body = html`<div class="body"></div>`;
const inner = html`<div class="in"></div>`;

const alarms = () => panel('alarms', t('panel.attention'), html`<div class="counts"></div>`, body);

const trends = () => panel('trends', t('panel.trends'), html`<span class="meta" hidden><i class="key"></i>${t('trend.band')}</span>`, html`<div class="two">
  ${['received15m', 'waitMean15m'].map((id) => html`<figure id="trend-${id}"><figcaption>${t(`trend.${id}`)}<b></b></figcaption><div class="plot"></div></figure>`)}</div>`);

const sensors = () => panel('sens', t('panel.sensors'), meta, inner);

const events = () => html`<section class="evs" aria-label=${t('panel.events')}><div class="cap">${t('panel.events')}<small></small></div><div class="slots"></div></section>`;

/** An area with communes of its own. */
const district = () => html`${alarms()}
  ${panel('mapp', t('panel.map'), '', html`<div class="host"></div>
    <div class="legend"><div class="h">${t('map.legend')}</div><div class="steps"></div></div>`)}
  ${panel('desks', t('panel.desks'), meta, body)}
  ${trends()}${sensors()}${panel('inds', t('panel.indicators'), '', inner)}${events()}`;

/** The smart room of one commune: its own counters and dossiers stand where a district has its communes. */
const room = () => html`${panel('calls', t('panel.calls'), meta, body)}
  ${alarms()}
  ${panel('due', t('panel.due'), meta, body)}
  ${trends()}${sensors()}${panel('ready', t('panel.ready'), meta, body)}${events()}`;

/** What stands in front of the people who wait. */
const counter = () => html`${panel('now', t('panel.now'), '', body)}
  ${panel('wait', t('panel.wait'), '', inner)}
  ${panel('ready', t('panel.ready'), meta, body)}`;

const LAYOUTS = { district, room, counter };

/** Draws what every screen has: header, key figures, banner and notice. */
export function drawStage(title) {
  document.title = title;
  const stage = document.querySelector('#stage');
  render(html`<header class="top"></header>
    <section class="kpis" aria-label=${t('kpi')}></section>
    <div class="panels"></div>
    <div class="banner" role="alert"></div>
    <div class="notice"></div>`, stage);
  let step = 0;
  setInterval(() => {
    const [x, y] = WALK[++step % WALK.length];
    stage.style.translate = `${x / 16}rem ${y / 16}rem`;
  }, WALK_STEP_MS);
}

/** Draws the empty panels of a layout. */
export function drawPanels(layout) {
  document.documentElement.dataset.layout = layout;
  render(LAYOUTS[layout](), document.querySelector('.panels'));
}

/**
 * Lets second-rank parts take turns in one place: calls show(turn) with 0 … count() − 1, one after the other. While
 * anybody still has to acknowledge an alarm the first part stays: a screen that moves by itself draws eyes away.
 */
export function takeTurns(store, count, show, everyMs = TURN_MS) {
  let turn = 0;
  const go = (next) => {
    if (next === turn) return;
    turn = next;
    show(turn);
  };
  show(turn);
  setInterval(() => go(isUnseen(store.data) ? 0 : (turn + 1) % Math.max(1, count())), everyMs);
  store.on(['alarms'], 4, (data) => isUnseen(data) && go(0));
}
