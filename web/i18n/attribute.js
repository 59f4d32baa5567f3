// A problem of an attribute in words.

import { t } from './index.js';

/** What is wrong with a whole number is said as on the page. */
const OF_FIELDS = new Set(['empty', 'notNumber', 'notWhole', 'sizeBelowOne', 'overLimit']);

/** Letters of an attribute that are repeated in a message. */
const SHOWN = 40;

/** @param {{ attribute: string, id: string, values: Record<string, string|number> }} problem @param {boolean} isList whether it holds values, not whole numbers */
export function attributeText({ attribute, id, values }, isList) {
  /** @type {Record<string, string|number>} */
  const said = { attribute, field: attribute, ...values };
  const { text } = values;
  if (typeof text === 'string' && text.length > SHOWN) said.text = `${text.slice(0, SHOWN)}…`;
  return OF_FIELDS.has(id) && !(id === 'empty' && isList)
    ? t(`error.${id}`, said)
    : t(`attribute.${id}`, said);
}
