// A figure's last hours as an instrument's history: {MINUTE: value}. Asked for once in five minutes and figure.
import * as clock from '../clock.js';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const ASKED_EVERY = HOUR / 12;
/** Enough for what one desk looks at; the oldest goes. */
const MOST = 60;

const known = new Map();

/** The course of a figure of an area in the hours before a time, scaled; empty until it has come, then arrived() is called. */
export function courseOf(figure, area, scale, arrived, hours = 13, at = clock.now()) {
  if (!figure || figure === 'silent') return {};
  const end = Math.floor(at / QUARTER) * QUARTER + QUARTER;
  const key = `${figure} ${area} ${hours} ${Math.floor(at / ASKED_EVERY)}`;
  if (!known.has(key)) {
    known.set(key, {});
    if (known.size > MOST) known.delete(known.keys().next().value);
    read(figure, area, end - hours * HOUR, end, scale).then((course) => {
      known.set(key, course);
      arrived();
    });
  }
  return known.get(key);
}

async function read(figure, area, start, end, scale) {
  const iso = (at) => encodeURIComponent(new Date(at).toISOString());
  try {
    const response = await fetch(`/api/v1/series?figure=${figure}&area=${encodeURIComponent(area)}&from=${iso(start)}&to=${iso(end)}&step=15m`);
    if (!response.ok) return {}; // what depends on now has no course
    const { points } = await response.json();
    return Object.fromEntries(points.filter(({ value }) => value !== undefined).map(({ minute, value }) => [minute, value * scale]));
  } catch {
    return {};
  }
}
