// Orders to sirens: one person prepares, another confirms, every desk sees it and what the sirens answered. The wall's document,
// which is public, says only that something of them has changed: then they are asked for. Nothing is sent by one press alone.
import { html, nothing, render } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { areaName, inOrder } from '../names.js';
import { newKey } from './deeds.js';

const SECOND_MS = 1_000;
/** Asked anew now and then although nothing seems to have changed: an answer may come when its order is over. */
const ASK_ALWAYS_MS = 60_000;
const LISTED = 10;
const LONGEST_TEXT = 500;
const SIGNALS = { storm: [3, 20, 10, 3], flood2: [2, 10, 10, 2], flood3: [5, 30, 5, 3] };
const PATH = '/api/v1/orders';
/** Under which name a reason is kept while it is being written. */
const DRAFT = 'order';
const CONFIRMING = ['commander', 'admin'];
const HORN = 'M4 10v4h3l6 4V6l-6 4zM16.500 9a4.200 4.200 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11';
/** Marks of vowels and tones: who types the word need not write them. */
const MARKS = /[\u0300-\u036f]/g;

/** How many sirens are registered in each area and below it; absent until it is known. */
let sirens;
/** How many of them listen just now. */
let connected;

export function mountOrders(store, desk) {
  const host = document.querySelector('.sirens');
  let orders = [];
  let known;
  let said;
  let isAsking = false;
  let isWanted = false;
  const paint = () => {
    render(store.data.area ? panel(store.data, desk, orders, ask) : nothing, host);
    repaintDialog();
  };
  async function ask() {
    if (desk.isReplay) return; // these are of now
    isWanted = isAsking;
    if (isAsking) return;
    isAsking = true;
    const listed = await answered(PATH).catch(() => undefined);
    isAsking = false;
    if (listed?.status === 200) {
      orders = listed.body.orders;
      sirens = listed.body.sirens;
      connected = listed.body.connected;
      known = announce(store.data, desk, orders, known);
    }
    paint();
    if (isWanted) ask();
  }
  store.on(['area', 'orders'], 10, (data) => {
    const now = JSON.stringify(data.orders ?? {});
    if (!data.area || now === said) return;
    said = now;
    ask();
  });
  store.on(['area', 'children', 'alarms', 'desk'], 4, paint);
  setInterval(() => orders.some(isStanding) && paint(), SECOND_MS);
  setInterval(ask, ASK_ALWAYS_MS);
}

/** Says that a second person is waited for. */
function announce(data, desk, orders, known) {
  const waiting = orders.filter(({ state }) => state === 'prepared');
  const fresh = waiting.filter(({ id, prepared }) => known && !known.has(id) && prepared.by !== desk.person?.name);
  if (fresh.length) document.querySelector('#say-now').textContent = fresh.map((order) => t('order.waits', what(data, order))).join('. ');
  return new Set(waiting.map(({ id }) => id));
}

const left = ({ until }) => Math.max(0, Date.parse(until) - clock.present());
/** One that has sounded stays in sight until its time is over: it is what people hear. */
const isStanding = (order) => ['prepared', 'confirmed', 'sounded'].includes(order.state) && left(order) > 0;
const what = (data, { signal, area }) => ({ signal: t(`signal.${signal}`), area: areaName(data, area) });
const countdown = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;

/** The blasts of a signal, spelled out. */
function spelled(signal) {
  const [blasts, seconds, gap, repeats] = SIGNALS[signal];
  return t('signal.blasts', { blasts, seconds, gap, repeats });
}

const mayConfirm = (desk, order) => CONFIRMING.includes(desk.person?.role) && order.prepared.by !== desk.person.name;
const mayCancel = (desk, order) => CONFIRMING.includes(desk.person?.role) || order.prepared.by === desk.person?.name;

function panel(data, desk, orders, changed) {
  const standing = desk.isReplay ? [] : orders.filter(isStanding);
  const last = orders.find((order) => !isStanding(order));
  const summary = desk.isReplay ? t('order.replay') : last ? line(data, last) : standing.length ? '' : t('order.none');
  return html`<header><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${HORN}></path></svg><h2 id="h-sirens">${t('order.title')}</h2><span class="last">${standing.some(({ state }) => state !== 'sounded') ? '' : summary}</span>
      ${orders.length && !desk.isReplay ? html`<button type="button" class="btn quiet" @click=${() => open(listed(data, orders))}>${t('order.all')}</button>` : nothing}
      ${desk.locked ? nothing : html`<button type="button" class="btn quiet prepare" @click=${() => open(preparing(data, desk, changed))}>${t('order.prepare')}</button>`}</header>
    ${standing.map((order) => stand(data, desk, order, changed))}`;
}

/** What became of an order, in one line. */
const line = (data, order) => `${format.moment(Date.parse(order.prepared.at), clock.present())} · ${what(data, order).signal}, ${what(data, order).area}: ${became(order)}`;

function became(order) {
  const { state, confirmed, cancelled, answers } = order;
  const heard = Object.entries(answers).map(([source, { blasts }]) => t(blasts > 0 ? 'order.answer' : 'order.answer.none', { source, blasts }));
  const by = { confirmed, cancelled }[state]?.by ?? '';
  const now = state === 'prepared' && left(order) === 0 ? 'expired' : state === 'confirmed' && left(order) === 0 ? 'unanswered' : state;
  return [t(`order.is.${now}`, { by }), ...heard].join(' · ');
}

function stand(data, desk, order, changed) {
  const { prepared, confirmed, state } = order;
  const own = state === 'prepared' && prepared.by === desk.person?.name;
  return html`<div class="order ${state}" data-id=${order.id}><div><b>${what(data, order).signal} · ${what(data, order).area}</b>
      <small>${spelled(order.signal)}</small><small>${prepared.by}: ${prepared.reason}${state === 'sounded' && confirmed ? ` · ${t('order.is.confirmed', confirmed)}` : ''}</small>
      <small>${state !== 'prepared' ? became(order) : own ? t('order.another') : t('order.is.prepared')}</small></div>
    ${state === 'sounded' ? nothing : html`<b class="left" role="timer" aria-label=${t('order.left')}>${countdown(left(order))}</b>`}
    ${desk.locked ? nothing : html`<div class="acts">${state === 'prepared' && mayConfirm(desk, order) ? html`<button type="button" class="btn main confirm" @click=${() => open(confirming(data, order, changed))}>${t('order.confirm')}</button>` : nothing}
      ${mayCancel(desk, order) ? html`<button type="button" class="btn cancel" @click=${() => open(cancelling(data, order, changed))}>${t('order.cancel')}</button>` : nothing}</div>`}</div>`;
}

// One dialog at a time. It is {title, body(), send?, deed, done?}: send() gives the request, or the key of the words for what lacks.
let asked;

function open(question) {
  if (asked) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'keys ask';
  dialog.setAttribute('aria-labelledby', 'h-ask');
  asked = { ...question, dialog, key: newKey(), lacks: '', isSending: false };
  repaintDialog();
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    asked = undefined;
  });
  dialog.showModal();
}

function repaintDialog() {
  if (!asked) return;
  const { dialog, title, body, send, deed, lacks, isSending } = asked;
  render(html`<h2 id="h-ask">${title}</h2><form method="dialog" novalidate @submit=${submit}>${body()}
    <div class="lacks" id="ask-lacks" role="alert">${lacks}</div>
    <div class="r"><button type="button" class="btn" @click=${() => dialog.close()}>${t(send ? 'order.back' : 'keys.close')}</button>
      ${send ? html`<button class="btn main" aria-disabled=${String(isSending)}>${deed}</button>` : nothing}</div></form>`, dialog);
}

async function submit(event) {
  event.preventDefault();
  const { send, dialog, key, changed, done, isSending } = asked;
  if (!send || isSending) return send ? undefined : dialog.close();
  const request = send(event.target.elements);
  if (typeof request === 'string') {
    asked.lacks = t(request);
    return repaintDialog();
  }
  Object.assign(asked, { isSending: true, lacks: '' });
  repaintDialog();
  const { status, body } = await answered(request.path, key, request.body).catch(() => ({ status: 0 }));
  changed();
  if (status === 200) done?.();
  if (status === 200) return dialog.close();
  if (!asked) return undefined;
  Object.assign(asked, { isSending: false, lacks: refusal(status, body) });
  return repaintDialog();
}

const refusal = (status, body) =>
  status === 0 || status >= 500 ? t('order.why.unreached') : status === 401 ? t('deed.why.signedOut') : t('order.why.refused', { detail: body?.detail ?? '' });

async function answered(path, key, body) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  const response = await fetch(path, body ? { method: 'POST', headers, body: JSON.stringify(body), keepalive: true } : { cache: 'no-store' });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

function preparing(data, desk, changed) {
  const row = desk.row(data);
  const alarm = row && row.state !== 'normal' ? row : undefined;
  const areas = [data.area.id, ...inOrder(data.children)];
  const chosen = [desk.area, data.area.id, ...areas].find((id) => id && sirens?.[id] !== 0) ?? data.area.id;
  const send = (fields) => {
    const signal = fields.signal.value;
    const reason = fields.reason.value.trim();
    if (!fields.area.value || sirens?.[fields.area.value] === 0) return 'order.lacks.siren';
    if (!signal) return 'order.lacks.signal';
    if (!reason) return 'order.lacks.reason';
    return { path: PATH, body: { area: fields.area.value, signal, reason, ...(fields.alarm?.checked ? { alarm: alarm.id } : {}) } };
  };
  const body = () => html`<p>${t('order.prepare.how')}</p>
    <label>${t('order.area')}<select name="area">${areas.map((id) => html`<option value=${id} ?selected=${id === chosen} ?disabled=${sirens?.[id] === 0}>${areaName(data, id)}${reach(id)}</option>`)}</select></label>
    <fieldset><legend>${t('order.signal')}</legend>${Object.keys(SIGNALS).map((signal) => html`<label class="signal"><input type="radio" name="signal" value=${signal} aria-describedby="blasts-${signal}"><span><b>${t(`signal.${signal}`)}</b><small id="blasts-${signal}">${spelled(signal)}</small></span></label>`)}</fieldset>
    <label>${t('order.reason')}<textarea name="reason" .value=${desk.drafts.text(DRAFT)} @input=${(event) => desk.drafts.keep(DRAFT, event.target.value)} maxlength=${LONGEST_TEXT} aria-required="true" aria-describedby="ask-lacks"></textarea></label>
    ${alarm ? html`<label class="signal"><input type="checkbox" name="alarm" checked><span>${t('order.alarm', { alarm: alarm.title })}</span></label>` : nothing}`;
  return { title: t('order.prepare'), body, send, deed: t('order.prepare.do'), changed, done: () => desk.drafts.keep(DRAFT, '') };
}

/** How many sirens an area has, and how many of them would hear an order. */
function reach(id) {
  const count = sirens?.[id];
  if (count === undefined) return '';
  if (!count) return ` · ${t('order.sirens.none')}`;
  const hearing = connected?.[id] ?? 0;
  return ` · ${t(hearing ? 'order.sirens' : 'order.sirens.deaf', { count: format.number(count), connected: format.number(hearing) })}`;
}

function confirming(data, order, changed) {
  const isTyped = (text) => bare(text) === bare(t('order.word'));
  const send = (fields) => (isTyped(fields.word.value) ? { path: `${PATH}/${order.id}/confirm`, body: {} } : 'order.lacks.word');
  const body = () => html`<p><b>${what(data, order).signal} · ${what(data, order).area}</b></p><p>${spelled(order.signal)}</p>
    <p>${order.prepared.by}: ${order.prepared.reason}</p><p>${areaName(data, order.area)}${reach(order.area)}</p><p>${t('order.confirm.how')}</p>
    <label>${t('order.type', { word: t('order.word') })}<input name="word" autocomplete="off" aria-describedby="ask-lacks"></label>`;
  return { title: t('order.confirm.title'), body, send, deed: t('order.confirm.do'), changed };
}

const bare = (text) => text.normalize('NFD').replace(MARKS, '').trim().toLowerCase();

function cancelling(data, order, changed) {
  const send = (fields) => {
    const reason = fields.reason.value.trim();
    return { path: `${PATH}/${order.id}/cancel`, body: reason ? { reason } : {} };
  };
  const body = () => html`<p><b>${what(data, order).signal} · ${what(data, order).area}</b></p><p>${t('order.cancel.how')}</p>
    <label>${t('order.cancel.reason')}<textarea name="reason" maxlength=${LONGEST_TEXT} aria-describedby="ask-lacks"></textarea></label>`;
  return { title: t('order.cancel'), body, send, deed: t('order.cancel.do'), changed };
}

function listed(data, orders) {
  const body = () => html`<ul class="log">${orders.slice(0, LISTED).map((order) => html`<li><time>${format.moment(Date.parse(order.prepared.at), clock.present())}</time><div><b>${what(data, order).signal} · ${what(data, order).area}</b>
    ${order.prepared.by}: ${order.prepared.reason}<q>${order.confirmed ? `${t('order.is.confirmed', order.confirmed)} · ` : ''}${became(order)}</q></div></li>`)}</ul>`;
  return { title: t('order.all'), body };
}
