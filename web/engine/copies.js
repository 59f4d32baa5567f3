// What goes from one thread to another: plain objects, lists and typed arrays, copied so that whoever gave them keeps
// theirs. Functions stay behind: no other thread can call them.

/**
 * @param {any} value
 * @param {ArrayBuffer[]} buffers gets those of the copies, to be handed over without another copy
 * @returns {any}
 */
export function copied(value, buffers) {
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    const copy = /** @type {Float64Array<ArrayBuffer>} */ (value).slice();
    buffers.push(copy.buffer);
    return copy;
  }
  if (!Array.isArray(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, copied(part, buffers)]),
    );
  // most lists are long ones of numbers
  return value.every((part) => typeof part === 'number')
    ? value.slice()
    : value.map((part) => copied(part, buffers));
}

/**
 * The buffers of all typed arrays in a value that is about to be given away.
 * @param {any} value
 * @param {Set<ArrayBuffer>} [buffers]
 */
export function buffersOf(value, buffers = new Set()) {
  if (typeof value !== 'object' || value === null) return buffers;
  if (ArrayBuffer.isView(value)) buffers.add(/** @type {ArrayBuffer} */ (value.buffer));
  else if (!Array.isArray(value) || typeof value[0] === 'object')
    for (const part of Object.values(value)) buffersOf(part, buffers);
  return buffers;
}
