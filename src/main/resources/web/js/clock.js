// The server's clock, whatever this PC's own says: a wrong PC clock must not bend ages or charts.
const HEARD = 10;

const heard = [];
let offset = 0;

/** Takes the server's time from a message. Of the last ones the least delayed is the best estimate. */
export function hear(at) {
  heard.push(Date.parse(at) - Date.now());
  if (heard.length > HEARD) heard.shift();
  offset = Math.max(...heard);
}

/** Forgets a former server's clock. */
export const forget = () => heard.splice(0);

/** The present, on the server's clock. */
export const present = () => Date.now() + offset;

let past;

/** Lets the page's time go on from a moment of the past at a speed; without an argument, it is the present again. */
export const travel = (at, speed) => (past = at === undefined ? undefined : { at, speed, since: performance.now() });

/** The time a page shows: the present, or that of a replay. */
export const now = () => (past ? past.at + (performance.now() - past.since) * past.speed : present());

/** How far this PC is behind the server, in ms; negative when ahead. */
export const skew = () => offset;
