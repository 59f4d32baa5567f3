// What the tests of pasted texts share: read one, and say what must come out. Holds no samples.
import assert from 'node:assert/strict';
import { ConvError, createEngine } from '../../web/engine/index.js';
import { assertWorded } from './worded.js';

export const engine = await createEngine();

/** @typedef {import('../../web/engine/types.js').TensorItem} TensorItem */

/** @param {string} text */
export const parse = (text) => engine.parse(text).items;
/** @param {string} text @returns {TensorItem[]} */
export const tensors = (text) =>
  /** @type {any} */ (parse(text).filter(({ kind }) => kind === 'tensor'));
/** @param {string} text */
export const tensor = (text) => {
  const found = tensors(text);
  assert.equal(found.length, 1, text);
  return /** @type {TensorItem} */ (found[0]);
};
/** @param {string} text @param {number[]} shape @param {number[]} data @param {object} [more] */
export function reads(text, shape, data, more = {}) {
  const found = tensor(text);
  assert.deepEqual(found.shape, shape, text);
  assert.deepEqual([...found.data], data, text);
  for (const [key, value] of Object.entries(more)) {
    assert.deepEqual(/** @type {any} */ (found)[key], value, `${key} of ${text}`);
  }
}
/** @param {string} text @returns {any} */
export const only = (text) => {
  const items = parse(text);
  assert.equal(items.length, 1, text);
  return items[0];
};
/**
 * @param {string} text
 * @param {string} code
 * @param {[number, number]} place
 * @param {RegExp} message
 */
export function refused(text, code, [line, column], message) {
  assert.throws(
    () => engine.parse(text),
    (error) => {
      assert.ok(error instanceof ConvError);
      assert.deepEqual(
        { code: error.code, field: error.field, line: error.line, column: error.column },
        { code, field: 'text', line, column },
        `${text}: ${error.message}`,
      );
      assert.match(error.message, message);
      assertWorded(error);
      return true;
    },
  );
}
