// What a stack can be taken away as.

export const STACK_FORMATS = /** @type {const} */ (['torch', 'onnx', 'markdown', 'latex', 'csv']);
/** @typedef {typeof STACK_FORMATS[number]} StackFormat */
