// The figure of one layer: attributes → state → views in the shadow tree of its element.

import { render } from 'lit';
import { createEngine } from '../engine/index.js';
import { t } from '../i18n/index.js';
import { createScope } from '../scope.js';
import { STATE_ATTRIBUTES } from '../state/attributes/table.js';
import { writeLink } from '../state/url.js';
import { figure } from '../views/figure.js';
import { createWaiting } from '../waiting.js';
import { loadBackground } from './background.js';
import { changeOf } from './event.js';
import { LAYER_LOOKS, readOptions } from './options.js';
import { refusalOf, settle } from './settle.js';

/** @typedef {import('../state/store.js').State} State */
/** @typedef {import('../model.js').Model} Model */

/** The panel of the page whose numbers a view shows. @type {Record<string, string>} */
const PANELS = { formula: 'size', channels: 'channels', gradients: 'gradient', overlap: 'overlap' };

/** Loads what such a figure needs. @returns {Promise<import('./figure.js').MakeFigure>} */
export async function loadLayerFigure() {
  const engine = await createEngine({ part: 'core' });
  return (host) => createLayerFigure(engine, host);
}

/** @param {any} engine its core @param {import('./figure.js').FigureHost} host @returns {import('./figure.js').Figure} */
function createLayerFigure(engine, { element, root, opening, home, drawn, tell, open }) {
  /** @type {import('./settle.js').Refusals} */
  let refusals = new Map();
  let options = readOptions(element, home(), LAYER_LOOKS);
  /** of the state as last shown, once it pauses */
  let link = '';
  /** what of the state the last event told, or the last attributes set @type {unknown[]} */
  let told = [];
  /** while attributes are read: their author knows of that change */
  let quiet = true;

  const attributes = () =>
    new Map(
      STATE_ATTRIBUTES.flatMap((name) => {
        const text = element.getAttribute(name);
        return text === null ? [] : [/** @type {[string, string]} */ ([name, text])];
      }),
    );

  /**
   * @param {(state: State) => Model} modelOf @param {State|null} base @param {Map<string, string>} all
   * @param {Iterable<string>} names @param {Iterable<string>} [retried]
   */
  const settled = (modelOf, base, all, names, retried) => {
    const found = settle(modelOf, base, all, names, opening, retried);
    refusals = found.refusals;
    const { state } = found;
    // A figure to step through begins at its beginning.
    const begins = !base && options.stepsOnly && state.step === null;
    return begins ? { ...state, step: 0, selected: null } : state;
  };

  /** @param {Model} model @param {import('../scope.js').ScopeContext} context @param {boolean} isSettled */
  const draw = (model, context, isSettled) => {
    if (!element.isConnected) return;
    const { views, readonly, stepsOnly, home: address, problems } = options;
    if (!model.stale && (isSettled || !link)) link = writeLink(model.state);
    const misplaced = element.hasAttribute('shape')
      ? [t('attribute.ofStacks', { attribute: 'shape', other: 'stack' })]
      : [];
    render(
      figure(model, {
        ...context,
        views,
        readonly,
        stepsOnly,
        refusals: [...problems.map(refusalOf), ...refusals.values(), ...misplaced],
        link: address && open(address, link),
        readBlock: async () => ({ refusal: t('element.blockPaste') }),
      }),
      root,
    );
    drawn();
    tellOf(model);
  };

  /** @param {Model} model */
  const tellOf = ({ state, stale, result }) => {
    const now = [
      ...[state.op, state.text, state.paddingKind, state.paddingMode, state.hasBias, state.flip],
      ...[state.input, state.weight, state.bias, state.method, state.step, state.selected],
    ];
    if (quiet) told = now; // even if it is still computed
    if (stale || !result) return;
    const isNew = now.some((part, i) => part !== told[i]);
    told = now;
    if (isNew) tell(changeOf(result, state));
  };

  const comparesMethods = () => options.views.has('steps') && !options.stepsOnly;
  const first = attributes();
  const scope = createScope({
    engine,
    waitingFor: (changed) => createWaiting(loadBackground, changed),
    state: (modelOf) => settled(modelOf, null, first, first.keys()),
    panels: () => [...options.views].map((view) => PANELS[view]),
    waits: (model, isSettled) =>
      (comparesMethods() && !model.agreement) || (!isSettled && options.home !== null),
    draw,
  });

  /** Shows what the author of the page said: no event tells of it. */
  const show = () => {
    quiet = true;
    scope.show();
    quiet = false;
  };
  show();

  return {
    update(changed) {
      options = readOptions(element, home(), LAYER_LOOKS);
      const names = changed.filter((name) => STATE_ATTRIBUTES.includes(name));
      quiet = true;
      if (names.length) {
        const all = attributes();
        const fresh = names.includes('link');
        const base = fresh ? null : scope.store.state;
        const retried = fresh ? [] : [...refusals.keys()].filter((name) => !names.includes(name));
        const read = fresh ? all.keys() : [...names, ...retried];
        scope.store.dispatch.replace(settled(scope.modelOf, base, all, read, retried));
      }
      show();
    },
    undoByKey: (event) => options.readonly || scope.undoByKey(event),
    stop: scope.stop,
  };
}
