// Who is signed in, for the pages of people: shown in their header, signed out, sent to the sign-in page and back.
import { html, nothing } from 'lit-html';
import { t } from './i18n/words.js';
import { lang } from './session.js';

const query = lang === 'en' ? 'lang=en&' : '';

/** The address of the sign-in page, which leads back to this one. */
export const signInAddress = () => `/signin?${query}next=${encodeURIComponent(location.pathname + location.search)}`;

export const goSignIn = () => location.assign(signInAddress());

/** Ends the session, and goes to the sign-in page. */
export async function signOut() {
  await fetch('/api/v1/session', { method: 'DELETE', keepalive: true });
  goSignIn();
}

/** The person's name with the ways to another password and out; nothing for a screen. */
export const badge = (viewer) =>
  viewer?.display
    ? html`<div class="person"><span>${t('person.signedIn', { name: viewer.display, role: t(`role.${viewer.role}`) })}</span>
        <a href=${signInAddress()}>${t('person.password')}</a>
        <button type="button" class="quiet" @click=${signOut}>${t('person.signOut')}</button></div>`
    : nothing;
