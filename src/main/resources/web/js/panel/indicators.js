// Slow figures: what they were, what they are. A rate is never compared silently across two ways of measuring it.
import { html, render, nothing } from 'lit-html';
import { isFar } from '../session.js';
import * as format from '../format.js';
import { t, word } from '../i18n/words.js';
import { TURN_MS, takeTurns } from '../stage.js';

const RATES = ['poverty_rate', 'near_poor_rate'];
const COMMUNES = ['ntm_communes', 'ntm_advanced_communes'];
const PLACES = 3;
/** In far density the panel itself is shown one turn of three: each time it comes, with the next rows. */
const FAR_TURN_MS = 3 * TURN_MS;

export function mount(store) {
  const host = document.querySelector('.inds .in');
  let page = 0;
  const paint = (data) => {
    const shown = rows(data.indicators).slice(page * PLACES, (page + 1) * PLACES);
    render(shown.length ? shown : html`<div class="empty">${data.area ? t('indicator.none') : ''}</div>`, host);
  };
  const pages = () => Math.ceil(rows(store.data.indicators).length / PLACES);
  store.on(['indicators', 'area'], 1, paint);
  takeTurns(store, pages, (turn) => {
    page = turn;
    paint(store.data);
  }, isFar ? FAR_TURN_MS : TURN_MS);
}

const rows = (indicators = {}) => [
  ...RATES.filter((id) => indicators[id]).map((id) => drop(id, indicators[id])),
  ...communes(indicators),
  ...others(indicators),
];

function drop(id, slow) {
  const [period, first] = Object.entries(slow.history ?? {}).sort()[0] ?? [];
  const hasPast = first && period !== slow.period;
  const full = Math.max(slow.value, first?.value ?? 0) * 1.1 || 1;
  const otherStandard = hasPast && first.standard !== slow.standard;
  return html`<div class="ind"><div class="n">${t(`indicator.${id}`)}${otherStandard ? html`<small>${t('indicator.standard')}</small>` : nothing}</div>
    <div class="f">${hasPast ? html`${period}&ensp;${rate(first.value)}${arrow}` : nothing}<b>${rate(slow.value)}</b></div>
    <svg class="track" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="was" width=${((first?.value ?? 0) / full) * 100} height="1"></rect><rect class="is" width=${(slow.value / full) * 100} height="1"></rect></svg></div>`;
}

const rate = (value) => `${format.percent(value, 'low', 2)}%`;

const arrow = html`<svg class="to" viewBox="0 0 24 14" aria-hidden="true"><path d="M1 7h20M15.5 1.5 21 7l-5.5 5.5"></path></svg>`;

function communes(indicators) {
  const [reached, advanced] = COMMUNES.map((id) => indicators[id]);
  if (!reached) return [];
  const all = reached.target ?? reached.value;
  const step = (index) => (index < (advanced?.value ?? 0) ? 'plus' : index < reached.value ? 'on' : '');
  return [
    html`<div class="ind"><div class="n">${t('indicator.ntm')}</div>
      <div class="f">${advanced ? html`${t('indicator.ntmAdvanced', { count: format.number(advanced.value) })}&ensp;` : nothing}<b>${format.number(reached.value)}/${format.number(all)}</b></div>
      <div class="segs" aria-hidden="true">${Array.from({ length: all }, (_, index) => html`<i class=${step(index)}></i>`)}</div></div>`,
  ];
}

function others(indicators) {
  const ids = Object.keys(indicators).filter((id) => !RATES.includes(id) && !COMMUNES.includes(id));
  return ids.map((id) => {
    const { value, period } = indicators[id];
    const isRate = id.endsWith('_rate'); // counts have the unit 1 too
    return html`<div class="ind"><div class="n">${word('indicator', id)}</div>
      <div class="f">${t('indicator.period', { period })}&ensp;<b>${isRate ? rate(value) : format.number(value)}</b></div></div>`;
  });
}
