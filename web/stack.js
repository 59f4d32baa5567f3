// Wires the view of a stack: state → engine → views, and back only through the store's actions. Loaded when somebody
// first asks for it.

import { render } from 'lit';
import './styles/stack.css';
import { createCopier } from './copier.js';
import { ConvError } from './engine/index.js';
import { addWords } from './i18n/index.js';
import { stackEn } from './i18n/stack.en.js';
import { createStackModel } from './stack/model.js';
import { createFlow, flowingOf, inputAt } from './stack/values.js';
import { stackAttributes } from './state/stack/attributes.js';
import { isAsked, readStackLink, writeStackLink } from './state/stack/link.js';
import { isWhole, openState } from './state/stack/open.js';
import { named, presetState, STACK_PRESETS } from './state/stack/presets.js';
import { shapeFor } from './state/stack/shape.js';
import { createStackStore } from './state/stack/store.js';
import { stack } from './views/stack/stack.js';
import { stackTitle } from './views/stack/stack-title.js';

addWords(stackEn);

/** @typedef {import('./engine/index.js').Engine} Engine */
/** @typedef {import('./engine/stack.js').StackLayer} StackLayer */

/** @typedef {import('./engine/stack.js').Stack} Stack */
/** @typedef {import('./engine/stack.js').StackRun} StackRun */
/** @typedef {import('./views/stack/take-out.js').TakenOut} TakenOut */
/** @typedef {typeof import('./state/export/stack/index.js')} Exporter */

const opening = () => presetState(STACK_PRESETS[0]);

/** @param {string|null} text of a link @returns {{ state: import('./state/stack/store.js').StackState, problem: string|null }} */
function fromLink(text) {
  if (text === null) return { state: opening(), problem: null };
  const link = readStackLink(text);
  if ('problem' in link) return { state: opening(), problem: `link.${link.problem}` };
  return { state: named(link.state), problem: null };
}

/**
 * @param {Engine} engine the whole of it
 * @param {string|null} link the text of one, or null for the first preset
 * @param {{ changed: () => void, open: (state: import('./state/store.js').State) => void, save: (name: string,
 *   content: string|Uint8Array, type: string) => void, waitingFor: (changed: () => void) => import('./waiting.js').Waiting }} page
 *   `changed` is told of each change, once it is drawn; `open` shows one layer; `waitingFor` makes what has numbers computed
 *   in the background where that takes long
 */
export function createStack(engine, link, { changed, open, save, waitingFor }) {
  const host = document.createElement('div');
  host.className = 'stack';
  const first = fromLink(link);
  let { problem } = first;
  const store = createStackStore(first.state);
  const compute = createStackModel(engine);
  const { dispatch } = store;
  /** @type {import('./views/stack/sequential.js').Reading} */
  let reading = null;
  /** @type {Exporter|null} */
  let exporter = null;
  let loading = false;
  let exporterFailed = false;
  /** @type {{ result: Stack, format: string, found: TakenOut }|null} */
  let taken = null;
  /** The layer that is to be opened once its numbers are there. @type {{ layers: StackLayer[], result: Stack, index: number }|null} */
  let opening = null;
  const waiting = waitingFor(() => {
    followOpening();
    show();
  });
  const valuesOf = createFlow(engine, waiting);

  const show = () => {
    render(stack(compute(store.state), ctx), host);
    changed();
  };
  const copier = createCopier(show);

  /** Takes the text that was pasted, as the stack. */
  const read = () => {
    try {
      const { layers, inputShape, ignored } = engine.parseStack(store.state.pasted);
      reading = { count: layers.length, ignored };
      dispatch.setLayers(layers, { shape: shapeFor(layers, inputShape, store.state.shape) });
    } catch (error) {
      if (!(error instanceof ConvError)) throw error;
      reading = { refusal: error };
    }
    show();
  };

  /** @type {import('./views/stack/stack.js').StackContext} */
  const ctx = {
    dispatch,
    get reading() {
      return reading;
    },
    read,
    openLayer: (index) => {
      const { layers, result } = compute(store.state);
      if (!result) return;
      opening = { layers, result, index };
      followOpening();
      show();
    },
    get opening() {
      return opening && opened(opening).wait;
    },
    stop: (name) => {
      if (name !== 'open') return waiting.stop(name);
      opening = null; // a click asks for it again
      waiting.drop(name);
      show();
    },
    again: waiting.again,
    flowing: (layer) => flowing(layer),
    takenOut: () => takeOut(compute(store.state)),
    get copied() {
      return copier.copied !== null;
    },
    copy: (text) => copier.copy('stack', text),
    save,
  };

  /** @param {number} layer @returns {import('./views/stack/values.js').Flowing} */
  const flowing = (layer) => {
    const { layers, result } = compute(store.state);
    if (!result) throw new Error('a layer that works has a result');
    return flowingOf(valuesOf('values', layers, result, layer + 1), layers, result, layer);
  };

  /** @param {NonNullable<typeof opening>} asked */
  const opened = ({ layers, result, index }) => {
    if (!isWhole(layers[index], result.layers[index], result.batched))
      return { value: null, wait: null };
    return valuesOf('open', layers, result, index + 1);
  };

  /** Opens the layer that was asked for, if its numbers are there. */
  const followOpening = () => {
    if (!opening) return;
    const { layers, result, index } = opening;
    const { value, wait } = opened(opening);
    if (wait) return;
    opening = null;
    const values = value && 'outputs' in value ? valuesAt(layers, result, index, value) : null;
    open(openState(layers[index], result.layers[index], result.batched, values));
  };

  /** @param {import('./stack/model.js').StackModel} model @returns {TakenOut} */
  const takeOut = ({ state: { format }, layers, result }) => {
    if (!result) return 'failed';
    if (!exporter) {
      loadExporter();
      return exporterFailed ? 'failed' : 'loading';
    }
    if (taken?.result === result && taken.format === format) return taken.found;
    let run = /** @type {StackRun|null} */ (null);
    if (format === 'onnx' && result.batched) {
      const { value, wait } = valuesOf('export', layers, result, layers.length);
      if (wait) return { wait };
      if (!value || 'refusal' in value) return value ?? 'failed';
      run = value;
    }
    taken = { result, format, found: exporter.exportStack(format, layers, result, run) };
    return taken.found;
  };

  const loadExporter = async () => {
    if (loading) return;
    loading = true;
    try {
      exporter = await import('./state/export/stack/index.js');
    } catch {
      exporterFailed = true;
    }
    show();
  };
  store.subscribe(() => {
    problem = null;
    opening = null;
    waiting.drop('open');
    if (store.state.panel !== 'values') waiting.drop('values');
    show();
  });
  return {
    host,
    store,
    show,
    /** Key of a message on the link that was opened last. */
    problem: () => problem,
    link: () => writeStackLink(store.state),
    /** What others can show of it. @returns {import('./share.js').Shared} */
    shared: () => {
      const model = compute(store.state);
      const isReadable = model.inputShape && !model.inputRefusal && !model.problem?.typed;
      // Attributes do not tell what the solver was asked: then the link does.
      const own = isAsked(store.state) ? {} : stackAttributes(store.state);
      return { of: 'stack', content: isReadable ? { title: stackTitle(model), own } : null };
    },
    /** @param {string} text that was pasted anywhere on the page */
    paste(text) {
      dispatch.setPasted(text);
      dispatch.setPanel('paste');
      read();
    },
    /** @param {string} text of another link */
    open(text) {
      const next = fromLink(text);
      if (writeStackLink(next.state) !== writeStackLink(store.state))
        store.dispatch.replace(next.state);
      problem = next.problem;
      show();
    },
  };
}

/** @typedef {ReturnType<typeof createStack>} StackPart */

/** The numbers that flow through one layer. @param {StackLayer[]} layers @param {Stack} result @param {number} index @param {StackRun} run */
function valuesAt(layers, result, index, run) {
  const own = run.parameters[index];
  const { data } = inputAt(layers, result, index, run);
  return own && { input: data, weight: own.weight.data, bias: own.bias?.data ?? null };
}
