// What the npm package makes public, as data read from the JSDoc of web/engine: its functions in groups, and the types
// that they name. The page about it and its tests are made from this.
import { join } from 'node:path';
import { ROOT } from '../machine.mjs';
import { readModule } from './jsdoc.mjs';
import { namesIn } from './types.mjs';

/** @typedef {import('./jsdoc.mjs').Entry} Entry */
/** @typedef {import('./jsdoc.mjs').Type} Type */
/**
 * @typedef {{ id: string, title: string, describes: string[], entries: Entry[] }} Group `describes`: names of types;
 *   entries that have the names of others are called by what they belong to, as "background.run"
 */
/** @typedef {{ groups: Group[], types: Type[] }} Api */

/**
 * The parts of the API, and the modules whose documented entries they have; `of`: what these belong to.
 * @type {{ id: string, title: string, modules: string[], describes: string[], of?: string }[]}
 */
const GROUPS = [
  { id: 'loading', title: 'Loading and refusals', modules: ['index', 'error'], describes: [] },
  { id: 'core', title: 'Every engine', modules: ['core'], describes: ['CoreEngine'] },
  {
    ...{ id: 'whole', title: 'The whole engine', modules: ['text'] },
    describes: ['Engine', 'TextEngine'],
  },
  {
    ...{ id: 'stacks', title: 'Stacks of layers, in the whole engine', modules: ['stack'] },
    describes: ['StackEngine'],
  },
  {
    ...{ id: 'background', title: 'In the background, with promises', modules: ['background'] },
    ...{ describes: ['Background'], of: 'background.' },
  },
];

/** Modules that have types. */
const TYPES = ['types', 'layer', 'stack', 'error', 'background'];

/** `{@link Name}` within a text. */
export const LINK = /\{@link (\w+)\}/g;

const moduleOf = (/** @type {string} */ name) => readModule(join(ROOT, `web/engine/${name}.js`));

/** What has an example is there for users; other comments are for those who read the source. @param {Entry} entry */
const isPublic = ({ example }) => example !== null;

/** Not merely another module's by the same name. @param {Type} type */
const isOwn = ({ name, type }) => !namesIn(type).includes(name);

/** The names of types that an entry mentions. @param {Entry} entry */
const mentioned = ({ text, templates, params, type, returns, throws }) => [
  ...[...templates, ...params, ...throws].flatMap((told) => namesIn(told.type)),
  ...(returns ? namesIn(returns.type) : []),
  ...(type ? namesIn(type) : []),
  ...[...text.matchAll(LINK)].map(([, name]) => name),
];

/** @returns {Api} types: those that the entries name, or that these name in turn */
export function readApi() {
  const groups = GROUPS.map(({ modules, of = '', ...group }) => ({
    ...group,
    entries: modules
      .flatMap((name) => moduleOf(name).entries)
      .filter(isPublic)
      .map((entry) => ({ ...entry, name: of + entry.name })),
  }));
  const all = TYPES.flatMap((name) => moduleOf(name).types).filter(isOwn);
  /** @type {Set<Type>} */
  const named = new Set();
  const follow = (/** @type {string[]} */ names) => {
    for (const type of all.filter(({ name }) => names.includes(name))) {
      if (named.has(type)) continue;
      named.add(type);
      follow([type.type, ...type.fields.map((field) => field.type)].flatMap(namesIn));
    }
  };
  for (const { entries } of groups) follow(entries.flatMap(mentioned));
  return { groups, types: all.filter((type) => named.has(type)) };
}
