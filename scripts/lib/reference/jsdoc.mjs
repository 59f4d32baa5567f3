// What the JSDoc of a module says: its types, and its documented functions, classes and members. The comments are found
// by vite's parser and taken apart by comment-parser. Gives data; knows nothing of pages.
import { readFileSync } from 'node:fs';
import { parse } from 'comment-parser';
import { parseSync, Visitor } from 'vite';

/**
 * @typedef {{ name: string, type: string, optional: boolean, initial: string | null, text: string }} Field a parameter,
 *   a property or a type parameter; `initial`: its default
 * @typedef {{ type: string, text: string }} Told what is returned or thrown
 * @typedef {{ name: string, text: string, kind: 'function' | 'class' | 'value', templates: Field[], params: Field[],
 *   type: string | null, returns: Told | null, throws: Told[], example: string | null }} Entry `type`: of a value
 * @typedef {{ name: string, text: string, type: string, fields: Field[] }} Type `type` is "object" where fields follow
 * @typedef {import('comment-parser').Spec} Tag
 */

/** A text over several lines as one. @param {string} text */
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {Tag} tag @returns {Field} */
const fieldOf = ({ name, type, optional, default: initial, description }) => ({
  name,
  type: flat(type),
  optional,
  initial: initial ?? null,
  text: flat(description),
});

/** Of a tag without a name, whose first word comment-parser takes for one. @param {Tag} tag @returns {Told} */
const toldOf = ({ type, name, description }) => ({
  type: flat(type),
  text: flat(`${name} ${description}`),
});

/** @param {string} comment with its delimiters */
const blockOf = (comment) => parse(comment, { spacing: 'preserve' })[0];

/** @param {Tag[]} tags */
const finder =
  (tags) =>
  (/** @type {string[]} */ ...names) =>
    tags.filter(({ tag }) => names.includes(tag));

/** @param {string} comment @returns {Type[]} usually one, or none */
function typesOf(comment) {
  const tags = finder(blockOf(comment)?.tags ?? []);
  const fields = tags('property').map(fieldOf);
  return tags('typedef').map(({ name, type, description }) => ({
    ...{ name, type: flat(type), text: flat(description || (blockOf(comment).description ?? '')) },
    fields: type === 'object' ? fields : [],
  }));
}

/** @param {string} name @param {Entry['kind']} kind @param {string} comment @returns {Entry} */
function entryOf(name, kind, comment) {
  const block = blockOf(comment);
  const tags = finder(block.tags);
  const [type] = tags('type');
  const [returns] = tags('returns');
  const [example] = tags('example');
  return {
    ...{ name, kind: type ? 'value' : kind, text: flat(block.description) },
    templates: tags('template').map(fieldOf),
    params: tags('param').map(fieldOf),
    type: type ? flat(type.type) : null,
    returns: returns ? toldOf(returns) : null,
    throws: tags('throws').map(toldOf),
    example: example ? example.description.trim() : null,
  };
}

/**
 * @param {string} path of a module
 * @returns {{ types: Type[], entries: Entry[] }} entries: what is exported, and the members of what is given as an
 *   object literal, where a comment stands before them
 */
export function readModule(path) {
  const source = readFileSync(path, 'utf8');
  const { program, comments, errors } = parseSync(path, source);
  if (errors.length) throw new Error(`${path}: ${errors[0].message}`);
  const docs = comments
    .filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .map(({ start, end }) => ({ end, text: source.slice(start, end) }));
  const before = (/** @type {number} */ start) =>
    docs.findLast(({ end }) => end <= start && source.slice(end, start).trim() === '')?.text;

  /** @type {Entry[]} */
  const entries = [];
  const add = (
    /** @type {any} */ key,
    /** @type {Entry['kind']} */ kind,
    /** @type {number} */ start,
  ) => {
    const comment = before(start);
    if (comment && key?.type === 'Identifier') entries.push(entryOf(key.name, kind, comment));
  };
  new Visitor({
    ExportNamedDeclaration({ declaration, start }) {
      if (declaration?.type === 'FunctionDeclaration') add(declaration.id, 'function', start);
      if (declaration?.type === 'ClassDeclaration') add(declaration.id, 'class', start);
    },
    Property({ key, start }) {
      add(key, 'function', start);
    },
  }).visit(program);
  return { types: docs.flatMap(({ text }) => typesOf(text)), entries };
}
