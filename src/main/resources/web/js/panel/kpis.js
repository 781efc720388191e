// Six key figures. A tile never moves; a missed target is amber and marked, never coloured alone.
import { html, render } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { offTarget, percentText, show, target } from '../figures.js';
import { t } from '../i18n/words.js';
import { mark } from '../marks.js';
import { isLeaf } from '../names.js';

const TILES = {
  district: ['received', 'processing', 'onTimeRate', 'overdueNow', 'waitMean', 'satisfaction'],
  room: ['waiting', 'waitMean', 'received', 'onTimeRate', 'overdueNow', 'satisfaction'],
};

export function mountKpis(store) {
  const host = document.querySelector('.kpis');
  store.on(['figures', 'area', 'children', 'now'], 2, (data) => {
    const { figures = {} } = data;
    render(TILES[isLeaf(data) ? 'room' : 'district'].map((id) => tile(id, figures)), host);
  });
}

function tile(id, figures) {
  const { text, unit } = show(id, figures[id]);
  const off = offTarget(figures[id]);
  return html`<div class="kpi ${off ? `off p${off}` : ''}" id="kpi-${id}">
    <div class="l"><span>${t(`kpi.${id}`)}</span>${mark(off || 2)}</div>
    <div class="v"><span>${text}</span><small>${unit}</small></div>
    <div class="r">${caption(id, figures)}</div></div>`;
}

/** What the number is to be read against: its usual value, its target, or how many it rests on. */
function caption(id, figures) {
  const figure = figures[id];
  const usual = figure?.compare?.sameHourMedian8w;
  if (usual !== undefined) return t('sub.usual', { value: format.number(usual) });
  const rests = basis(id, figures);
  // The longest wait says more than the target, and a tile has not the room for both.
  if (id === 'waiting' && rests) return rests;
  const goal = target(id, figure, 'sub.atLeast', 'sub.atMost');
  return [rests, goal].filter(Boolean).join(' · ');
}

function basis(id, figures) {
  const figure = figures[id];
  if (id === 'satisfaction' && figure?.denominator) return t('sub.ratings', { count: format.number(figure.denominator) });
  if (id === 'received' && figures.onlineShare?.value != null) {
    return t('sub.online', { value: percentText('onlineShare', figures.onlineShare) });
  }
  if (id === 'waiting' && figures.waitOldest?.value != null) {
    return t('sub.waitOldest', { value: show('waitOldest', figures.waitOldest, clock.now()).text });
  }
  if (id === 'processing') return counted('sub.dueSoon', figures.dueSoon) || counted('sub.paused', figures.paused);
  return '';
}

const counted = (key, figure) => (figure?.value ? t(key, { value: format.number(figure.value) }) : '');
