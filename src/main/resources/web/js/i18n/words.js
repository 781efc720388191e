// The server sends codes and parameters, never sentences: this page owns both languages.
import { lang } from '../session.js';

const { default: words } = await import(lang === 'en' ? './en.js' : './vi.js');

/** Adds the words only one page needs: a wall does not load those of a desk. */
export async function addWords(page) {
  Object.assign(words, (await import(`./${page}.${lang}.js`)).default);
}

/** The words of a key, with {placeholders} filled in. */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** The words of a key, or of another one where a code has no words of its own. */
export const tOr = (key, other, values) => t(key in words ? key : other, values);

/** The word of a code the contract leaves open (a metric, a unit): the code itself if we have none. */
export const word = (family, code) => words[`${family}.${code}`] ?? code;
