// The day in 15-minute steps.
import * as clock from '../clock.js';
import { trendChart } from '../chart/trend.js';
import * as format from '../format.js';

const DAY_MS = 86_400_000;
/** Waiting comes in seconds and is read in minutes. */
const TRENDS = [
  { id: 'received15m', divisor: 1 },
  { id: 'waitMean15m', divisor: 60 },
];

export function mountTrends(store) {
  const key = document.querySelector('.trends .meta');
  const charts = TRENDS.map(({ id, divisor }) => {
    const figure = document.querySelector(`#trend-${id}`);
    return { id, divisor, paint: trendChart(figure.querySelector('.plot')), latest: figure.querySelector('b') };
  });
  store.on(['trends', 'now'], 1, (data) => {
    const now = clock.now();
    let hasBand = false;
    for (const { id, divisor, paint, latest } of charts) {
      const points = today(data.trends?.[id], divisor, now);
      hasBand ||= points.some((point) => point[3] !== undefined);
      const newest = points.findLast((point) => point[1] !== undefined)?.[1];
      latest.textContent = format.number(newest === undefined ? undefined : Math.round(newest));
      paint(points, now);
    }
    key.hidden = !hasBand;
  });
}

function today(trend = {}, divisor, now) {
  const start = format.dayStart(now);
  return Object.entries(trend)
    .map(([minute, point]) => [Number(minute) * 60, ...['value', 'low', 'high'].map((name) => scaled(point[name], divisor))])
    .filter(([seconds]) => seconds * 1000 >= start && seconds * 1000 < start + DAY_MS)
    .sort((a, b) => a[0] - b[0]);
}

const scaled = (value, divisor) => (value === undefined ? undefined : value / divisor);
