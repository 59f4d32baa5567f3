// The refusal of a call that must be refused.
import assert from 'node:assert/strict';
import { ConvError } from '../../web/engine/index.js';

/** @param {() => unknown} call @returns {ConvError} */
export function refusal(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ConvError, `${error}`);
    return error;
  }
  assert.fail('accepted');
}
