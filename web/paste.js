// Takes in what somebody pastes: has it read, says what each part is, fills the fields, all as one step
// that can be undone. Loads the whole engine when there is something to read.

import { ConvError } from './engine/index.js';
import { t } from './i18n/index.js';
import { problemText } from './i18n/problem.js';
import { refusalText } from './i18n/refusal.js';
import { requestOfPaste } from './state/paste/adopt.js';
import { emptyPaste } from './state/paste/empty.js';
import { requestsOfError, sameWords } from './state/paste/errors.js';
import { stateOfRequest } from './state/paste/fields.js';
import { withRank } from './state/paste/layout.js';
import { guessParts } from './state/paste/roles.js';
import { readSettings, requestOf } from './state/settings.js';
import { resize } from './state/tensors.js';

/**
 * @typedef {import('./state/store.js').State} State
 * @typedef {import('./state/store.js').Paste} Paste
 */

/** @param {Float64Array} data @param {number} cols */
const rowsOf = (data, cols) =>
  Array.from({ length: cols ? data.length / cols : 0 }, (_, r) =>
    Array.from(data.subarray(r * cols, (r + 1) * cols)),
  );

/** A part of the page that is fetched when it is needed did not come: offline, or a page of last week. */
class LoadError extends Error {}

/** @template T @param {Promise<T>} part @returns {Promise<T>} */
const fetched = (part) =>
  part.catch((cause) => {
    throw new LoadError(cause.message, { cause });
  });

/**
 * Why a text or a file cannot be read. @param {unknown} error of the parser, or of fetching it
 * @returns {NonNullable<Paste['refusal']>}
 */
function refusalOf(error) {
  if (error instanceof ConvError || (error instanceof Error && error.name === 'FileRefusal'))
    return error;
  if (!(error instanceof LoadError)) throw error;
  return { id: 'paste.notLoaded', values: { reason: error.message } };
}

/** Milliseconds without a key after which typed text is read. */
const PAUSE = 150;

/**
 * @param {ReturnType<typeof import('./state/store.js').createStore>} store
 * @param {any} engine the part that the page has
 * @param {() => Promise<any>} loadWhole gives the engine that can parse
 */
export function createPaste(store, engine, loadWhole) {
  let job = 0;
  let timer = 0;

  /** @param {any} request @returns {number[]|null} */
  const outputShape = (request) => {
    try {
      return engine.inferShape(request).outputShape;
    } catch (error) {
      if (error instanceof ConvError) return null;
      throw error;
    }
  };

  /**
   * What the engine says of an error that PyTorch raised: it refuses the same for the same reason, in its
   * own words; null where it does not know the error.
   * @param {any} item
   */
  const explanation = (item) => {
    if (item.kind !== 'error') return null;
    let near = null;
    for (const request of requestsOfError(item.text)) {
      try {
        engine.inferShape(request);
      } catch (error) {
        if (!(error instanceof ConvError)) throw error;
        if (error.torch && sameWords(error.torch).endsWith(sameWords(item.text))) return error;
        near ??= error;
      }
    }
    return near;
  };

  /** The page as it is to become for these items. @param {State} from @param {Paste} paste @param {number} [chosen] the layer to use */
  const settle = (from, paste, chosen) => {
    const base = { ...from, paste: emptyPaste };
    const { items } = paste;
    const shown = readSettings(base);
    const parts =
      paste.parts.length === items.length && chosen === undefined
        ? paste.parts
        : guessParts(items, {
            chosen,
            shapes: {
              input: base.input.shape,
              weight: base.weight.shape,
              output: shown.errors.length ? null : outputShape(requestOf(base, shown.values)),
            },
            outputOf: (known) => {
              const found = requestOfPaste(base, items, known);
              return 'problem' in found ? null : outputShape(found.request);
            },
          });
    const found = requestOfPaste(base, items, parts);
    const explained = items.map(explanation);
    const cleared = { problem: null, beyond: null, missingBias: false };
    const next = { ...paste, parts, base, explained, ...cleared };
    if ('problem' in found)
      return store.dispatch.setPaste({ ...next, problem: found.problem }, null);
    next.missingBias = found.missingBias;
    if (!found.takes) return store.dispatch.setPaste(next, null);
    const page = stateOfRequest(base, found.request, found.rounding);
    if ('state' in page) return store.dispatch.setPaste(next, page.state);
    const beyond = { request: found.request, rounding: found.rounding, problem: page.problem };
    return store.dispatch.setPaste({ ...next, beyond }, null);
  };

  /** @param {string} text @param {any} [options] for the parser */
  const read = async (text, options) => {
    const mine = ++job;
    const { rtol, atol } = store.state.paste;
    const fresh = { ...emptyPaste, rtol, atol, text };
    try {
      const whole = await fetched(loadWhole());
      if (mine !== job) return;
      settle(store.state, { ...fresh, items: whole.parse(text, options).items });
    } catch (error) {
      if (mine !== job) return;
      store.dispatch.setPaste({ ...fresh, refusal: refusalOf(error) }, null);
    }
  };

  return {
    /** Text as it is typed, or pasted at once. @param {string} text @param {boolean} [now] */
    text(text, now = false) {
      clearTimeout(timer);
      job++;
      if (text.trim() === '') return store.dispatch.setPaste({ ...emptyPaste, text }, null);
      store.dispatch.setPasteText(text);
      if (now) return read(text);
      timer = window.setTimeout(read, PAUSE, text);
    },
    /** The answer to the question whether 1,5 is one number. @param {boolean} decimalComma */
    comma: (decimalComma) => read(store.state.paste.text, { decimalComma }),
    /** A file that was opened or dropped: tensors out of it, or text to read. @param {File} file */
    async file(file) {
      clearTimeout(timer);
      const mine = ++job;
      const refuse = (/** @type {NonNullable<Paste['refusal']>} */ refusal) => {
        if (mine === job) store.dispatch.setPaste({ ...emptyPaste, refusal }, null);
      };
      try {
        const files = await fetched(import('./state/files/index.js'));
        if (file.size > files.MAX_BYTES)
          return refuse({ id: 'paste.fileTooLarge', values: { name: file.name } });
        const bytes = new Uint8Array(await file.arrayBuffer());
        const found = files.readFile(file.name, bytes);
        await fetched(loadWhole());
        if (mine !== job) return;
        if ('text' in found) return this.text(found.text, true);
        settle(store.state, { ...emptyPaste, file: file.name, items: found.items });
      } catch (error) {
        // what the browser cannot read: a folder, a file that was moved or is locked
        if (error instanceof DOMException) refuse({ message: `${file.name}: ${error.message}` });
        else refuse(refusalOf(error));
      }
    },
    /** Another part for an item; another layer brings its tensors along. @param {number} n @param {import('./state/paste/roles.js').Role} role */
    role(n, role) {
      const { paste } = store.state;
      const base = paste.base ?? store.state;
      if (role === 'layer') return settle(base, { ...paste, parts: [] }, n);
      const single = role !== 'output' && role !== 'none';
      const parts = paste.parts.map((part, i) =>
        i === n
          ? { ...part, role }
          : single && part.role === role
            ? { ...part, role: /** @type {const} */ ('none') }
            : part,
      );
      settle(base, { ...paste, parts });
    },
    /** @param {number} n @param {boolean} channelsLast */
    layout(n, channelsLast) {
      const { paste } = store.state;
      const parts = paste.parts.map((part, i) => (i === n ? { ...part, channelsLast } : part));
      settle(paste.base ?? store.state, { ...paste, parts });
    },
    /**
     * A print that was pasted into a map: rows and columns for where the focus is, or a whole tensor.
     * @param {'input'|'weight'|'bias'} key @param {string} text
     * @returns {Promise<{ rows: number[][] }|{ refusal: string }|null>}
     */
    async readBlock(key, text) {
      try {
        const whole = await fetched(loadWhole());
        const { items } = whole.parse(text);
        const item = items.find((/** @type {any} */ i) => i.kind === 'tensor');
        if (!item || item.truncated) return { refusal: t('error.paste.noTensor') };
        const shape = withRank(item.visibleShape, 2);
        if (shape) return { rows: rowsOf(item.data, shape[1]) };
        const parts = [{ role: key, channelsLast: false }];
        const found = requestOfPaste(store.state, [item], parts);
        if ('problem' in found) return { refusal: problemText(found.problem) };
        const page = stateOfRequest(store.state, found.request, found.rounding);
        if ('problem' in page) return { refusal: t('error.paste.noTensor') };
        store.dispatch.replace(page.state);
        return null;
      } catch (error) {
        return { refusal: refusalText(refusalOf(error)) };
      }
    },
    /** Puts what a diagnosis found into the fields. @param {any} request what was compared @param {any} changes */
    apply(request, changes) {
      const { state } = store;
      const next = { ...request, ...changes };
      for (const key of /** @type {const} */ (['input', 'weight', 'bias'])) {
        // Where only a shape was found, the numbers stay as far as it holds them.
        const { shape, data } = next[key] ?? {};
        if (shape && !data) next[key] = { shape, data: resize(state[key], shape).data };
      }
      const { beyond } = state.paste;
      const page = stateOfRequest(state, next, beyond?.rounding);
      if ('state' in page) return store.dispatch.replace(page.state);
      // Larger than the page can show: compared anew without being shown.
      const rounding = beyond?.rounding ?? { input: 0, weight: 0, bias: 0 };
      const paste = { ...state.paste, beyond: { request: next, rounding, problem: page.problem } };
      store.dispatch.setPaste(paste, null);
    },
  };
}
