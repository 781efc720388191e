// The list of alarms. While pointer or focus is inside, rows keep their places and what is new waits above them: nobody
// acknowledges the wrong alarm because the list moved under the hand. No key and no button acknowledges more than one.
import { html, nothing, render } from 'lit-html';
import * as clock from '../clock.js';
import { shownScale } from '../figures.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { mark } from '../marks.js';
import { areaName, inOrder } from '../names.js';
import { floodBanner } from '../panel/flood.js';
import { TABS, UNSEEN } from './desk.js';
import { holderWords, takeOver } from './holder.js';

/** Rows drawn at once; more come on demand. */
const PAGE = 60;
/** A list that nobody touches does not keep an order for ever. */
const HELD_MS = 60_000;
const SEVERITIES = [1, 2, 3];
const STYLE = { unacknowledged: 'unack', acknowledged: 'ack', returned: 'rtn', latched: 'rtn', normal: 'over' };

/** Rows in the order that is kept, while it is kept: what has ended meanwhile stays where it was, as ended. */
let held;
let touchedAt = 0;
let places = PAGE;
let hasAnalytics = false;
const opened = new Set();

export function mountList(store, desk, sound) {
  const [bar, host] = ['.list .bar', '.list .rows'].map((selector) => document.querySelector(selector));
  let wasReplay = false;
  const paint = () => {
    const { data } = store;
    if (desk.isReplay !== wasReplay) held = undefined; // another time has another order
    wasReplay = desk.isReplay;
    const { rows, fresh } = inPlace(found(desk, data), desk.rows(data));
    const isLost = !desk.chosen || (desk.isReplay && !desk.isFetching && !desk.row(data)); // there was no such alarm then
    if (isLost && rows.length) desk.set({ chosen: rows[0].id });
    const lines = grouped(rows, data.alarmFlood);
    render(html`${filters(desk, data)}${data.alarmFlood ? floodBanner(data.alarmFlood) : nothing}`, bar);
    if (hasAnalytics) return;
    const focused = host.contains(document.activeElement) ? document.activeElement.closest('tr')?.dataset.id : undefined;
    render(html`${waiting(fresh, paint)}${data.area ? (lines.length ? table(desk, data, lines, store) : html`<div class="empty">${t(`desk.none.${desk.tab}`)}</div>`) : nothing}`, host);
    inStep(host);
    if (focused && document.activeElement.closest('tr')?.dataset.id !== focused) focusRow(host, focused);
  };
  store.on(['alarms', 'alarmFlood', 'sensors', 'figures', 'children', 'area', 'now', 'desk'], 20, paint);
  const letGo = () => setTimeout(() => {
    if (host.matches(':hover') || host.contains(document.activeElement)) return;
    held = undefined;
    desk.touch();
  }, 50);
  const touch = () => hold(desk, store);
  for (const kind of ['pointerenter', 'focusin']) host.addEventListener(kind, touch);
  for (const kind of ['pointerleave', 'focusout']) host.addEventListener(kind, letGo);
  for (const kind of ['pointermove', 'keydown', 'wheel']) host.addEventListener(kind, touch, { passive: true });
  document.addEventListener('keydown', (event) => press(event, { store, desk, sound, host }));
  desk.showAnalytics = async (on) => {
    hasAnalytics = on;
    if (on) (await import('./analytics.js')).showAnalytics(host, store.data, desk.area, () => desk.showAnalytics(false));
    desk.touch();
  };
}

/** The rows of a tab, as far as the filters let them through. */
const found = (desk, data, tab = desk.tab) =>
  (tab === 'closed' ? desk.closed(data) : desk.rows(data).filter(({ state }) => TABS[tab](state))).filter((row) => isWanted(desk, row));

const isWanted = (desk, { severity, alarm }) => (!desk.severity || severity === desk.severity) && (!desk.area || alarm.area === desk.area);

const keyOf = ({ id, key }) => key ?? id;

/** Keeps the order the list has now, anew where it was kept too long. */
function hold(desk, store) {
  touchedAt = performance.now();
  held ??= new Map(found(desk, store.data).map((row) => [keyOf(row), row]));
}

/** Rows in the order that is kept, and those that wait outside it. */
function inPlace(wanted, standing) {
  if (held && performance.now() - touchedAt > HELD_MS) held = undefined;
  if (!held) return { rows: wanted, fresh: [] };
  for (const row of [...standing, ...wanted]) if (held.has(keyOf(row))) held.set(keyOf(row), row);
  const known = new Set([...standing, ...wanted].map(keyOf));
  const rows = [...held].map(([key, row]) => (known.has(key) ? row : { ...row, state: 'normal' }));
  return { rows, fresh: wanted.filter((row) => !held.has(keyOf(row))) };
}

/** In a flood the rows of one cause are one line, where the worst of them stands. */
function grouped(rows, flood) {
  if (!flood) return rows.map((row) => ({ row }));
  const byCause = Map.groupBy(rows, causeOf);
  const told = new Set();
  return rows.flatMap((row) => {
    const cause = causeOf(row);
    const group = byCause.get(cause);
    if (group.length === 1) return { row };
    const head = told.has(cause) ? [] : [{ cause, group }];
    told.add(cause);
    return opened.has(cause) ? [...head, { row }] : head;
  });
}

/** What is over has no cause any more. */
const causeOf = ({ key, id, alarm }) => alarm.cause ?? key ?? id;

const filters = (desk, data) => html`<div class="seg tabs" role="group" aria-label=${t('desk.filters')}>${Object.keys(TABS).map((tab) => html`<button type="button" aria-pressed=${String(desk.tab === tab && !hasAnalytics)}
    @click=${() => turn(desk, { tab })}>${t(`desk.tab.${tab}`)}<b>${count(desk, data, tab)}</b></button>`)}</div>
  <div class="more"><div class="seg" role="group" aria-label=${t('desk.severity')}>${[0, ...SEVERITIES].map((severity) => html`<button type="button" aria-pressed=${String(desk.severity === severity)}
      @click=${() => turn(desk, { severity })}>${severity ? html`${mark(severity, { solid: true })}${t(`severity.${severity}`)}` : t('desk.all')}</button>`)}</div>
    <label class="area"><span class="vh">${t('desk.area')}</span><select @change=${(event) => turn(desk, { area: event.target.value })}>
      <option value="" ?selected=${!desk.area}>${data.area ? areaName(data, data.area.id) : ''}</option>
      ${inOrder(data.children).map((id) => html`<option value=${id} ?selected=${desk.area === id}>${areaName(data, id)}</option>`)}</select></label>
    <button type="button" class="btn quiet" aria-pressed=${String(hasAnalytics)} @click=${() => desk.showAnalytics(!hasAnalytics)}>${t('desk.analytics')}</button></div>`;

function turn(desk, changes) {
  held = undefined;
  places = PAGE;
  if ('tab' in changes && hasAnalytics) desk.showAnalytics(false);
  desk.set({ ...changes, chosen: 'tab' in changes ? undefined : desk.chosen });
}

const count = (desk, data, tab) => format.number(found(desk, data, tab).length);

/** What is new waits here while the order is kept; letting go shows it. */
const waiting = (fresh, paint) => fresh.length === 0 ? nothing : html`<button type="button" class="waiting p${Math.min(...fresh.map(({ severity }) => severity))}" @click=${() => {
    held = undefined;
    paint();
  }}>${SEVERITIES.filter((severity) => fresh.some((row) => row.severity === severity)).map((severity) => mark(severity, { solid: true }))}<b>${t('desk.waiting', { count: format.number(fresh.length) })}</b><span>${t('desk.waiting.show')}</span></button>`;

const table = (desk, data, lines, store) => html`<table>
  <thead><tr><th scope="col" class="m"><span class="vh">${t('desk.severity')}</span></th><th scope="col">${t('desk.column.alarm')}</th><th scope="col" class="w">${t(desk.tab === 'closed' ? 'desk.column.ended' : 'desk.column.raised')}</th>
    <th scope="col" class="n">${t('desk.column.value')}</th><th scope="col" class="s">${t('desk.column.state')}</th><th scope="col" class="d"><span class="vh">${t('desk.column.deed')}</span></th></tr></thead>
  <tbody>${lines.slice(0, places).map((each) => (each.group ? groupLine(each, store) : line(desk, data, each.row)))}</tbody></table>
  ${lines.length > places ? html`<button type="button" class="btn quiet further" @click=${() => {
    places += PAGE;
    desk.touch();
  }}>${t('desk.further', { count: format.number(lines.length - places) })}</button>` : nothing}`;

function groupLine({ cause, group }, store) {
  const isOpen = opened.has(cause);
  const toggle = () => {
    if (isOpen) opened.delete(cause);
    else opened.add(cause);
    store.touch(['desk']);
  };
  const unseen = group.filter(({ state }) => UNSEEN.includes(state)).length;
  const [{ severity, title }] = group.toSorted((a, b) => a.severity - b.severity);
  const places = [...new Set(group.map((row) => areaName(store.data, row.alarm.area)))];
  return html`<tr class="group p${severity}" data-id=${cause}><td class="m">${mark(severity, { solid: unseen > 0 })}</td>
    <td class="t" colspan="3"><b>${t('attention.cause', { title, count: format.number(group.length - 1) })}</b><small>${places.slice(0, 4).join(', ')}${places.length > 4 ? ` +${places.length - 4}` : ''}</small></td>
    <td class="s"><b>${t('desk.group', { count: format.number(group.length) })}</b><small>${unseen ? t('desk.group.unseen', { count: format.number(unseen) }) : ''}</small></td>
    <td class="d"><button type="button" class="btn" aria-expanded=${String(isOpen)} @click=${toggle}>${t(isOpen ? 'desk.group.close' : 'desk.group.open')}</button></td></tr>`;
}

function line(desk, data, row) {
  const { id, key, state, severity, title, value, unit, alarm, ended, since } = row;
  const now = clock.now();
  const isChosen = desk.chosen === id;
  const isUnseen = state === 'unacknowledged';
  const at = ended ?? (alarm.clearedAt && state === 'normal' ? Date.parse(alarm.clearedAt) : since.at);
  const from = format.moment(at, now);
  const choose = () => desk.set({ chosen: id });
  return html`<tr data-id=${id} data-key=${key ?? id} class="p${severity} ${STYLE[state] ?? 'away'}" tabindex=${isChosen ? 0 : -1} aria-selected=${String(isChosen)} @click=${choose} @focus=${choose}>
    <td class="m">${mark(severity, { solid: isUnseen, flash: isUnseen })}<span class="vh">${t(`severity.${severity}`)}</span></td>
    <td class="t"><b>${title}</b><small>${areaName(data, alarm.area)}${alarm.occurrence > 1 ? ` · ${t('desk.times', { count: alarm.occurrence })}` : ''}</small></td>
    <td class="w">${since.isBefore ? t('desk.before', { time: from }) : from}<small>${format.age(state === 'normal' ? at - Date.parse(alarm.raisedAt) : now - at)}</small></td>
    <td class="n">${value ? html`<b>${value}</b> <i>${unit}</i><small>${thresholdOf(row)}</small>` : nothing}</td>
    <td class="s">${standing(desk, row, now)}</td>
    <td class="d">${UNSEEN.includes(state) ? html`<button type="button" tabindex="-1" class="btn ${isUnseen ? 'main' : ''}" ?disabled=${Boolean(desk.locked)} @click=${(event) => {
    event.stopPropagation();
    event.currentTarget.closest('tr').focus(); // which chooses it, and outlives the button
    acknowledge(desk, id, alarm);
  }} aria-label="${t('deed.acknowledge')}: ${title}">${t('deed.acknowledge')}</button>` : nothing}</td></tr>`;
}

/** The step that was reached, in the unit of the value. */
export function thresholdOf({ alarm }) {
  if (alarm.threshold === undefined) return '';
  return t('desk.threshold', { value: format.plain(alarm.threshold * shownScale(alarm.params?.quantity)) });
}

function standing(desk, { id, state, alarm }, now) {
  const deed = desk.deeds.of(id).at(-1);
  if (deed) return html`<span class="deed ${deed.state}">${t(`deed.is.${deed.state}`)}</span><small>${t(`deed.${deed.path}`)}</small>`;
  return html`${t(`state.${state}`)}<small>${whose(desk, id, alarm, now)}</small>`;
}

function whose(desk, id, alarm, now) {
  if (alarm.shelf) {
    const left = format.age(Date.parse(alarm.shelf.until) - now);
    return t('desk.shelf', { by: desk.whoShelved(id, alarm), left });
  }
  const seen = alarm.ack ? `${desk.whoSaw(id, alarm)}, ${format.moment(Date.parse(alarm.ack.at), now)}` : '';
  return [seen, holderWords(desk, id, alarm)].filter(Boolean).join(' · ');
}

/** Acknowledges one alarm as it stands: "seen, I act". */
export function acknowledge(desk, id, alarm) {
  if (!desk.locked && UNSEEN.includes(alarm.state)) desk.deeds.do('acknowledge', id, alarm.occurrence);
}

const FORMS = { c: 'note', s: 'shelve' };
const SHORTCUTS = 'acstruhm?';

/** Keys of the whole desk; where somebody writes they are letters. */
function press(event, { store, desk, sound, host }) {
  if (event.key === 'Escape' && desk.form && !event.isComposing && !document.querySelector('dialog[open]')) {
    desk.giveUp();
    return focusRow(host, desk.chosen);
  }
  if (desk.isWriting(event)) return;
  const key = event.key.toLowerCase();
  if (['arrowdown', 'arrowup', 'home', 'end'].includes(key)) return move(event, key, host);
  if (key.length > 1 || event.repeat) return; // a key that is held down was pressed once
  if (!SHORTCUTS.includes(key)) desk.typedAt = event.timeStamp;
  if (key === 'm') return sound.silence();
  const row = desk.row(store.data);
  if (!row || desk.locked) return;
  if (key === 'a') acknowledge(desk, row.id, row.alarm);
  if (key === 't') takeOver(desk, row);
  if (key === 'u' && row.state === 'shelved') desk.deeds.do('unshelve', row.id, row.alarm.occurrence);
  if (key === 'r' && row.state === 'latchedAcknowledged') desk.deeds.do('reset', row.id, row.alarm.occurrence);
  if (!FORMS[key]) return;
  event.preventDefault(); // the letter must not be the form's first
  if (desk.mayOpen(FORMS[key], row)) return desk.open(FORMS[key], row);
  desk.typedAt = event.timeStamp; // who expects a form goes on typing
  document.querySelector('#say').textContent = t('desk.noForm');
}

function move(event, key, host) {
  const isElsewhere = event.target !== document.body && !host.contains(event.target);
  if (isElsewhere || event.target.matches('button')) return;
  const rows = [...host.querySelectorAll('tr[tabindex]')];
  if (rows.length === 0) return;
  event.preventDefault();
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = { home: 0, end: rows.length - 1, arrowdown: Math.min(rows.length - 1, at + 1), arrowup: Math.max(0, at - 1) }[key];
  const start = rows.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  rows[at < 0 && key.startsWith('arrow') ? Math.max(0, start) : next].focus();
}

const focusRow = (host, id) => host.querySelector(`tr[data-id="${CSS.escape(id ?? '')}"]`)?.focus();

// Marks that flash out of step would look like more alarms than there are.
function inStep(host) {
  for (const flashing of host.querySelectorAll('.flash')) {
    for (const animation of flashing.getAnimations()) animation.startTime = 0;
  }
}
