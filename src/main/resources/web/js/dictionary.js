// The figures' dictionary of the server: what each is called in both languages, its unit, and which way is better.
import { lang } from './session.js';

const LONGEST_PAUSE_MS = 15_000;

let entries = new Map();

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Reads the dictionary, however long the server is away, and tells when it is there. */
export async function learnFigures(done) {
  for (let wait = 500; entries.size === 0; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    try {
      const response = await fetch('/api/v1/figures');
      if (response.ok) entries = new Map((await response.json()).map((entry) => [entry.id, entry]));
      else if (response.status < 500) return; // not signed in: the header says so, and a new link starts anew
    } catch {
      // The server is away; the page goes on trying, as its socket does.
    }
    if (entries.size === 0) await pause(wait * (0.5 + Math.random()));
  }
  done();
}

/** A figure's name where room is short; its id until the dictionary is there. */
export function figureName(id) {
  const entry = entries.get(id);
  return entry ? (entry[`${lang}Short`] ?? entry[lang]) : id;
}

export const unitOf = (id) => entries.get(id)?.unit;

/** The side to which a share may not be rounded. */
export const betterOf = (id) => (entries.get(id)?.direction === 'down' ? 'low' : 'high');
