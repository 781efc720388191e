// Who holds an alarm, and taking it over: from nobody at once, from somebody only after the name has been read.
import { html } from 'lit-html';
import { t } from '../i18n/words.js';

/** Who holds it, unless who has acknowledged it says so already. */
export function holderWords(desk, id, alarm) {
  const by = desk.holderOf(id)?.by;
  return by && by !== desk.whoSaw(id, alarm) ? t('holder.short', { by }) : '';
}

/** Tells whether there is something to take over. */
export const mayTake = (desk, { id, state }) => state !== 'normal' && desk.holderOf(id)?.by !== desk.person?.name;

/** Takes an alarm that nobody holds; asks first where somebody does. */
export function takeOver(desk, row) {
  if (desk.locked || !mayTake(desk, row)) return;
  if (desk.holderOf(row.id)) desk.open('take-over', row);
  else desk.deeds.do('take-over', row.id, row.alarm.occurrence);
}

/** The question whether to take it from whoever held it when it was asked. */
export function takeOverForm(desk, { id }) {
  const { occurrence, from } = desk.meant;
  const close = () => desk.set({ form: undefined });
  const send = (event) => {
    event.preventDefault();
    desk.deeds.do('take-over', id, occurrence, { from });
    close();
    document.querySelector('tr[aria-selected=true]')?.focus();
  };
  return html`<form class="form" @submit=${send}><p>${t('form.take-over', { by: from })}</p>
    <div class="r"><button type="button" class="btn" @click=${close}>${t('form.cancel')} <kbd>Esc</kbd></button><button class="btn main">${t('deed.take-over')} <kbd>↵</kbd></button></div></form>`;
}

/** Why taking it over was refused: somebody else was faster. */
export function takenWords(desk, { path, alarm, body }) {
  const by = path === 'take-over' ? desk.holderOf(alarm)?.by : undefined;
  return by && by !== body.from ? t('deed.why.held', { by }) : undefined;
}
