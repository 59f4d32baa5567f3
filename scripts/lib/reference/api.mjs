// The page about the npm package's API: every function with its signature, parameters, result, refusals and example, and
// every type that they name. Takes what public.mjs read; gives HTML.
import { escapeXml } from '../../../web/state/markup.js';
import { codeBlock, reader, scrolling } from './markdown.mjs';
import { LINK, readApi } from './public.mjs';
import { typeHtml } from './types.mjs';

/** @typedef {import('./jsdoc.mjs').Entry} Entry */
/** @typedef {import('./jsdoc.mjs').Field} Field */
/** @typedef {import('./jsdoc.mjs').Type} Type */
/** @typedef {import('./jsdoc.mjs').Told} Told */

/** What stands above all entries, as Markdown. */
const LEAD = `The npm package \`convscope\`, for Node 20 and newer, pages and workers. The functions are those of the engine that
\`createEngine\` gives; what comes out is yours, copied. Each example goes on where that of
[\`createEngine\`](#createEngine) ends; what follows an arrow is the value, and a test runs them all.

Figures for pages are \`convscope/element\`, which exports \`ConvScopeElement\` and \`ConvScopeChangeEvent\`: see
[Embedding](./embedding.html). What each code of a refusal means: [Errors](./errors.html).`;

/** A code of a refusal, in a text that tells what is thrown. */
const CODE = /`([a-z]+(?:_[a-z]+)+)`/g;

/**
 * How texts and types of this page become HTML.
 * @param {import('./public.mjs').Api} api
 */
function writer({ groups, types }) {
  /** @type {Map<string, string>} */
  const addresses = new Map();
  for (const { id, describes, entries } of groups) {
    for (const name of describes) addresses.set(name, `#${id}`);
    for (const { name } of entries) addresses.set(name, `#${name}`);
  }
  for (const { name } of types) addresses.set(name, `#type-${name}`);
  const { marked, contents } = reader((address) => address);
  const html = (/** @type {string} */ type) =>
    typeHtml(type, (name) => addresses.get(name) ?? null);
  const words = (/** @type {string} */ text) =>
    marked.parseInline(text.replace(LINK, (_, name) => `[\`${name}\`](${addresses.get(name)})`));
  return {
    contents,
    html,
    words,
    text: (/** @type {string} */ text) => marked.parse(text),
    /** @param {2 | 3} depth @param {string} id @param {string} text HTML */
    heading(depth, id, text) {
      contents.push({ id, depth, text });
      return `<h${depth} id="${id}">${text}</h${depth}>`;
    },
    /** @param {string} verb @param {Told} told */
    told: (verb, { type, text }) =>
      `<p><b>${verb}</b> <code>${html(type)}</code>${text && `: ${words(text.replace(CODE, '[$&](./errors.html#$1)'))}`}</p>`,
  };
}

/** @typedef {ReturnType<typeof writer>} Writer */

/** @param {string} title @param {Field[]} fields @param {Writer} write */
function table(title, fields, { html, words }) {
  // What is only the sum of the parts that follow it needs no row.
  const told = fields.filter(({ type, text }) => type !== 'object' || text);
  const rows = told.map(({ name, optional, type, initial, text }) => {
    const standard = initial === null ? '' : ` Default: <code>${escapeXml(initial)}</code>.`;
    return `<tr><td><code>${escapeXml(name)}${optional ? '?' : ''}</code></td><td><code>${html(type)}</code></td><td>${words(text)}${standard && text && '.'}${standard}</td></tr>`;
  });
  return scrolling(
    title,
    `<table><thead><tr><th>name</th><th>type</th><th>what</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
  );
}

/** The type of a parameter, written out where its parts are documented. @param {Entry} entry @param {Field} param */
function typeOf({ params }, { name, type }) {
  const parts = params.filter((part) => part.name.startsWith(`${name}.`));
  if (parts.length === 0) return type;
  const written = parts.map(
    (part) => `${part.name.slice(name.length + 1)}${part.optional ? '?' : ''}: ${part.type}`,
  );
  return `{ ${written.join(', ')} }`;
}

/** @param {Entry} entry @param {Writer} write */
function signature(entry, { html }) {
  if (entry.kind === 'class') return `class ${entry.name} extends Error`;
  if (entry.type) return `${entry.name}: ${html(entry.type)}`;
  const generic = entry.templates.map(
    ({ name, type, initial }) => `${name} extends ${html(type)} = ${html(String(initial))}`,
  );
  const params = entry.params
    .filter(({ name }) => !name.includes('.'))
    .map((param) => `${param.name}${param.optional ? '?' : ''}: ${html(typeOf(entry, param))}`);
  const result = html(entry.returns?.type ?? 'void');
  return `${entry.name}${generic.length ? `&lt;${generic.join(', ')}&gt;` : ''}(${params.join(', ')}): ${result}`;
}

/** @param {Entry} entry @param {Writer} write */
const section = (entry, write) => `
${write.heading(3, entry.name, `<code>${entry.name}</code>`)}
<pre class="signature" tabindex="0"><code>${signature(entry, write)}</code></pre>
<p>${write.words(entry.text)}</p>
${entry.params.length ? table(`Parameters of ${entry.name}`, entry.params, write) : ''}
${entry.returns ? write.told('Returns', entry.returns) : ''}
${entry.throws.map((error) => write.told('Throws', error)).join('\n')}
${codeBlock(String(entry.example))}`;

/** @param {Type} type @param {Writer} write */
const typeSection = (type, write) => `
${write.heading(3, `type-${type.name}`, `<code>${type.name}</code>`)}
${type.text ? `<p>${write.words(type.text)}</p>` : ''}
${type.fields.length ? table(`Properties of ${type.name}`, type.fields, write) : `<pre class="signature" tabindex="0"><code>${write.html(type.type)}</code></pre>`}`;

/** @returns {import('./page.mjs').Made} */
export function apiPage() {
  const api = readApi();
  const write = writer(api);
  const parts = api.groups.flatMap(({ id, title, entries }) => [
    write.heading(2, id, title),
    ...entries.map((entry) => section(entry, write)),
  ]);
  parts.push(write.heading(2, 'types', 'Types'));
  parts.push(...api.types.map((type) => typeSection(type, write)));
  const lead = /** @type {string} */ (write.text(LEAD));
  return { title: 'The API', lead, body: parts.join('\n'), contents: write.contents };
}
