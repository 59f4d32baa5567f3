// From the attributes of <conv-scope> to the state of a stack, and back. As for one layer, what cannot be read counts as not there,
// and a problem says so; what is shown stays.

import { LONGEST_LINK } from '../attributes/read.js';
import { stackText } from '../url.js';
import { readLayers, writeLayers } from './layers.js';
import { readStackLink } from './link.js';
import { shapeFor, usualShape } from './shape.js';
import { makeStackState } from './store.js';
import { layersText, readLayersText } from './text.js';
import { readShape } from './values.js';

/**
 * @typedef {import('./store.js').StackState} StackState
 * @typedef {import('../attributes/read.js').Problem} Problem
 * @typedef {{ layers: import('../../engine/stack.js').StackLayer[], inputShape: number[]|null, ignored: string[] }} Parsed
 * @typedef {{ parsed: Parsed } | { refusal: import('../../i18n/refusal.js').Sentence }} Reading
 * @typedef {object} Settled
 * @property {StackState} state
 * @property {Problem[]} problems
 * @property {import('../../i18n/refusal.js').Sentence|null} refusal why the layers cannot be read
 * @property {string[]} ignored what of the source a stack has nothing like
 */

/** The longest source that is read: what has more letters has more layers than the engine takes. */
const LONGEST_SOURCE = 1 << 20;

/** Attributes that say which stack it is; each puts the others' part anew. */
const WHOLE = ['link', 'stack'];

/**
 * @param {StackState|null} base what is shown; null: nothing yet
 * @param {ReadonlyMap<string, string>} all attributes, by name
 * @param {ReadonlySet<string>} names those to be read
 * @param {(text: string) => Reading} parse a Sequential
 * @param {() => StackState} opening where nothing else is said
 * @returns {Settled}
 */
export function readStackAttributes(base, all, names, parse, opening) {
  /** @type {Settled} */
  const settled = { state: base ?? opening(), problems: [], refusal: null, ignored: [] };
  const isWhole = !base || WHOLE.some((name) => names.has(name));
  const reads = (/** @type {string} */ name) => (isWhole || names.has(name)) && all.has(name);
  const text = (/** @type {string} */ name) => all.get(name) ?? '';
  const refuse = (
    /** @type {string} */ attribute,
    /** @type {string} */ id,
    /** @type {Record<string, string|number>} */ values = {},
  ) => void settled.problems.push({ attribute, id, values });

  if (reads('link')) readLink(text('link'), settled, refuse);
  if (reads('stack')) readStack(text('stack'), settled, refuse, parse);
  if (reads('shape')) {
    const shape = readShape(text('shape').slice(0, LONGEST_SHAPE));
    if (shape) settled.state = withShape(settled.state, shape.join(', '));
    else refuse('shape', 'shape', { text: text('shape') });
  } else if (names.has('shape') && !isWhole) {
    const { layers } = readLayers(settled.state.layers);
    settled.state = withShape(settled.state, usualShape(layers));
  }
  if (reads('selected')) select(text('selected'), settled, refuse);
  return settled;
}

/** Letters of a shape: more axes than there are. */
const LONGEST_SHAPE = 200;

/** @param {StackState} state @param {string} shape @returns {StackState} */
const withShape = (state, shape) => ({ ...state, shape, example: null });

/** @typedef {(attribute: string, id: string, values?: Record<string, string|number>) => void} Refuse */

/** @param {string} text @param {Settled} settled @param {Refuse} refuse */
function readLink(text, settled, refuse) {
  if (text.length > LONGEST_LINK) return refuse('link', 'long', { max: LONGEST_LINK });
  const link = stackText(text.slice(text.indexOf('#') + 1));
  const read = link === null ? /** @type {const} */ ({ problem: 'settings' }) : readStackLink(link);
  if ('problem' in read) return refuse('link', `link.${read.problem}`);
  settled.state = read.state;
}

/** The short text of links, or a Sequential. @param {string} text @param {Settled} settled @param {Refuse} refuse @param {(text: string) => Reading} parse */
function readStack(text, settled, refuse, parse) {
  if (text.length > LONGEST_SOURCE) return refuse('stack', 'long', { max: LONGEST_SOURCE });
  const written = text.trim().replace(/;$/, '');
  const short = written === '' ? null : readLayersText(written);
  if (short) {
    const shape = usualShape(readLayers(short).layers);
    settled.state = makeStackState({ layers: short, shape });
    return;
  }
  const reading = parse(text);
  if ('refusal' in reading) {
    settled.refusal = reading.refusal;
    return;
  }
  const { layers, inputShape, ignored } = reading.parsed;
  const usual = usualShape(layers);
  const shape = shapeFor(layers, inputShape, usual) ?? usual;
  settled.state = makeStackState({ layers: writeLayers(layers, 1), shape });
  settled.ignored = ignored;
}

/** "3" is a layer, "3 0 1" a cell of its output. @param {string} text @param {Settled} settled @param {Refuse} refuse */
function select(text, settled, refuse) {
  const match = /^\s*(?:layer\s+)?(\d{1,4})((?:[\s,:]+\d{1,7}){0,3})\s*$/i.exec(text);
  const layer = match && settled.state.layers[Number(match[1])];
  if (!layer) return refuse('selected', 'layerCell', { text });
  const cell = match[2]
    .split(/[\s,:]+/)
    .filter(Boolean)
    .map(Number);
  settled.state = { ...settled.state, selected: layer.id, cell: cell.length ? cell : null };
}

/** The attributes of an element that shows a stack: the inverse. @param {StackState} state @returns {Record<string, string>} */
export function stackAttributes({ layers, shape, selected, cell }) {
  const place = layers.findIndex(({ id }) => id === selected);
  return {
    stack: layersText(layers),
    shape,
    ...(place < 0 ? {} : { selected: [place, ...(cell ?? [])].join(' ') }),
  };
}
