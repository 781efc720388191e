// The index of Quyết định 766/QĐ-TTg: of each part its points and, opened, the formula with the numbers in it.
import { html } from 'lit-html';
import * as format from '../format.js';
import { t } from '../i18n/words.js';

export const paths = ({ area, period, of }) => ({ index: `/api/v1/reports/index766?${new URLSearchParams({ area, period, of })}` });

export const view = ({ index }) => html`<p>${t('reports.index766.about', { points: format.number(index.points, 1), covered: index.covered, all: index.ofPoints })}</p>
  <div class="parts">${index.components.map(component)}${index.notMeasured.map(missing)}</div>`;

const component = ({ id, weight, numerator, denominator, points }) => html`<details name="index766"><summary><span>${t(`reports.index766.${id}`)}</span>
  <meter min="0" max=${weight} value=${points ?? 0} aria-hidden="true"></meter><b>${points == null ? format.NONE : format.number(points, 2)}</b><small>/ ${weight}</small></summary>
  <p class="formula">${t(`reports.index766.${id}.formula`)} × ${weight}</p>
  <p class="formula">${denominator > 0 ? `= ${format.number(numerator)} ÷ ${format.number(denominator)} × ${weight} = ${format.number(points, 2)}` : t('reports.index766.noDenominator')}</p></details>`;

const missing = ({ id, weight }) => html`<details name="index766" class="missing"><summary><span>${t(`reports.index766.${id}`)}</span>
  <em>${t('reports.index766.notMeasured')}</em><b>${format.NONE}</b><small>/ ${weight}</small></summary><p>${t(`reports.index766.${id}.why`)}</p></details>`;
