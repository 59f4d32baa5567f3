// The one exception of the engine. Takes what cpp/error.hpp tells, adds nothing.

/**
 * @typedef {object} Refusal
 * @property {string} code stable, one of `errorCodes`
 * @property {string} field the request key at fault
 * @property {number | null} axis the spatial axis at fault, from 0, where it is one
 * @property {string} message the rule, the numbers at hand and the remedy
 * @property {string} template the message with {0}, {1} … in place of its values: what a translation is looked up by
 * @property {string[]} values as they stand in the message
 * @property {string | null} torch the text PyTorch 1.13 raises for the same arguments
 * @property {number | null} [line] of a text that is refused: where in it, from 1
 * @property {number | null} [column]
 * @property {number} [layer] of a stack of layers: which of them is at fault, from 0
 */

/**
 * A request or a text that is refused: an `Error` that has all of a {@link Refusal}.
 *
 * @example
 * try {
 *   engine.run({ ...request, stride: 0 });
 * } catch (error) {
 *   error instanceof ConvError; // → true
 *   error.code; // → 'stride_not_positive'
 *   error.field; // → 'stride'
 *   error.axis; // → 0
 *   error.message; // → 'Stride height is 0, but a stride must be at least 1. Use 1 to visit every position.'
 *   error.torch; // → 'RuntimeError: non-positive stride is not supported'
 * }
 */
export class ConvError extends Error {
  /** @param {Refusal} refusal */
  constructor({ code, field, axis, message, template, values, torch, line, column, layer }) {
    super(message);
    this.name = 'ConvError';
    this.code = code;
    this.field = field;
    this.axis = axis;
    this.template = template;
    this.values = values;
    this.torch = torch;
    /** of a stack of layers: which is at fault, from 0; only such errors have it */
    if (layer !== undefined) this.layer = layer;
    if (line === undefined || line === null) return;
    /** where in a text that is refused, from 1; only such errors have a line and a column */
    this.line = line;
    this.column = column;
  }
}

/** The value of what the module replied, or its refusal thrown. @param {import('./load.js').Reply} reply */
export function unwrap({ value, error }) {
  if (error) throw new ConvError(error);
  return value;
}
