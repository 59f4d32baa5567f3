// The figure of a stack of layers: attributes → state → views in the shadow tree of its element. Loaded, with the whole
// engine, when there is one.

import { render } from 'lit';
import { ConvError, createEngine } from '../../engine/index.js';
import { addWords, commaList, t } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { stackEn } from '../../i18n/stack.en.js';
import { travelByKey } from '../../scope.js';
import { createStackModel } from '../../stack/model.js';
import { createFlow, flowingOf, workOf } from '../../stack/values.js';
import { STACK_ATTRIBUTES, STATE_ATTRIBUTES } from '../../state/attributes/table.js';
import { readStackAttributes } from '../../state/stack/attributes.js';
import { writeStackLink } from '../../state/stack/link.js';
import { named, presetState, STACK_PRESETS } from '../../state/stack/presets.js';
import { createStackStore } from '../../state/stack/store.js';
import { PATIENCE } from '../../state/work.js';
import stackStyles from '../../styles/stack.css?inline';
import { STACK_VIEWS, stackFigure } from '../../views/stack/stack-figure.js';
import { createWaiting } from '../../waiting.js';
import { loadBackground } from '../background.js';
import { readOptions } from '../options.js';
import { refusalOf } from '../settle.js';
import { adoptStyles } from '../sheets.js';

addWords(stackEn);

/** @typedef {import('../../engine/index.js').Engine} Engine */
/** @typedef {import('../../state/stack/store.js').StackState} StackState */
/** @typedef {import('../../stack/model.js').StackModel} StackModel */

/** @type {import('../options.js').Looks<import('../../views/stack/stack-figure.js').StackView>} */
const LOOKS = {
  views: STACK_VIEWS,
  aliases: {
    controls: 'settings',
    table: 'layers',
    maps: 'field',
    cell: 'field',
    solve: 'solver',
    numbers: 'values',
  },
  initial: ['layers', 'field', 'overlap'],
  stepping: ['layers', 'field', 'overlap'],
};

/** Attributes that a stack reads. */
const READ = ['link', ...STACK_ATTRIBUTES, 'selected'];
/** Those that may fit once another has changed. */
const RETRIED = ['shape', 'selected'];
/** Those that say something of one layer alone. */
const OF_LAYERS = [...STATE_ATTRIBUTES.filter((name) => !READ.includes(name)), 'steps-only'];

const opening = () => presetState(STACK_PRESETS[0]);

/** Loads what such a figure needs. @returns {Promise<import('../figure.js').MakeFigure>} */
export async function loadStackFigure() {
  const engine = await createEngine();
  return (host) => createStackFigure(engine, host);
}

/** @param {Engine} engine @param {import('../figure.js').FigureHost} host @returns {import('../figure.js').Figure} */
function createStackFigure(engine, { element, root, home, drawn, tell, open }) {
  const compute = createStackModel(engine);
  const waiting = createWaiting(loadBackground, () => draw());
  const flow = createFlow(engine, waiting);
  /** of what the reader asked for although it takes long @type {import('../../engine/stack.js').Stack|null} */
  let asked = null;
  /** what was refused, by attribute @type {Map<string, string>} */
  let refusals = new Map();
  let options = readOptions(element, home(), LOOKS);
  /** what of the state the last event told, or the last attributes set @type {unknown[]} */
  let told = [];
  /** while attributes are read: their author knows of that change */
  let quiet = true;

  /** @param {string} text @returns {import('../../state/stack/attributes.js').Reading} */
  const parse = (text) => {
    try {
      return { parsed: engine.parseStack(text) };
    } catch (error) {
      if (!(error instanceof ConvError)) throw error;
      return { refusal: error };
    }
  };

  /**
   * @param {StackState|null} base @param {ReadonlySet<string>} names
   * @param {readonly string[]} [retried] of these, those that were refused and may fit now: else what is shown stays
   * @returns {StackState}
   */
  const settle = (base, names, retried = []) => {
    const without = (/** @type {string} */ name) => new Set([...names].filter((n) => n !== name));
    // What says which stack it is does not depend on others.
    const kept = [...refusals].filter(
      ([name]) => base && !RETRIED.includes(name) && !names.has(name),
    );
    const all = new Map(
      READ.flatMap((name) => {
        const text = element.getAttribute(name);
        return text === null ? [] : [/** @type {[string, string]} */ ([name, text])];
      }),
    );
    let found = readStackAttributes(base, all, names, parse, opening);
    const problems = found.problems.map(
      (problem) => /** @type {[string, string]} */ ([problem.attribute, refusalOf(problem)]),
    );
    refusals = new Map([...kept, ...problems]);
    const { inputRefusal } = compute(found.state);
    if (inputRefusal && all.delete('shape')) {
      refusals.set('shape', refused('shape', inputRefusal));
      found = readStackAttributes(base, all, without('shape'), parse, opening);
    }
    if (found.refusal) refusals.set('stack', refused('stack', found.refusal));
    if (found.ignored.length)
      refusals.set('stack', t('stack.ignored', { names: commaList(found.ignored) }));
    const { cell } = found.state;
    const text = all.get('selected');
    if (cell && text !== undefined && compute(found.state).seen()?.cell.join() !== cell.join()) {
      refusals.set(
        'selected',
        refusalOf({ attribute: 'selected', id: 'layerCell', values: { text } }),
      );
      if (retried.includes('selected'))
        found = readStackAttributes(base, all, without('selected'), parse, opening);
    }
    return named(found.state);
  };

  const store = createStackStore(settle(null, new Set(READ)));

  /** Not every reader wants it: much work waits for a click. @param {number} layer @returns {import('../../views/stack/values.js').Flowing} */
  const flowing = (layer) => {
    const { layers, result } = compute(store.state);
    if (!result) throw new Error('a layer that works has a result');
    const work = workOf(layers, result, layer + 1);
    if (work > PATIENCE && asked !== result) {
      waiting.drop('values'); // of another state
      const ask = () => {
        asked = result;
        draw();
      };
      return { ask, work };
    }
    return flowingOf(flow('values', layers, result, layer + 1), layers, result, layer);
  };

  const draw = () => {
    if (!element.isConnected) return;
    const { views, readonly, home: address, problems } = options;
    const model = compute(store.state);
    const misplaced = OF_LAYERS.filter((name) => element.hasAttribute(name));
    render(
      stackFigure(model, {
        ...{ dispatch: store.dispatch, views, readonly },
        refusals: [
          ...problems.map(refusalOf),
          ...refusals.values(),
          ...(misplaced.length
            ? [t('attribute.ofLayers', { names: commaList(misplaced), other: 'stack' })]
            : []),
        ],
        ...{ flowing, stop: waiting.stop, again: waiting.again },
        link: address && open(address, writeStackLink(store.state)),
      }),
      root,
    );
    drawn();
    tellOf(model);
  };

  /** @param {StackModel} model */
  const tellOf = (model) => {
    const { state, result, problem } = model;
    if (!result || problem?.typed) return;
    const now = [state.layers, state.shape, state.selected, state.cell];
    const isNew = now.some((part, i) => part !== told[i]);
    told = now;
    if (isNew && !quiet) tell(changeOf(model, result));
  };

  /** Shows what the author of the page said: no event tells of it. */
  const show = () => {
    quiet = true;
    adoptStyles(root, stackStyles);
    draw();
    quiet = false;
  };

  store.subscribe(draw);
  show();

  return {
    update(changed) {
      options = readOptions(element, home(), LOOKS);
      const names = changed.filter((name) => READ.includes(name));
      quiet = true;
      if (names.length) {
        // A link that goes leaves nothing of what it said.
        const base = names.includes('link') && !element.hasAttribute('link') ? null : store.state;
        const retried = RETRIED.filter((name) => refusals.has(name) && !names.includes(name));
        store.dispatch.replace(settle(base, new Set([...names, ...retried]), retried));
      }
      show();
    },
    undoByKey: (event) => options.readonly || travelByKey(event, store),
    stop: waiting.end,
  };
}

/** @param {string} attribute @param {import('../../i18n/refusal.js').Refusal} refusal */
const refused = (attribute, refusal) =>
  t('attribute.refused', { attribute, message: refusalText(refusal) });

/** @param {StackModel} model @param {import('../../engine/stack.js').Stack} result @returns {import('../event.js').ConvScopeStackChange} */
function changeOf(model, { inputShape, layers, failure }) {
  const seen = model.seen();
  return {
    layers: structuredClone(model.layers),
    inputShape: [...inputShape],
    outputShape: failure ? null : [...(layers.at(-1)?.outputShape ?? inputShape)],
    failure: failure?.layer ?? null,
    ...{ layer: seen?.layer ?? null, cell: seen && [...seen.cell] },
    link: writeStackLink(model.state),
  };
}
