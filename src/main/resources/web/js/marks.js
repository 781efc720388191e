// Severity has four codes at once: colour, outline, digit and word. Any one of them is enough.
import { html } from 'lit-html';

export const OUTLINE = {
  1: 'M8.2 2h7.6L22 8.2v7.6L15.8 22H8.2L2 15.8V8.2z',
  2: 'M12 1.8 23 21.4H1z',
  3: 'M12 1 23 12 12 23 1 12z',
};
const BASELINE = { 1: 16.4, 2: 18.9, 3: 16.4 };

/** A severity's mark: solid while nobody has acknowledged, hollow when seen. */
export const mark = (severity, { solid = false, flash = false } = {}) => html`<svg
  class="mk p${severity} ${solid ? 'solid' : 'hollow'} ${flash ? 'flash' : ''}" viewBox="0 0 24 24" aria-hidden="true">
  <path d=${OUTLINE[severity]}></path><text x="12" y=${BASELINE[severity]} text-anchor="middle">${severity}</text></svg>`;

/** Instruments on a 24 grid, stroke only. */
const GLYPHS = {
  water_level: 'M12 3.2c3.4 4.2 5.6 7.2 5.6 10a5.6 5.6 0 0 1-11.2 0c0-2.8 2.2-5.8 5.6-10z',
  rain: 'M7.2 13.2a3.9 3.9 0 0 1 .5-7.7 5 5 0 0 1 9.4 1.3 3.3 3.3 0 0 1-.3 6.4zM8.6 16.6l-1 3M12.4 16.6l-1 3M16.2 16.6l-1 3',
  air: 'M3.5 9.2h10.2a2.6 2.6 0 1 0-2.5-3.4M3.5 13h14.2a2.7 2.7 0 1 1-2.6 3.5M3.5 16.8h6.8',
  vehicles: 'M4.5 16.5v-4.2l2-5.1h11l2 5.1v4.2zM4.5 12.3h15M7.2 16.5v2M16.8 16.5v2',
  salinity: 'M4 8.2c2.7-2 5.3 2 8 0s5.3-2 8 0M4 12.6c2.7-2 5.3 2 8 0s5.3-2 8 0M4 17c2.7-2 5.3 2 8 0s5.3-2 8 0',
  temperature: 'M10 14.5V5.5a2 2 0 0 1 4 0v9a3.6 3.6 0 1 1-4 0zM12 9v7',
  people: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c.5-3.5 2.8-5 5.5-5s5 1.5 5.5 5M16 11a2.5 2.5 0 1 0-.5-5M17 14c2 .3 3.3 1.8 3.6 4.5',
  other: 'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 9v4l2.5 1.5',
};
const ALIAS = { aqi: 'air', pm25: 'air', pm10: 'air', wind: 'air', conductivity: 'salinity' };

export const glyphPath = (metric) => GLYPHS[ALIAS[metric] ?? metric] ?? GLYPHS.other;

export const glyph = (metric) =>
  html`<svg class="gl" viewBox="0 0 24 24" aria-hidden="true"><path d=${glyphPath(metric)}></path></svg>`;
