// More new alarms than anybody can read one by one: said once, on the wall and at the desk.
import { html } from 'lit-html';
import * as format from '../format.js';
import { t } from '../i18n/words.js';
import { mark } from '../marks.js';

export const floodBanner = ({ open, severity }) => html`
  <div class="alarmflood p${severity}" role="status">${mark(severity, { solid: true })}<span>${t('attention.flood', { count: format.number(open), severity: t(`severity.${severity}`) })}</span></div>`;
