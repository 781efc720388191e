// The queue of one desk, as its staff and those who wait read it.

const NAMES = new Intl.Collator('vi', { numeric: true });
/** A ticket is "just called" for this long. */
const NEW_MS = 20_000;
/** Fewer services say nothing about the next one. */
const LEAST_SERVED = 5;
/** A guess to the minute would pretend to know. */
const STEP_SECONDS = 300;

/** Counters in the order of their names: 2 before 10. */
export const counters = (desk) =>
  Object.entries(desk?.counters ?? {})
    .map(([name, counter]) => ({ name, ...counter }))
    .sort((a, b) => NAMES.compare(a.name, b.name));

export const isJustCalled = ({ state, since }, now) => state === 'serving' && now - Date.parse(since) < NEW_MS;

/**
 * How long a visitor who takes a ticket now may wait, in seconds, in steps of five minutes: everybody before him takes
 * the day's mean service time at one of the counters that work today. Nothing where the day gives no basis.
 */
export function expectedWait({ figures = {}, desk }) {
  const waiting = figures.waiting?.value;
  const service = figures.serviceMean;
  const working = counters(desk);
  if (waiting === undefined || service?.value === undefined || !(service.n >= LEAST_SERVED) || working.length === 0) return undefined;
  const before = waiting + (working.every((counter) => counter.state === 'serving') ? 1 : 0);
  return Math.ceil((before * service.value) / working.length / STEP_SECONDS) * STEP_SECONDS;
}
