// A type as JSDoc writes it, as HTML: names of types that the reference describes are links to them.
import { parseSync, Visitor } from 'vite';
import { escapeXml } from '../../../web/state/markup.js';

/** @typedef {{ start: number, end: number, name: string }} Mention of a type by its name, or by import('…').name */

/** @param {string} type @returns {Mention[]} in their order */
function mentionsIn(type) {
  const head = 'type Read = ';
  const { program, errors } = parseSync('type.ts', `${head}${type};`);
  if (errors.length) throw new Error(`The type "${type}" cannot be read: ${errors[0].message}`);
  /** @type {Mention[]} */
  const found = [];
  const add = (
    /** @type {{ start: number, end: number }} */ { start, end },
    /** @type {string} */ name,
  ) => found.push({ start: start - head.length, end: end - head.length, name });
  new Visitor({
    TSTypeReference({ typeName }) {
      if (typeName.type === 'Identifier') add(typeName, typeName.name);
    },
    TSImportType({ start, qualifier }) {
      if (qualifier?.type === 'Identifier') add({ start, end: qualifier.end }, qualifier.name);
    },
  }).visit(program);
  return found.sort((a, b) => a.start - b.start);
}

/** The names that stand in a type. @param {string} type */
export const namesIn = (type) => mentionsIn(type).map(({ name }) => name);

/**
 * @param {string} type
 * @param {(name: string) => string | null} addressOf where the page describes a type
 */
export function typeHtml(type, addressOf) {
  let html = '';
  let at = 0;
  for (const { start, end, name } of mentionsIn(type)) {
    const address = addressOf(name);
    const shown = escapeXml(name);
    html +=
      escapeXml(type.slice(at, start)) + (address ? `<a href="${address}">${shown}</a>` : shown);
    at = end;
  }
  return html + escapeXml(type.slice(at));
}
