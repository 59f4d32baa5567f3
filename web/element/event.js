// What <conv-scope> tells of a change that its reader made.

import { writeLink } from '../state/url.js';

/**
 * @typedef {object} ConvScopeChange what is shown now; arrays are copies, made when they are first asked for
 * @property {Record<string, any>} request as engine.run takes it
 * @property {{ shape: number[], data: Float64Array }} output
 * @property {string} link the whole state, to stand after "#" in an address of the playground
 */

/**
 * @typedef {object} ConvScopeStackChange the same of a figure of a stack, which has `layers`
 * @property {Record<string, any>[]} layers as engine.stack takes them
 * @property {number[]} inputShape
 * @property {number[]|null} outputShape of the last layer; null: there is none, or one of them fails
 * @property {number|null} failure the first layer that fails
 * @property {number|null} layer the one that is looked at
 * @property {number[]|null} cell of its output that is asked about
 * @property {string} link
 */

/** @typedef {ConvScopeChange | ConvScopeStackChange} ConvScopeDetail */

/** Where there is no DOM, this source can still be imported. */
const Base =
  /** @type {new (type: string, init: CustomEventInit<ConvScopeDetail>) => CustomEvent<ConvScopeDetail>} */ (
    globalThis.CustomEvent ?? class {}
  );

/** Bubbles, and leaves shadow trees. */
export class ConvScopeChangeEvent extends Base {
  /** @param {ConvScopeDetail} detail */
  constructor(detail) {
    super('change', { bubbles: true, composed: true, detail });
  }
}

/** @internal @param {import('../model.js').Result} result @param {import('../state/store.js').State} state @returns {ConvScopeChange} */
export function changeOf({ request, maps }, state) {
  const tensor = (/** @type {any} */ { shape, data }) => ({
    shape: [...shape],
    data: data.slice(),
  });
  return lazily({
    request: () => ({
      ...structuredClone({ ...request, input: null, weight: null, bias: null }),
      input: tensor(request.input),
      weight: tensor(request.weight),
      bias: request.bias && tensor(request.bias),
    }),
    output: () => tensor(maps.output),
    link: () => writeLink(state),
  });
}

/** An object whose values are made when they are first read. @param {Record<string, () => any>} makers @returns {any} */
function lazily(makers) {
  const object = {};
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = make();
        Object.defineProperty(object, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return object;
}
