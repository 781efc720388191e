// One alarm: what is measured and how it came there, why it matters, what to do, who did what; and the deeds.
import { html, nothing, render } from 'lit-html';
import { severityOf } from '../attention.js';
import { drawLevel } from '../chart/level.js';
import * as clock from '../clock.js';
import { shownScale } from '../figures.js';
import * as format from '../format.js';
import { lang } from '../session.js';
import { t, tOr } from '../i18n/words.js';
import { mark } from '../marks.js';
import { areaName, sensorName } from '../names.js';
import { signInAddress } from '../person.js';
import { MAX_EXTENSIONS, UNSEEN, ruleOf } from './desk.js';
import { mayTake, takeOver, takeOverForm, takenWords } from './holder.js';
import { acknowledge, thresholdOf } from './list.js';
import { courseOf } from './series.js';

/** A shelf lasts a shift at most. */
const SHELF_MINUTES = [30, 60, 120, 240, 480];
const LONGEST_TEXT = 500;
/** Deeds without a form, with the state they are for. */
const PLAIN = { unshelve: 'shelved', reset: 'latchedAcknowledged', 'return-to-service': 'outOfService' };
const KEY = { acknowledge: 'A', note: 'C', shelve: 'S', unshelve: 'U', reset: 'R', 'take-over': 'T' };

let minutes = 60;
let lacks = false;

export function mountDetail(store, desk) {
  const host = document.querySelector('.detail');
  let formOf;
  let hasOffered = false;
  const paint = (data) => {
    hasOffered ||= offer(desk, data);
    const row = desk.row(data);
    render(row ? whole(desk, data, row) : html`${kept(desk)}<div class="empty">${data.area ? t('desk.choose') : ''}</div>`, host);
    if (row) chart(host.querySelector('canvas'), store, data, row);
    const opened = desk.form && row && `${desk.form} ${row.id}`;
    if (opened && opened !== formOf) {
      lacks = false;
      host.querySelector('textarea, .form .btn.main')?.focus();
    }
    formOf = opened;
  };
  desk.showForm = () => paint(store.data);
  store.on(['alarms', 'sensors', 'figures', 'children', 'area', 'now', 'desk'], 20, paint);
}

/** Opens again what somebody was writing when the page ended; tells whether it was time to. */
function offer(desk, data) {
  if (!data.area || !desk.person) return false;
  const [form, alarm] = desk.drafts.all().map(([name]) => name.split(' ')).find(([, id]) => id) ?? [];
  if (!alarm || desk.locked) return true;
  desk.set({ chosen: alarm });
  const row = desk.row(data);
  if (row && desk.mayOpen(form, row)) Object.assign(desk, { form, meant: { occurrence: row.alarm.occurrence } });
  return true;
}

/** What was written for the chosen alarm and is neither in a form nor on its way. */
function kept(desk, row) {
  const onItsWay = desk.deeds.of(desk.chosen).filter(({ state }) => state !== 'refused').map(({ path }) => path);
  return desk.drafts.all().map(([name, text]) => [...name.split(' '), text])
    .filter(([form, alarm]) => alarm === desk.chosen && !(row && form === desk.form) && !onItsWay.includes(form))
    .map(([form, alarm, text]) => html`<div class="deed kept"><div><b>${t(`deed.${form}`)}: ${t('deed.is.kept')}</b><span>${text}</span></div>
      ${row && desk.mayOpen(form, row) ? html`<button type="button" class="btn" @click=${() => desk.open(form, row)}>${t('form.goOn')}</button>` : nothing}
      <button type="button" class="btn" @click=${() => {
    desk.drafts.keep(`${form} ${alarm}`, '');
    desk.touch();
  }}>${t('deed.drop')}</button></div>`);
}

function whole(desk, data, row) {
  const { id, severity, title, value, unit, state, alarm } = row;
  const words = wordsOf(desk, alarm.rule);
  const holder = desk.holderOf(id);
  return html`<div class="in p${severity}">
    <div class="h">${mark(severity, { solid: state === 'unacknowledged' })}<div><h2>${title}</h2><small>${t(`severity.${severity}`)} · ${t(`state.${state}`)} · ${areaName(data, alarm.area)}${holder ? ` · ${t('holder.held', { by: holder.by, time: format.moment(Date.parse(holder.at), clock.now()) })}` : ''}</small></div></div>
    ${value ? html`<div class="now"><b>${value}</b><i>${unit}</i><span>${thresholdOf(row)} ${alarm.threshold === undefined ? '' : unit}</span></div>` : nothing}
    <div class="chart"><canvas role="img" aria-label=${sourceName(data, alarm)}></canvas></div>
    <div class="text" tabindex="0" role="group" aria-label=${t('desk.guidance')}>
      ${words ? html`<p><b>${words.reason}</b> ${words.consequence}</p><h3>${t('desk.steps', { who: words.who })}</h3><ol>${words.response.map((step) => html`<li>${step}</li>`)}</ol>` : nothing}
      <h3>${t('desk.log')}</h3><ul class="log">${log(desk, data, id)}</ul></div>
    ${desk.deeds.of(id).map((deed) => underWay(desk, data, deed))}
    ${kept(desk, row)}
    ${desk.form && !desk.locked ? (desk.form === 'take-over' ? takeOverForm : form)(desk, row) : nothing}
    <div class="acts">${desk.locked ? html`<span class="why">${t(desk.locked)}</span>` : desk.form ? nothing : acts(desk, row)}</div></div>`;
}

/** In English where somebody has written it. */
function wordsOf(desk, rule) {
  const words = desk.rules[rule];
  return words && (words[lang] ?? words.vi);
}

const sourceName = (data, { source, area, params }) => {
  const sensor = data.sensors?.[source];
  return sensor ? sensorName(data, source, sensor) : `${params?.quantity ?? ''} ${areaName(data, area)}`;
};

// The newest first: a long log is read from its end.
function log(desk, data, id) {
  const now = clock.now();
  const steps = desk.log.filter(({ at }) => Date.parse(at) <= now).reverse();
  return steps.map(({ at, step, by, to, note, until, severity, level, channels }) => {
    const what = tOr(`step.${step}${channels === 0 ? '.unreached' : ''}`, 'step.other', { step, to: to ?? '', until: until ? format.moment(Date.parse(until), now) : '' });
    const how = severity && step !== 'cleared' ? `${t(`severity.${severity}`)}${ruleOf(id) === 'flood-level' ? ` · BĐ ${format.ROMAN[level]}` : ''}` : '';
    return html`<li><time>${format.moment(Date.parse(at), now)}</time><div><b>${what}</b>${by || how ? ` · ${by ?? how}` : ''}${note ? html`<q>${note}</q>` : nothing}</div></li>`;
  });
}

/** What was sent and is not in the journal for sure yet, or was refused. */
function underWay(desk, data, deed) {
  const now = data.alarms?.[deed.alarm];
  const isPast = now && now.occurrence !== deed.occurrence;
  const other = deed.answer?.ack?.by;
  const isOthers = deed.path === 'acknowledge' && deed.state === 'told' && other && other !== desk.person?.name;
  const why = {
    pending: '',
    waiting: t(`deed.why.${deed.reason ?? 'unreached'}`),
    failed: t('deed.why.failed'),
    refused: isPast ? t('deed.why.realarmed', { time: format.clockShort(Date.parse(now.raisedAt)), severity: t(`severity.${now.severity}`) }) : (takenWords(desk, deed) ?? t(`deed.why.${deed.reason}`)),
    told: isOthers ? t('deed.why.others', { by: other, time: format.clockShort(Date.parse(deed.answer.ack.at)) }) : '',
  }[deed.state];
  return html`<div class="deed ${deed.state}" role="status"><div><b>${t(`deed.${deed.path}`)}: ${t(`deed.is.${isOthers ? 'others' : deed.state}`)}</b>${why ? html`<span>${why}</span>` : nothing}
    ${deed.reason === 'signedOut' ? html`<a href=${signInAddress()}>${t('signin.enter')}</a>` : nothing}
    ${deed.state === 'refused' && deed.reason === 'refused' && !isPast && deed.detail ? html`<span lang="en">${deed.detail}</span>` : nothing}</div>
    ${deed.state === 'failed' || deed.state === 'waiting' ? html`<button type="button" class="btn" @click=${() => desk.deeds.retry(deed)}>${t('deed.retry')}</button>` : nothing}
    ${deed.state === 'told' || deed.state === 'pending' ? nothing : html`<button type="button" class="btn" @click=${() => desk.deeds.drop(deed)}>${t(deed.state === 'refused' ? 'deed.understood' : 'deed.drop')}</button>`}</div>`;
}

function acts(desk, row) {
  const { id, state, alarm } = row;
  if (state === 'normal') return nothing;
  const send = (path) => () => desk.deeds.do(path, id, alarm.occurrence);
  const open = (kind) => () => desk.open(kind, row);
  const key = (path) => (KEY[path] ? html` <kbd>${KEY[path]}</kbd>` : nothing);
  const forms = ['note', 'shelve', 'remove-from-service'].filter((kind) => desk.mayOpen(kind, row));
  return html`${UNSEEN.includes(state) ? html`<button type="button" class="btn main" @click=${() => acknowledge(desk, id, alarm)}>${t('deed.acknowledge')}${key('acknowledge')}</button>` : nothing}
    ${Object.keys(PLAIN).filter((path) => PLAIN[path] === state).map((path) => html`<button type="button" class="btn main" @click=${send(path)}>${t(`deed.${path}`)}${key(path)}</button>`)}
    ${mayTake(desk, row) ? html`<button type="button" class="btn" @click=${() => takeOver(desk, row)}>${t('deed.take-over')}${key('take-over')}</button>` : nothing}
    ${forms.map((kind) => html`<button type="button" class="btn" @click=${open(kind)}>${t(kind === 'shelve' && state === 'shelved' ? 'deed.extend' : `deed.${kind}`)}${key(kind)}</button>`)}
    ${desk.rules[alarm.rule]?.shelvable === false ? html`<small>${t('desk.unshelvable')}</small>` : nothing}
    ${state === 'shelved' ? html`<small>${shelfWords(desk, id)}</small>` : nothing}`;
}

function shelfWords(desk, id) {
  const shelf = desk.full[id]?.shelf;
  return shelf ? t('desk.shelf.extended', { count: shelf.extensions, most: MAX_EXTENSIONS }) : '';
}

function form(desk, row) {
  const kind = desk.form;
  const send = (event) => {
    event.preventDefault();
    const text = event.target.elements.text.value.trim();
    lacks = text === '';
    if (lacks) {
      event.target.elements.text.focus();
      return desk.touch();
    }
    const body = kind === 'note' ? { text } : kind === 'shelve' ? { reason: text, minutes } : { reason: text };
    desk.deeds.do(kind, row.id, desk.meant.occurrence, body);
    desk.set({ form: undefined });
    document.querySelector('tr[aria-selected=true]')?.focus();
  };
  return html`<form class="form" novalidate @submit=${send}><label for="text">${t(`form.${kind}`)}</label>
    <textarea id="text" name="text" .value=${desk.drafts.text(`${kind} ${row.id}`)} @input=${(event) => desk.drafts.keep(`${kind} ${row.id}`, event.target.value)} maxlength=${LONGEST_TEXT} aria-required="true" aria-invalid=${String(lacks)} aria-describedby="lacks" @keydown=${(event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
  }}></textarea><div class="lacks" id="lacks" role="alert">${lacks ? t(`form.${kind}.lacks`) : ''}</div>
    ${kind === 'shelve' ? html`<div class="seg" role="group" aria-label=${t('form.for')}><span>${t('form.for')}</span>${SHELF_MINUTES.map((each) => html`<button type="button" aria-pressed=${String(minutes === each)} @click=${() => {
    minutes = each;
    desk.touch();
  }}>${each < 60 ? t('age.minutes', { count: each }) : t('form.hours', { count: each / 60 })}</button>`)}</div>` : nothing}
    <div class="r"><button type="button" class="btn" @click=${() => desk.giveUp()}>${t('form.cancel')} <kbd>Esc</kbd></button><button class="btn main">${t(`deed.${kind}`)} <kbd>Ctrl ↵</kbd></button></div></form>`;
}

/** Draws the last twelve hours: of the instrument, or of the figure. */
function chart(canvas, store, data, { alarm, severity }) {
  const now = clock.now();
  const sensor = data.sensors?.[alarm.source];
  if (sensor) {
    const colours = [0, 1, 2, 3].map((level) => (severityOf(sensor.metric, level) ? `p${severityOf(sensor.metric, level)}` : 'data'));
    const isStep = alarm.threshold !== undefined && sensor.thresholds?.[alarm.params?.level] !== alarm.threshold;
    // A limit of a rule's own is no alert level of the station, which bulletins name.
    drawLevel(canvas, isStep ? { ...sensor, level: 1, thresholds: { 1: alarm.threshold }, isOwnLimit: true } : sensor, { now, isLarge: true, colours: isStep ? ['data', `p${severity}`, `p${severity}`, `p${severity}`] : colours });
    return;
  }
  const { quantity } = alarm.params ?? {};
  const scale = shownScale(quantity);
  const course = courseOf(quantity, alarm.area, scale, () => store.touch(['desk']));
  const thresholds = alarm.threshold === undefined ? {} : { 1: alarm.threshold * scale };
  drawLevel(canvas, { history: course, thresholds, level: 1, state: 'good' }, { now, isLarge: true, colours: ['data', `p${severity}`] });
}
