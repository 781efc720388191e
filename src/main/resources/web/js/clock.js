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

export const now = () => Date.now() + offset;

/** How far this PC is behind the server, in ms; negative when ahead. */
export const skew = () => offset;
