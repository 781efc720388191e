// What the desk's panels share: what is chosen, who sits here, which alarms there are, what the journal says about them,
// and the deeds under way. Panels are told of a change through the store's part "desk".
import { alarmRow, learnTitle, ownTitle } from '../attention.js';
import * as clock from '../clock.js';
import { tOr } from '../i18n/words.js';
import { Deeds, Drafts } from './deeds.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Several alarms change at once: one question for all of them. */
const ASK_AFTER_MS = 250;
/** The log that has just been asked for is new enough. */
const ASK_AGAIN_MS = 200;
/** What changes no alarm on the wall, such as a rule's words, is looked up now and then. */
const ASK_ALWAYS_MS = 60_000;

/** The past does not tell of the present: that is asked for. */
const ASK_NOW_MS = 5_000;

/** Letters of one word come faster than this, one after another. */
const TYPING_MS = 1_000;

/** So many times a shelf may be extended. */
export const MAX_EXTENSIONS = 3;

const ACTING = ['operator', 'commander', 'admin'];
const COMMANDING = ['commander', 'admin'];

export const UNSEEN = ['unacknowledged', 'returned', 'latched'];
const SEEN = ['acknowledged', 'latchedAcknowledged'];
const ASIDE = ['suppressed', 'outOfService'];

/** Which alarms each tab shows. */
export const TABS = {
  open: (state) => UNSEEN.includes(state) || SEEN.includes(state),
  unseen: (state) => UNSEEN.includes(state),
  seen: (state) => SEEN.includes(state),
  shelved: (state) => state === 'shelved',
  aside: (state) => ASIDE.includes(state),
  closed: (state) => state === 'normal',
};

const query = new URLSearchParams(location.search);

const get = async (path) => {
  try {
    const response = await fetch(path, { cache: 'no-store' });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined; // asked again with the next change
  }
};

export class Desk {
  tab = 'open';
  severity = 0;
  area = query.get('area') ?? '';
  chosen = query.get('alarm') ?? undefined;
  /** Which form is open: note, shelve, take-over or remove-from-service. */
  form;
  /** Draws the panel that holds the form: set by it. */
  showForm;
  /** When the last letter came that was no shortcut. */
  typedAt = -Infinity;
  /** Of which occurrence the form was opened, and who held it then: {occurrence, from}. It is that which the person has read. */
  meant;
  person;
  /** End of the 24 hours the conductor shows; absent: now. */
  until;
  /** The alarms with notes and reasons, as of the last question. */
  full = {};
  /** Words of rules, by id. */
  rules = {};
  /** While the past is shown: what nobody has acknowledged now, {count, severity}; absent until it is known. */
  unseenNow;
  #nextAsk;
  /** Steps of all alarms of the conductor's day, and of the chosen one. */
  steps = [];
  log = [];
  #store;
  #link;
  #asked = '';
  #timer;
  #lastId;
  #followedAt = -Infinity;
  #hasRules = false;

  constructor(store, link, person) {
    this.#store = store;
    this.#link = link;
    this.person = person;
    this.drafts = new Drafts(() => this.person?.name);
    this.deeds = new Deeds(() => this.touch(), (deed) => {
      if (deed) this.drafts.sent(`${deed.path} ${deed.alarm}`, deed.body.text ?? deed.body.reason);
      this.#soon();
    });
    store.on(['alarms', 'area'], 10, (data) => this.#look(data));
    let before;
    link.on(({ state }) => {
      if (state === 'live' && before !== 'live') {
        this.deeds.retryAll();
        this.#soon();
      }
      before = state;
      if (this.isReplay && !this.unseenNow) this.#askNow();
      if (!this.isReplay) this.unseenNow = undefined;
    });
    setInterval(() => this.#soon(), ASK_ALWAYS_MS);
  }

  touch() {
    this.#store.touch(['desk']);
  }

  set(changes) {
    const isOther = 'chosen' in changes && changes.chosen !== this.chosen;
    Object.assign(this, changes);
    if (isOther) {
      this.form = undefined;
      this.#follow();
    }
    this.touch();
  }

  /** Opens a form for an alarm as it stands. It has the focus when this returns: the next letter is the form's. */
  open(form, { id, alarm }) {
    this.set({ form, meant: { occurrence: alarm.occurrence, from: this.holderOf(id)?.by } });
    this.showForm();
  }

  /** Closes the form; what was written in it is given up. */
  giveUp() {
    this.drafts.keep(`${this.form} ${this.chosen}`, '');
    this.set({ form: undefined });
  }

  /**
   * Tells whether a key is part of what somebody writes, or means to, and so no shortcut: a form or dialog is open, wherever the
   * focus is; an input method is composing; or it comes right after a letter that was no shortcut.
   */
  isWriting(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return true;
    if (this.form || event.target.matches('input, textarea, select') || document.querySelector('dialog[open]')) return true;
    if (event.key.length > 1 || event.timeStamp - this.typedAt > TYPING_MS) return false;
    this.typedAt = event.timeStamp;
    return true;
  }

  get isReplay() {
    return Boolean(this.#link.playing);
  }

  /** Whether the moment that is wanted has not come yet. */
  get isFetching() {
    return this.#link.isFetching;
  }

  /** Why nothing can be done to alarms now, as the key of its words; empty if it can. */
  get locked() {
    if (this.isReplay) return 'desk.locked.replay';
    return ACTING.includes(this.person?.role) ? '' : 'desk.locked.reader';
  }

  /** Tells whether a form may be opened for an alarm as it stands. */
  mayOpen(form, { state, alarm }) {
    if (this.locked || state === 'normal') return false;
    const isShelvable = this.rules[alarm.rule]?.shelvable !== false;
    if (form === 'shelve') return state !== 'outOfService' && isShelvable && !(this.full[`${alarm.rule}:${alarm.source}`]?.shelf?.extensions >= MAX_EXTENSIONS);
    if (form === 'remove-from-service' && !isShelvable && !COMMANDING.includes(this.person?.role)) return false; // nobody else hides it
    return form === 'note' || state !== 'outOfService';
  }

  /** Every alarm that is not over, in words, the most urgent first. */
  rows(data) {
    const now = clock.now();
    return Object.entries(data.alarms ?? {})
      .map(([id, alarm]) => ({ ...alarmRow(data, id, alarm, now), alarm }))
      .sort(urgentFirst);
  }

  /** Occurrences that ended within the conductor's day, the newest first. */
  closed(data) {
    const now = clock.now();
    return this.spans()
      .filter(({ id, end }) => end <= now && !(id in (data.alarms ?? {})))
      .map((span) => ({ ...alarmRow(data, span.id, span.alarm, now), key: `${span.id}/${span.alarm.occurrence}`, alarm: span.alarm, ended: span.end }))
      .sort((a, b) => b.ended - a.ended);
  }

  /** Who holds an alarm since when, {by, at}; of the past it is not known. */
  holderOf(id) {
    return this.isReplay ? undefined : this.full[id]?.holder;
  }

  /** Who acknowledged an alarm: a wall is public and names nobody, so the desk's own list or the journal's steps say it. */
  whoSaw(id, { ack }) {
    const known = this.full[id]?.ack;
    return ack?.by ?? (known && known.at === ack?.at ? known.by : this.#whoTook(id, 'acknowledged', ({ at }) => at === ack?.at));
  }

  /** Who shelved an alarm until when. */
  whoShelved(id, { shelf }) {
    const known = this.full[id]?.shelf;
    return known && known.until === shelf.until ? known.by : this.#whoTook(id, 'shelved', ({ until }) => until === shelf.until);
  }

  #whoTook(id, step, isIt) {
    return this.steps.find((said) => said.alarm === id && said.step === step && isIt(said))?.by ?? '–';
  }

  /** The alarm that is chosen, in words: one that stands, else its last occurrence. */
  row(data) {
    return this.rows(data).find(({ id }) => id === this.chosen) ?? this.closed(data).find(({ id }) => id === this.chosen);
  }

  /** The occurrences of the conductor's day: {id, start, end, alarm}; end is infinite while one stands. */
  spans() {
    const open = new Map();
    const spans = [];
    for (const step of this.steps) apply(step, open, spans);
    return spans;
  }

  /** The conductor's day. */
  get day() {
    const end = this.until ?? clock.present();
    return [end - DAY, end];
  }

  /** Lets the conductor show another day, and asks what happened in it. */
  showDay(until) {
    this.until = until;
    this.#soon();
  }

  #look(data) {
    if (!data.area || this.isReplay) return; // what the past shows has no notes of now
    const said = Object.entries(data.alarms ?? {}).map(([id, { occurrence, state, ack, shelf, notedAt, heldAt }]) => [id, occurrence, state, ack?.at, shelf?.until, notedAt, heldAt]);
    const asked = JSON.stringify(said);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#soon();
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#ask();
    }, ASK_AFTER_MS);
  }

  async #askNow() {
    this.unseenNow ??= { count: 0 };
    const listed = await get(`/api/v1/alarms?area=${encodeURIComponent(this.#store.data.area?.id ?? '')}`);
    if (!this.isReplay) return;
    clearTimeout(this.#nextAsk);
    this.#nextAsk = setTimeout(() => this.isReplay && this.#askNow(), ASK_NOW_MS);
    if (!listed) return;
    const unseen = Object.values(listed.alarms).filter(({ state }) => UNSEEN.includes(state));
    this.unseenNow = { count: unseen.length, severity: Math.min(...unseen.map(({ severity }) => severity)) };
    this.touch();
  }

  async #ask() {
    const [start, end] = this.day;
    const [listed, history] = await Promise.all([
      get('/api/v1/alarms'),
      get(`/api/v1/alarms/history?from=${iso(start - DAY)}${this.until ? `&to=${iso(end)}` : ''}`),
      this.#follow(),
    ]);
    if (listed) {
      this.full = listed.alarms;
      this.#learn(listed.rules);
      this.#hasRules = true;
    }
    if (history) this.steps = history.steps;
    if (!this.person) this.person = await get('/api/v1/session');
    this.touch();
  }

  #learn(rules = {}) {
    Object.assign(this.rules, rules);
    for (const [id, { title }] of Object.entries(rules)) learnTitle(id, title);
  }

  /** Asks for the chosen alarm's own log, and for its rule's words where it is over. */
  async #follow() {
    const id = this.chosen;
    const isAgain = id === this.#lastId;
    if (!id || (isAgain && performance.now() - this.#followedAt < ASK_AGAIN_MS)) return;
    if (!isAgain) this.log = [];
    this.#lastId = id;
    this.#followedAt = performance.now();
    const history = await get(`/api/v1/alarms/history?alarm=${encodeURIComponent(id)}`);
    if (id !== this.chosen) return;
    if (history) this.log = history.steps;
    if (this.#hasRules && !(ruleOf(id) in this.rules)) this.#learn((await get('/api/v1/alarms?state=normal'))?.rules);
    this.touch();
  }
}

const iso = (at) => new Date(at).toISOString();

/** No rule's id has a colon. */
export const ruleOf = (id) => id.slice(0, id.indexOf(':'));

/** A rule in words: those of its alarms without the place. */
export function ruleName(rule) {
  const own = ownTitle(rule);
  if (own) return own;
  const words = tOr(`rule.${rule}`, `alarm.${rule}`, { place: '' });
  return words === `alarm.${rule}` ? rule : words.replace(/: $/, '');
}

const urgentFirst = (a, b) =>
  a.severity - b.severity || UNSEEN.includes(b.state) - UNSEEN.includes(a.state) || b.at - a.at || (a.id < b.id ? -1 : 1);

/** Takes one step of the journal's: what an occurrence looked like when it ended is what its last steps said. */
function apply({ alarm: id, at, step, by, ...said }, open, spans) {
  const { rule, source, area, occurrence } = said;
  if (step === 'raised' || step === 'realarmed') {
    const before = open.get(id);
    if (before?.end === Infinity) before.end = Date.parse(at);
    const span = { id, start: Date.parse(at), end: Infinity, alarm: { rule, source, area, occurrence, state: 'normal', raisedAt: at } };
    open.set(id, span);
    spans.push(span);
  }
  const span = open.get(id);
  if (!span) return;
  if ('severity' in said) {
    const { severity, level, quantity, value, threshold, unit } = said;
    Object.assign(span.alarm, { severity, value, threshold, unit, params: { level, quantity } });
  }
  if (step === 'acknowledged') span.alarm.ack ??= { by, at };
  if (step === 'cleared' || step === 'reset') {
    span.end = Math.min(span.end, Date.parse(at));
    span.alarm.clearedAt ??= at;
  }
}
