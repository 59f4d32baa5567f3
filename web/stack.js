// Wires the view of a stack: state → engine → views, and back only through the store's actions. Loaded when somebody
// first asks for it.

import { render } from 'lit';
import './styles/stack.css';
import { ConvError } from './engine/index.js';
import { addWords } from './i18n/index.js';
import { stackEn } from './i18n/stack.en.js';
import { createStackModel } from './stack/model.js';
import { readStackLink, writeStackLink } from './state/stack/link.js';
import { presetState, STACK_PRESETS } from './state/stack/presets.js';
import { createStackStore } from './state/stack/store.js';
import { readShape } from './state/stack/values.js';
import { stack } from './views/stack/stack.js';

addWords(stackEn);

/** @typedef {import('./engine/index.js').Engine} Engine */
/** @typedef {import('./engine/stack.js').StackLayer} StackLayer */

/** Channels of layers that only their sizes are asked for. */
const CHANNELS = 16;

const opening = () => presetState(STACK_PRESETS[0]);

/** @param {string|null} text of a link @returns {{ state: import('./state/stack/store.js').StackState, problem: string|null }} */
function fromLink(text) {
  if (text === null) return { state: opening(), problem: null };
  const link = readStackLink(text);
  if ('problem' in link) return { state: opening(), problem: `link.${link.problem}` };
  const plain = writeStackLink({ ...link.state, selected: null, panel: 'field' });
  const preset = STACK_PRESETS.find((p) => writeStackLink(presetState(p)) === plain);
  return { state: { ...link.state, example: preset?.id ?? null }, problem: null };
}

/**
 * @param {Engine} engine the whole of it
 * @param {string|null} link the text of one, or null for the first preset
 * @param {() => void} changed told of each change, once it is drawn
 */
export function createStack(engine, link, changed) {
  const host = document.createElement('div');
  host.className = 'stack';
  const first = fromLink(link);
  let { problem } = first;
  const store = createStackStore(first.state);
  const compute = createStackModel(engine);
  const { dispatch } = store;
  /** @type {import('./views/stack/sequential.js').Reading} */
  let reading = null;

  const show = () => {
    render(stack(compute(store.state), ctx), host);
    changed();
  };

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

  /** @param {import('./engine/stack.js').SizeAnswer} answer */
  const layersOf = ({ layers }) => {
    const { op } = store.state.question;
    const channels = op.startsWith('conv') ? { outChannels: CHANNELS } : {};
    return layers.map((one) => ({ op, ...channels, ...one }));
  };

  /** @type {import('./views/stack/stack.js').StackContext} */
  const ctx = {
    dispatch,
    get reading() {
      return reading;
    },
    read,
    newStack: (answer) => {
      const [size] = answer.sizes;
      dispatch.setLayers(layersOf(answer), { shape: [1, CHANNELS, size, size].join(', ') });
    },
    append: (answer) => dispatch.setLayers(layersOf(answer), { behind: true }),
    openLayer: () => {},
  };
  store.subscribe(() => {
    problem = null;
    show();
  });
  return {
    host,
    store,
    show,
    /** Key of a message on the link that was opened last. */
    problem: () => problem,
    link: () => writeStackLink(store.state),
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

/**
 * The shape that goes into layers which were read: the one the text gives, or the one there is, with as many channels as
 * the first layer says that it takes.
 * @param {StackLayer[]} layers @param {number[]|null} given @param {string} shown @returns {string|null}
 */
function shapeFor(layers, given, shown) {
  if (given) return given.join(', ');
  const channels = layers.find(({ inChannels }) => inChannels)?.inChannels;
  const shape = readShape(shown);
  if (!shape || channels === undefined || shape.length < 3) return null;
  return shape.with(1, channels).join(', ');
}
