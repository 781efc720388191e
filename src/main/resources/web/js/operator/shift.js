// Handing the shift over (bàn giao ca): who is on duty, to whom, with which alarms and what to know; what was handed over before;
// and what the one before handed to whoever sits here, shown until it is confirmed.
import { html, nothing, render } from 'lit-html';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { mark } from '../marks.js';
import { areaName, sensorName } from '../names.js';
import { newKey } from './deeds.js';
import { ruleName, ruleOf } from './desk.js';

const PATH = '/api/v1/shifts';
/** A shift that was handed over earlier is another one's by now. */
const FRESH_MS = 24 * 3_600_000;
const LISTED = 8;
const EARLIER = 5;
const LONGEST_NOTE = 500;
const ACTS = 'M4 8h13M13.500 4.500 17 8l-3.500 3.500M20 16H7M10.500 12.500 7 16l3.500 3.500';

export function mountShift(store, desk) {
  const shift = new Shift(store, desk);
  desk.openShift = () => shift.open();
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'h' || event.repeat || desk.isWriting(event)) return;
    event.preventDefault(); // the letter must not be the form's first
    shift.open();
  });
  store.on(['area', 'desk', 'now'], 2, (data) => shift.look(data));
}

/** The button in the header. */
export const shiftButton = (desk) => html`<button class="btn icon" type="button" @click=${() => desk.openShift()} aria-label=${t('shift.title')} title=${t('shift.title')}><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ACTS}></path></svg></button>`;

class Shift {
  #store;
  #desk;
  #dialog;
  /** What the server said last. */
  #told;
  /** The hand-over to whoever sits here that has not been confirmed. */
  #received;
  #showsReceipt = false;
  /** The position of the hand-over that was taken here, until the server has noted it. */
  #taken;
  #held;
  /** How sending goes: pending, done, or why not; with the key of what is sent. */
  #state = '';
  #detail = '';
  #key;
  #handed;

  constructor(store, desk) {
    this.#store = store;
    this.#desk = desk;
  }

  /** Asks for what was handed over whenever somebody else holds other alarms than before. */
  look({ area }) {
    const me = this.#desk.person?.name;
    if (!area || !me || this.#desk.isReplay) return;
    const held = JSON.stringify(Object.entries(this.#desk.full).filter(([, { holder }]) => holder?.by === me).map(([id, { holder }]) => [id, holder.at]));
    if (held !== this.#held) {
      this.#held = held;
      this.#ask();
    }
    const isBusy = this.#desk.form || document.querySelector('dialog[open]');
    if (this.#received && !isBusy) this.#show();
    else this.#paint();
  }

  open() {
    this.#state = '';
    this.#key = undefined;
    this.#show();
    this.#ask();
  }

  async #ask() {
    const area = this.#store.data.area?.id;
    const response = await fetch(`${PATH}?area=${encodeURIComponent(area)}`, { cache: 'no-store' }).catch(() => undefined);
    if (!response?.ok) return;
    this.#told = await response.json();
    const { name } = this.#desk.person;
    const newest = this.#told.handOvers.find(({ to }) => to === name);
    const isFresh = newest && clock.present() - Date.parse(newest.at) < FRESH_MS;
    if (!this.#dialog || !this.#showsReceipt) this.#received = isFresh && !newest.acceptedAt && this.#taken !== newest.position ? newest : undefined;
    this.look(this.#store.data);
  }

  #show() {
    if (this.#dialog) return;
    this.#showsReceipt = Boolean(this.#received);
    this.#dialog = document.createElement('dialog');
    this.#dialog.className = 'keys shift';
    this.#dialog.setAttribute('aria-labelledby', 'h-shift');
    this.#dialog.addEventListener('close', () => {
      this.#dialog.remove();
      this.#dialog = undefined;
      if (this.#showsReceipt) this.#confirm();
    });
    document.body.append(this.#dialog);
    this.#paint();
    this.#dialog.showModal();
  }

  /** Whoever closes what was handed over has taken it: the server notes it, for the one before and for every other browser. */
  async #confirm() {
    const { position } = this.#received;
    this.#taken = position;
    this.#received = undefined;
    const [status] = await send('accept', { position });
    if (status === 0 || status === 429 || status >= 500) this.#taken = undefined; // asked again
    this.#ask();
  }

  #paint() {
    if (!this.#dialog) return;
    const { data } = this.#store;
    render(html`<h2 id="h-shift">${t('shift.title')}</h2>
      ${this.#showsReceipt ? this.#receipt(data) : html`${this.#onDuty(data)}${this.#desk.locked ? html`<p class="why">${t(this.#desk.locked)}</p>` : this.#form(data)}${this.#last(data)}`}
      <form method="dialog"><button class="btn ${this.#showsReceipt ? 'main' : ''}">${t(this.#showsReceipt ? 'shift.understood' : 'shift.close')}</button></form>`, this.#dialog);
  }

  #receipt(data) {
    const { by, at, note, alarms } = this.#received;
    return html`<p><b>${t('shift.received', { by, time: format.moment(Date.parse(at), clock.now()) })}</b></p>${note ? html`<q>${note}</q>` : nothing}${this.#alarms(data, alarms)}`;
  }

  #onDuty(data) {
    const posts = Object.entries(this.#told?.onDuty ?? {});
    return html`<h3>${t('shift.onDuty')}</h3><ul class="duty">${posts.map(([area, people]) => html`<li><span>${areaName(data, area)}</span><b>${people.length ? people.map(({ user, post }) => (post ? `${user} (${post})` : user)).join(', ') : t('shift.nobody')}</b></li>`)}</ul>`;
  }

  #form(data) {
    const open = this.#desk.rows(data);
    const people = Object.entries(this.#told?.mayTake ?? {});
    if (this.#told && people.length === 0) return html`<p class="why">${t('shift.to.nobody')}</p>`;
    return html`<form class="form" novalidate @submit=${(event) => this.#submit(event)} @input=${() => (this.#key = undefined)}>
      <label for="shift-to">${t('shift.to')}</label><select id="shift-to" name="to" aria-required="true" autofocus><option value="">${t('shift.to.choose')}</option>${people.map(([user, { display }]) => html`<option value=${user}>${display ? `${display} (${user})` : user}</option>`)}</select>
      <label for="shift-note">${t('shift.note')}</label><textarea id="shift-note" name="note" maxlength=${LONGEST_NOTE}></textarea>
      ${this.#alarms(data, open.map(({ id }) => id))}
      <div class="lacks" role="status">${this.#state ? this.#outcome() : ''}</div>
      <div class="r"><button class="btn main" ?disabled=${this.#state === 'pending'}>${t('shift.send')}</button></div></form>`;
  }

  #outcome() {
    const { to = '', alarms = [] } = this.#handed ?? {};
    const said = t(`shift.is.${this.#state}`, { count: format.number(alarms.length), to });
    return html`<span class=${this.#state}>${said}</span>${this.#detail ? html` <span lang="en">${this.#detail}</span>` : nothing}`;
  }

  /** The most urgent of them, how many there are, and how many are shelved: the next one must know. */
  #alarms(data, ids) {
    if (ids.length === 0) return html`<p>${t('shift.open.none')}</p>`;
    const shelved = ids.filter((id) => data.alarms?.[id]?.state === 'shelved');
    const rows = this.#desk.rows(data).filter(({ id }) => ids.includes(id));
    const gone = ids.filter((id) => !rows.some((row) => row.id === id)).map((id) => ({ id, title: nameOf(data, id) }));
    const all = [...rows, ...gone];
    return html`<h3>${t('shift.open', { count: format.number(ids.length) })}${shelved.length ? ` · ${t('shift.shelved', { count: format.number(shelved.length) })}` : ''}</h3>
      <ul class="handed">${all.slice(0, LISTED).map(({ severity, title, state }) => html`<li>${severity ? mark(severity, { solid: state === 'unacknowledged' }) : nothing}<span>${title}</span><small>${state ? t(`state.${state}`) : t('state.normal')}</small></li>`)}
      ${all.length > LISTED ? html`<li>${t('shift.more', { count: format.number(all.length - LISTED) })}</li>` : nothing}</ul>`;
  }

  #last(data) {
    const last = this.#told?.handOvers ?? [];
    return html`<h3>${t('shift.last')}</h3>${last.length ? html`<ul class="log">${last.slice(0, EARLIER).map(({ at, by, to, note, area, alarms, acceptedAt }) => html`<li><time>${format.moment(Date.parse(at), clock.now())}</time>
      <div><b>${t('shift.from', { by, to })}</b> · ${areaName(data, area)} · ${t('shift.count', { count: format.number(alarms.length) })} · ${acceptedAt ? t('shift.accepted', { time: format.moment(Date.parse(acceptedAt), clock.now()) }) : t('shift.accepted.not')}${note ? html`<q>${note}</q>` : nothing}${alarms.length ? html`<small>${alarms.slice(0, LISTED).map((id) => nameOf(data, id)).join(' · ')}</small>` : nothing}</div></li>`)}</ul>` : html`<p>${this.#told ? t('shift.last.none') : ''}</p>`}`;
  }

  async #submit(event) {
    event.preventDefault();
    const { to, note } = event.target.elements;
    if (!to.value) {
      this.#say('lacks');
      to.focus();
      return;
    }
    this.#key ??= newKey(); // a repeat of the same is the same hand-over
    this.#say('pending');
    const [status, answer] = await send('hand-over', { area: this.#store.data.area.id, to: to.value, ...(note.value.trim() ? { note: note.value.trim() } : {}) }, this.#key);
    if (status >= 200 && status < 300) {
      this.#handed = answer;
      this.#key = undefined;
      event.target.reset();
      this.#say('done');
      this.#ask();
    } else if (status === 0) this.#say('unreached');
    else this.#say(status === 429 || status >= 500 ? 'busy' : 'refused', answer?.detail);
  }

  #say(state, detail = '') {
    this.#state = state;
    this.#detail = detail;
    this.#paint();
  }
}

async function send(deed, body, key) {
  try {
    const headers = { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) };
    const response = await fetch(`${PATH}/${deed}`, { method: 'POST', headers, body: JSON.stringify(body), keepalive: true }); // the page may be left at once
    return [response.status, await response.json().catch(() => undefined)];
  } catch {
    return [0];
  }
}

/** An alarm that may be over since, without its figures. */
function nameOf(data, id) {
  const source = id.slice(ruleOf(id).length + 1);
  const sensor = data.sensors?.[source];
  return `${ruleName(ruleOf(id))}: ${sensor ? sensorName(data, source, sensor) : areaName(data, source)}`;
}
