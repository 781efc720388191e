// The connection: a snapshot, then merge patches with sequence numbers, and heartbeats with the server's time.
//   connecting → live → stale (open, but nothing heard) → reconnecting (closed) → live
//   … → signedOut | forbidden, tried again now and then, since a token may be renewed on the server
// A patch that does not follow what we hold is never applied: a new snapshot is asked for instead.
import * as clock from './clock.js';
import { whyRefused } from './session.js';

const PATH = '/api/v1/wall';
const PROTOCOL = 'kydai.wall.v1';
const STALE_AFTER_MS = 8_000;
const DEAD_AFTER_MS = 20_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 15_000;
const REFUSED_RETRY_MS = 30_000;
const ASK_AGAIN_MS = 2_000;
const WATCH_MS = 250;
/** A replay counts its own seq from here; what comes below is the present. */
const PAST_SEQ = 2 ** 40;
/** A replay that stands: the slowest one there is. */
const STILL = 1e-6;

// Walls that lost the same server must not come back in step.
const jitter = (milliseconds) => milliseconds * (0.5 + Math.random());

export class Link {
  state = 'connecting';
  scope;
  dataAt = 0;
  tries = 0;
  retryAt = 0;
  heardAt = 0;
  #store;
  #socket;
  #timer;
  #watchers = [];
  #build;
  #epoch;
  #seq;
  #askedAt = -Infinity;
  #missedBeats = 0;
  #wanted;

  constructor({ store, scope }) {
    this.#store = store;
    this.scope = scope;
  }

  start() {
    this.#connect();
    setInterval(() => this.#watch(), WATCH_MS);
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
  }

  /** Calls back on every change of state and twice a second, for the countdown. */
  on(watcher) {
    this.#watchers.push(watcher);
    watcher(this);
  }

  /** What is played instead of the present, {at, speed}; speed 0 stands still. */
  get playing() {
    return this.#wanted;
  }

  /** Whether the past that is wanted has not come yet. */
  isFetching = false;

  /** What the server could not do with the last wish for the past, as its code. */
  trouble = '';

  /** Shows the past from a moment on; the page's time goes on at this speed, 0 stands. Its heartbeats go on telling the present. */
  play(at, speed) {
    this.#wanted = { at, speed };
    this.#resubscribe();
  }

  /** Shows the present again. */
  goLive() {
    if (!this.#wanted) return;
    this.#wanted = undefined;
    this.#resubscribe();
  }

  #resubscribe() {
    this.trouble = '';
    this.isFetching = Boolean(this.#wanted);
    clock.travel(this.#wanted?.at, this.#wanted?.speed);
    if (this.#socket?.readyState === WebSocket.OPEN && this.#epoch) this.#subscribe();
    this.#tell();
  }

  get quietMs() {
    return performance.now() - this.heardAt;
  }

  #hurry() {
    if (this.state === 'reconnecting' && !this.#socket) this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    const url = new URL(PATH, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, PROTOCOL);
    let opened = false;
    this.#socket = socket;
    this.heardAt = performance.now();
    const mine = (handle) => (event) => socket === this.#socket && handle(event);
    socket.onopen = () => (opened = true);
    socket.onmessage = mine((event) => this.#hear(JSON.parse(event.data)));
    socket.onclose = mine(() => this.#closed(opened));
  }

  async #closed(opened) {
    this.#socket = undefined;
    if (this.state === 'forbidden') return this.#retry('forbidden', jitter(REFUSED_RETRY_MS));
    const why = opened ? 'down' : await whyRefused(PATH);
    if (why !== 'down') return this.#retry(why, jitter(REFUSED_RETRY_MS));
    this.tries++;
    const wait = jitter(Math.min(RETRY_MAX_MS / 1.5, RETRY_MIN_MS * 2 ** Math.min(this.tries, 6)));
    this.#retry('reconnecting', Math.max(RETRY_MIN_MS, wait));
  }

  #retry(state, wait) {
    this.retryAt = performance.now() + wait;
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#become(state);
  }

  #hear(message) {
    this.heardAt = performance.now();
    const isOfThePast = message.seq >= PAST_SEQ && message.type !== 'heartbeat';
    if (message.at && !isOfThePast) clock.hear(message.at);
    switch (message.type) {
      case 'hello':
        return this.#hello(message);
      case 'snapshot':
        return this.#snapshot(message);
      case 'patch':
        return this.#patch(message);
      case 'heartbeat':
        return this.#heartbeat(message);
      case 'error':
        return this.#error(message);
    }
  }

  #hello({ build, epoch, scope, at }) {
    if (this.#build && this.#build !== build) {
      // The page was written for another server: one reload brings the new one.
      this.#socket.onclose = null;
      this.#socket.close();
      location.reload();
      return;
    }
    this.#build = build;
    this.scope ??= scope;
    clock.forget();
    clock.hear(at);
    const resumes = this.#seq !== undefined && this.#epoch === epoch && !this.#wanted;
    this.#epoch = epoch;
    this.isFetching = Boolean(this.#wanted);
    this.#subscribe(resumes ? { epoch, seq: this.#seq } : undefined);
  }

  #subscribe(after) {
    this.#askedAt = performance.now();
    const past = this.#wanted && { at: new Date(clock.now()).toISOString(), speed: this.#wanted.speed || STILL };
    const message = { type: 'subscribe', scope: this.scope, view: 'wall', ...(after && { after }), ...past };
    this.#socket.send(JSON.stringify(message));
  }

  #snapshot({ seq, at, data }) {
    const isOfThePast = seq >= PAST_SEQ;
    // What was still under way when the reader left the present, or came back to it.
    if (isOfThePast ? !this.#wanted : this.isFetching) return;
    if (isOfThePast) {
      this.isFetching = false;
      clock.travel(Date.parse(at), this.#wanted.speed);
    } else if (this.#wanted) {
      this.#wanted = undefined; // the replay has reached the present
      clock.travel();
    }
    this.#store.replace(data);
    this.#applied(seq, at);
  }

  #patch({ prev, seq, at, data }) {
    if (this.isFetching || seq >= PAST_SEQ !== Boolean(this.#wanted)) return;
    if (prev !== this.#seq) return this.#askAgain();
    this.#store.patch(data);
    this.#applied(seq, at);
  }

  #applied(seq, at) {
    this.#seq = seq;
    this.#askedAt = -Infinity;
    this.#missedBeats = 0;
    this.#fresh(at);
  }

  #heartbeat({ seq, at }) {
    if (this.isFetching) return; // the past is being folded, which takes as long as it takes
    if (seq === this.#seq) {
      this.#missedBeats = 0;
      this.#fresh(at);
    } else if (++this.#missedBeats > 1) {
      // One may overtake a patch that a slow socket gets merged; two mean that ours is lost.
      this.#askAgain();
    }
  }

  #error({ code }) {
    if (code === 'forbidden') return this.#become('forbidden');
    if (!this.#wanted) return;
    this.#wanted = undefined;
    this.#resubscribe();
    this.trouble = code;
    this.#tell();
  }

  #fresh(at) {
    this.dataAt = Date.parse(at);
    this.tries = 0;
    this.#become('live');
  }

  // In a burst every patch shows the same gap: one question is enough until it had time to be answered.
  #askAgain() {
    if (performance.now() - this.#askedAt < ASK_AGAIN_MS) return;
    this.#subscribe();
  }

  #watch() {
    if (this.#socket && this.quietMs > DEAD_AFTER_MS) {
      const socket = this.#socket;
      this.#socket = undefined;
      socket.close();
      this.#closed(true);
    } else if (this.state === 'live' && this.quietMs > STALE_AFTER_MS) {
      this.#become('stale');
    } else {
      this.#tell();
    }
  }

  #become(state) {
    this.state = state;
    document.documentElement.dataset.link = state;
    this.#tell();
  }

  #tell() {
    for (const watcher of this.#watchers) watcher(this);
  }
}
