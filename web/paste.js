// Takes in what somebody pastes: has it read, says what each part is, fills the fields, all as one step
// that can be undone. Loads the whole engine when there is something to read.

import { ConvError } from './engine/index.js';
import { t } from './i18n/index.js';
import { problemText } from './i18n/problem.js';
import { requestOfPaste, stateOfRequest } from './state/paste/adopt.js';
import { emptyPaste } from './state/paste/empty.js';
import { requestsOfError, sameWords } from './state/paste/errors.js';
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
        if (error.torch && sameWords(error.torch).endsWith(sameWords(item.text)))
          return error.message;
        near ??= error.message;
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
    const whole = await loadWhole();
    if (mine !== job) return;
    const { paste } = store.state;
    const fresh = { ...emptyPaste, rtol: paste.rtol, atol: paste.atol, text };
    try {
      settle(store.state, { ...fresh, items: whole.parse(text, options).items });
    } catch (error) {
      if (!(error instanceof ConvError)) throw error;
      const { code, message, line, column } = error;
      const refusal = { code, message, line: line ?? null, column: column ?? null };
      store.dispatch.setPaste({ ...fresh, refusal }, null);
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
      const refuse = (/** @type {string} */ message) => {
        const refusal = { code: 'file', message, line: null, column: null };
        store.dispatch.setPaste({ ...emptyPaste, refusal }, null);
      };
      const { FileRefusal, MAX_BYTES, readFile } = await import('./state/files/index.js');
      if (file.size > MAX_BYTES) return refuse(t('paste.fileTooLarge', { name: file.name }));
      try {
        const found = readFile(file.name, new Uint8Array(await file.arrayBuffer()));
        await loadWhole();
        if (mine !== job) return;
        if ('text' in found) return this.text(found.text, true);
        settle(store.state, { ...emptyPaste, file: file.name, items: found.items });
      } catch (error) {
        if (mine !== job) return;
        // also what the browser cannot read: a folder, a file that was moved or is locked
        if (error instanceof FileRefusal) refuse(error.message);
        else if (error instanceof DOMException) refuse(`${file.name}: ${error.message}`);
        else throw error;
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
      const whole = await loadWhole();
      try {
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
        if (error instanceof ConvError) return { refusal: error.message };
        throw error;
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
      const page = stateOfRequest(state, next);
      if ('state' in page) store.dispatch.replace(page.state);
    },
  };
}
