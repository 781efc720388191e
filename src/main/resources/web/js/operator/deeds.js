// What the operator does to alarms, on its way: sent with a key of its own, so that a repeat is the same deed. While the server
// is away a deed waits, is shown, and goes out once more when the link is back; what was refused is shown with the reason.
/** A deed that has waited longer was meant for another situation: it is the operator's again to send. */
const PATIENCE_MS = 300_000;
const AGAIN_MS = 2_000;
/** How long something done stays to be read. */
const TOLD_MS = 6_000;

const isAway = (status) => status === 0 || status === 429 || status >= 500;

/** randomUUID is for secure origins only. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export class Deeds {
  /** {key, path, alarm, occurrence, body, state: pending|waiting|failed|refused|told, reason, says} in the order they were done. */
  all = [];
  #changed;
  #done;

  /** changed() when something about them changed, done(deed) when the journal has one, done() when it was refused. */
  constructor(changed, done) {
    this.#changed = changed;
    this.#done = done;
  }

  /** Those of an alarm. */
  of(alarm) {
    return this.all.filter((deed) => deed.alarm === alarm);
  }

  /** Does something to an alarm: path is the last part of the deed's address. A deed that is on its way is not sent twice. */
  do(path, alarm, occurrence, body = {}) {
    if (this.of(alarm).some((deed) => deed.path === path && ['pending', 'waiting'].includes(deed.state))) return;
    this.all = this.all.filter((deed) => deed.alarm !== alarm || deed.path !== path);
    const deed = { key: newKey(), path, alarm, occurrence, body, since: Date.now() };
    this.all.push(deed);
    this.#send(deed);
  }

  /** Sends one again that has failed, as the same deed. */
  retry(deed) {
    deed.since = Date.now();
    this.#send(deed);
  }

  /** Sends again what waits for the server. */
  retryAll() {
    for (const deed of this.all) if (deed.state === 'waiting') this.#send(deed);
  }

  drop(deed) {
    deed.isDropped = true;
    this.all = this.all.filter((other) => other !== deed);
    this.#changed();
  }

  async #send(deed) {
    deed.state = 'pending';
    this.#changed();
    const [status, answer] = await post(deed);
    if (deed.isDropped) return;
    if (isAway(status)) return this.#wait(deed, status);
    if (status >= 200 && status < 300) return this.#tell(deed, answer);
    Object.assign(deed, { state: 'refused', reason: reasonOf(status), detail: answer?.detail ?? '' });
    this.#changed();
    this.#done();
  }

  #wait(deed, status) {
    deed.reason = status === 0 ? 'unreached' : 'busy';
    deed.state = Date.now() - deed.since < PATIENCE_MS ? 'waiting' : 'failed';
    this.#changed();
    if (deed.state === 'waiting') setTimeout(() => deed.state === 'waiting' && this.#send(deed), AGAIN_MS);
  }

  /** The answer is the alarm as it stands: an acknowledgement that came second says whose was first. */
  #tell(deed, answer) {
    Object.assign(deed, { state: 'told', answer });
    this.#changed();
    this.#done(deed);
    setTimeout(() => this.drop(deed), TOLD_MS);
  }
}

/** Before whoever sits here is known. */
const NOBODY = '-';

/**
 * What somebody is writing, kept in this tab until it is in the journal or given up: a session, an alarm or the page may end
 * meanwhile. Whoever signs in after somebody else does not see it.
 */
export class Drafts {
  #who;
  #of;
  #texts = {};

  /** who() tells the name of whoever sits here. */
  constructor(who) {
    this.#who = who;
  }

  /** The text kept for a form; empty if there is none. */
  text(form) {
    return this.#read()[form] ?? '';
  }

  /** Keeps a text for a form; an empty one is forgotten. */
  keep(form, text) {
    const texts = this.#read();
    if (text.trim() === '') delete texts[form];
    else texts[form] = text;
    try {
      sessionStorage.setItem(this.#name(), JSON.stringify(texts));
    } catch {
      // A browser that keeps nothing keeps it while the page stands.
    }
  }

  /** Forgets a text that is in the journal now, unless another one is being written. */
  sent(form, text) {
    if (text !== undefined && this.text(form).trim() === text) this.keep(form, '');
  }

  /** The forms that have a text, as [form, text]. */
  all() {
    return Object.entries(this.#read());
  }

  #name() {
    return `kydai.drafts.${this.#who() ?? NOBODY}`;
  }

  #read() {
    const name = this.#name();
    if (this.#of === name) return this.#texts;
    this.#of = name;
    try {
      this.#texts = JSON.parse(sessionStorage.getItem(name)) ?? {};
    } catch {
      this.#texts = {};
    }
    return this.#texts;
  }
}

const reasonOf = (status) => (status === 409 ? 'conflict' : status === 401 ? 'signedOut' : status === 403 ? 'forbidden' : 'refused');

async function post({ path, alarm, occurrence, body, key }) {
  try {
    const response = await fetch(`/api/v1/alarms/${encodeURIComponent(alarm)}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ occurrence, ...body }),
      keepalive: true, // the page may be left while it is under way
    });
    return [response.status, await response.json().catch(() => undefined)];
  } catch {
    return [0];
  }
}
