// The time conductor: a day of alarms and of what came in, and a playhead. Choosing a moment shows the same page as it was then;
// teal everywhere says that it is not now, and nothing can be done to alarms.
import { html, render } from 'lit-html';
import { colour, fit, FONT, stroke } from '../chart/level.js';
import * as clock from '../clock.js';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { tick } from '../panel/header.js';
import { courseOf } from './series.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE_MS = 7 * HOUR;
const DAY_HOURS = 24;
const DAY_MINUTES = DAY_HOURS * 60;
const SPEEDS = [1, 10, 60, 300];
/** A slider that moves asks for many moments: only where it rests is shown. */
const RESTS_MS = 300;
/** What is so near is the present. */
const AS_GOOD_AS_NOW_MS = 5_000;
const LANES = 6;
const HOURS_STEP = 2 * HOUR;
const START_BACK = 8 * HOUR;

let speed = 60;
let isChoosing = false;
let timer;
let dragged;

export function mountConductor(store, link, desk) {
  const host = document.querySelector('.time');
  const go = (at, faster = 0) => {
    if (at >= clock.present() - AS_GOOD_AS_NOW_MS) return live();
    if (at < desk.day[0] || at > desk.day[1]) desk.showDay(Math.min(clock.present(), at + 12 * HOUR));
    link.play(at, faster);
    desk.touch();
  };
  const live = () => {
    link.goLive();
    desk.showDay(undefined);
    desk.touch();
  };
  const paint = () => {
    render(conductor({ store, link, desk, go, live }), host);
    draw(host.querySelector('canvas'), store, link, desk);
  };
  store.on(['now', 'desk', 'area', 'alarms'], 10, paint);
  setInterval(() => link.playing?.speed && paint(), 250);
  tick(paint);
  let was = '';
  link.on(() => {
    const is = `${Boolean(link.playing)} ${link.isFetching} ${link.trouble}`;
    if (is !== was) desk.touch();
    was = is;
  });
  const at = Date.parse(new URLSearchParams(location.search).get('at') ?? '');
  if (at) whenLive(link, () => go(at));
}

/** The first snapshot tells the server's clock. */
function whenLive(link, then) {
  let isDone = false;
  link.on(({ state }) => {
    if (isDone || state !== 'live') return;
    isDone = true;
    setTimeout(then);
  });
}

function conductor({ store, link, desk, go, live }) {
  const { playing } = link;
  const now = clock.now();
  const [start] = desk.day;
  const at = dragged ?? now;
  const toggle = () => go(playing ? now : clock.present() - START_BACK, playing?.speed ? 0 : speed);
  const pace = (chosen) => {
    speed = chosen;
    if (playing?.speed) go(now, chosen);
    desk.touch();
  };
  const slide = (event) => {
    dragged = start + Number(event.target.value) * MINUTE;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const chosen = dragged;
      dragged = undefined;
      go(chosen, 0);
    }, RESTS_MS);
    desk.touch();
  };
  return html`<div class="ctl"><div class="r"><button type="button" class="btn ${playing ? 'main' : ''}" ?disabled=${!playing} @click=${live}>${t('time.live')}</button>
      <button type="button" class="btn" @click=${toggle}>${t(playing?.speed ? 'time.pause' : 'time.play')}</button></div>
    <div class="r"><small>${t('time.speed')}</small><div class="seg" role="group" aria-label=${t('time.speed')}>${SPEEDS.map((each) => html`<button type="button" aria-pressed=${String(speed === each)} @click=${() => pace(each)}>${each}×</button>`)}</div></div></div>
  <div class="track"><canvas aria-hidden="true"></canvas><input type="range" min="0" max=${DAY_MINUTES} step="1" .value=${String(Math.round((at - start) / MINUTE))} @input=${slide}
    aria-label=${t('time.slider')} aria-valuetext="${format.date(at)} ${format.clockShort(at)}"></div>
  <div class="moment">${isChoosing ? chooser(at, go, desk) : html`<b>${format.clock(at)}</b><small>${format.weekday(at)}, ${format.date(at)}</small>
    <div><small>${link.isFetching ? t('desk.fetching') : playing ? t('time.back', { age: format.age(clock.present() - now) }) : t('time.now')}</small>
    <button type="button" class="btn quiet" @click=${() => choosing(true, desk)}>${t('time.choose')}</button></div>`}</div>`;
}

function choosing(on, desk) {
  isChoosing = on;
  desk.touch();
  if (on) setTimeout(() => document.querySelector('.moment input')?.focus(), 150);
}

/** Any minute, further back than the day that is shown. */
function chooser(at, go, desk) {
  const local = new Date(at + ZONE_MS).toISOString();
  const send = (event) => {
    event.preventDefault();
    const { date, time } = event.target.elements;
    const chosen = Date.parse(`${date.value}T${time.value}:00+07:00`);
    choosing(false, desk);
    if (chosen) go(chosen, 0);
  };
  return html`<form @submit=${send} @keydown=${(event) => event.key === 'Escape' && choosing(false, desk)}><div class="r"><label><span class="vh">${t('time.date')}</span><input type="date" name="date" required .value=${local.slice(0, 10)}></label>
    <label><span class="vh">${t('time.time')}</span><input type="time" name="time" required .value=${local.slice(11, 16)}></label></div>
    <div class="r"><button type="button" class="btn" @click=${() => choosing(false, desk)}>${t('form.cancel')}</button><button class="btn main">${t('time.show')}</button></div></form>`;
}

function draw(canvas, store, link, desk) {
  const [context, width, height] = fit(canvas);
  const [start, end] = desk.day;
  const frame = { start, end, width, top: 10, bottom: height - 26, height, x: (at) => ((at - start) / (end - start)) * width };
  context.fillStyle = '#0c1217';
  context.fillRect(0, frame.top, width, frame.bottom - frame.top);
  if (store.data.area) arrivals(context, frame, courseOf('received', store.data.area.id, 1, () => desk.touch(), DAY_HOURS, end));
  hours(context, frame);
  lanes(context, frame, desk);
  playhead(context, frame, dragged ?? clock.now(), link.playing || dragged ? colour('replay') : colour('ink'));
}

/** How much came in, each quarter of an hour: where the day was busy. */
function arrivals(context, { start, end, bottom, x, width }, course) {
  const points = Object.entries(course).map(([minute, value]) => [Number(minute) * MINUTE, value]).filter(([at]) => at >= start && at < end);
  const most = Math.max(1, ...points.map(([, value]) => value));
  context.fillStyle = `${colour('data-dim')}66`;
  for (const [at, value] of points) {
    const high = (value / most) * 20;
    context.fillRect(x(at), bottom - high, Math.max(1, width / 96 - 1.5), high);
  }
}

function hours(context, { start, end, top, bottom, height, width, x }) {
  context.font = `500 15px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let at = Math.ceil((start + ZONE_MS) / HOURS_STEP) * HOURS_STEP - ZONE_MS; at <= end; at += HOURS_STEP) {
    stroke(context, [[x(at), top], [x(at), bottom]], { color: colour('line'), width: 1 });
    if (x(at) < 24 || x(at) > width - 24) continue;
    context.fillStyle = colour('ink-3');
    context.fillText(format.clockShort(at), x(at), height - 11);
  }
}

/** Each occurrence a bar in the first lane with room, the severe ones first; the one that is chosen outlined. */
function lanes(context, { start, end, top, bottom, x }, desk) {
  const high = (bottom - top - 22) / LANES;
  const taken = Array.from({ length: LANES }, () => []);
  const spans = desk.spans().filter((span) => span.end > start && span.start < end && span.alarm.severity);
  for (const span of spans.sort((a, b) => a.alarm.severity - b.alarm.severity || a.start - b.start)) {
    const [from, to] = [x(Math.max(start, span.start)), x(Math.min(end, span.end))];
    const lane = taken.findIndex((others) => !others.some(([left, right]) => from < right + 4 && to > left - 6));
    if (lane < 0) continue;
    taken[lane].push([from, to]);
    const box = [from, top + lane * high + 3, Math.max(4, to - from), high - 3];
    context.fillStyle = `${colour(`p${span.alarm.severity}`)}66`;
    context.fillRect(...box);
    context.fillStyle = colour(`p${span.alarm.severity}`);
    context.fillRect(box[0], box[1], 3.5, box[3]);
    if (span.id !== desk.chosen) continue;
    context.strokeStyle = colour('focus');
    context.lineWidth = 1.5;
    context.strokeRect(box[0] - 1, box[1] - 1, box[2] + 2, box[3] + 2);
  }
}

function playhead(context, { width, top, bottom, x }, at, color) {
  const place = Math.min(width - 2, Math.max(1, x(at)));
  context.fillStyle = color;
  context.fillRect(place - 1.25, top, 2.5, bottom - top);
  context.beginPath();
  context.moveTo(place - 8, 0);
  context.lineTo(place + 8, 0);
  context.lineTo(place, top);
  context.fill();
}
