// Every sentence with which the engine can refuse something, read from its C++ sources, and those of the page for files:
// the template, as the refusal keeps it, and the texts that stand in its values.
import { readdirSync, readFileSync } from 'node:fs';

const CPP = new URL('../../cpp/', import.meta.url);

/** @typedef {{ file: string, template: string, texts: string[] }} Sentence */

/** A C++ string literal, or several in a row. */
const LITERALS = /^(?:"(?:[^"\\]|\\.)*"\s*)+$/s;
const LITERAL = /"((?:[^"\\]|\\.)*)"/gs;

/** A string, a character, or any one character of the code. */
const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'|[\s\S]/gy;

/** @param {string} piece */
const textOf = (piece) =>
  [...piece.matchAll(LITERAL)].map(([, text]) => JSON.parse(`"${text}"`)).join('');

/**
 * What stands between the bracket at `open` and its partner, cut at the commas of that level.
 * @param {string} source @param {number} open
 */
function pieces(source, open) {
  const list = [''];
  let depth = 0;
  for (let at = open; ; at++) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source)?.[0];
    if (token === undefined) throw new Error(`no end of: ${source.slice(open, open + 60)}`);
    if (/^[([{]$/.test(token) && depth++ === 0) continue;
    if (/^[)\]}]$/.test(token) && --depth === 0) break;
    at += token.length - 1;
    if (token === ',' && depth === 1) list.push('');
    else list[list.length - 1] += token;
  }
  return list.map((piece) => piece.trim()).filter(Boolean);
}

/** @returns {{ file: string, source: string }[]} without lines that are comments */
const sources = () =>
  readdirSync(CPP, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[ch]pp$/.test(file))
    .map((file) => ({
      file,
      source: readFileSync(new URL(file, CPP), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
    }));

/** Constants of the sources that hold a text. @param {{ source: string }[]} files @returns {Map<string, string>} */
const constantsOf = (files) =>
  new Map(
    files.flatMap(({ source }) =>
      [...source.matchAll(/constexpr char (k\w+)\[\]\s*=\s*((?:"(?:[^"\\]|\\.)*"\s*)+);/g)].map(
        ([, name, literals]) => [name, textOf(literals)],
      ),
    ),
  );

/**
 * A sentence of these pieces: literals are wording, all else is a value.
 * @param {string} file @param {string[]} list @param {Map<string, string>} constants @returns {Sentence}
 */
function sentenceOf(file, list, constants) {
  let template = '';
  let values = 0;
  /** @type {string[]} */
  const texts = [];
  for (const piece of list) {
    const literal = LITERALS.test(piece) ? textOf(piece) : constants.get(piece);
    template += literal ?? `{${values++}}`;
    if (literal === undefined) texts.push(...[...piece.matchAll(LITERAL)].map(([l]) => textOf(l)));
  }
  return { file, template, texts };
}

/** @returns {Sentence[]} of refusals */
export function sentencesOfEngine() {
  const files = sources();
  const constants = constantsOf(files);
  return files.flatMap(({ file, source }) =>
    [...source.matchAll(/\brefuse(?:_at)?\(/g)].flatMap((call) => {
      const message = pieces(source, call.index + call[0].length - 1)[2];
      return message?.startsWith('{') ? [sentenceOf(file, pieces(message, 0), constants)] : [];
    }),
  );
}

/** @returns {Sentence[]} what compare and diagnose say of the numbers: sentences, and the clauses they are made of */
export function sentencesOfFindings() {
  const files = sources().filter(({ file }) => /^(?:diagnose\/|compare\.cpp)/.test(file));
  return files.flatMap(({ file, source }) => [
    ...[...source.matchAll(/\bsay\(/g)].map((call) =>
      sentenceOf(file, pieces(source, call.index + call[0].length - 1), new Map()),
    ),
    ...[
      ...source.matchAll(
        /(?:\breturn|[?:=]|cause_of\(\*nearest_,)\s*((?:"(?:[^"\\]|\\.)*"\s*)+)(?=[;:,)])/g,
      ),
    ]
      .map(([, literals]) => ({ file, template: textOf(literals), texts: [] }))
      .filter(({ template }) => /[a-z]+ [a-z]/i.test(template)),
  ]);
}

const FILES = new URL('../../web/state/files/', import.meta.url);

/** What stands in a template literal from `at` on. @param {string} source @param {number} at @returns {{ template: string, inner: string[], end: number }} */
function templateAt(source, at) {
  let template = '';
  /** @type {string[]} */
  const inner = [];
  for (; source[at] !== '`'; at++) {
    if (source[at] === '\\') {
      template += JSON.parse(`"${source.slice(at, at + 2)}"`);
      at++;
      continue;
    }
    if (source.startsWith('${', at)) {
      const begin = at + 2;
      for (let depth = 1, from = begin; depth > 0; at = from++) {
        if (source[from] === '`') from = templateAt(source, from + 1).end + 1;
        depth += source[from] === '{' ? 1 : source[from] === '}' ? -1 : 0;
      }
      template += `{${inner.length}}`;
      inner.push(source.slice(begin, at));
    } else template += source[at];
  }
  return { template, inner, end: at };
}

/** @returns {Sentence[]} */
export function sentencesOfFiles() {
  return readdirSync(FILES).flatMap((file) => {
    const source = readFileSync(new URL(file, FILES), 'utf8');
    return [...source.matchAll(/\bsay`/g)].map((call) => {
      const { template, inner } = templateAt(source, call.index + call[0].length);
      const texts = inner.flatMap((value) => [
        ...[...value.matchAll(/`/g)]
          .filter((_, n) => n % 2 === 0)
          .map(({ index }) => templateAt(value, index + 1).template),
        ...[...value.matchAll(/'([^']*)'/g)].map(([, text]) => text),
      ]);
      return { file, template, texts };
    });
  });
}
