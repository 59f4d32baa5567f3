// The attributes of <conv-scope> that say what is computed, and which of them an error may come from.

/** @typedef {import('../schema.js').FieldKey} FieldKey */

/** Attributes that hold whole numbers; those that others need first come first. @type {Record<string, FieldKey>} */
export const NUMBERS = {
  groups: 'groups',
  'in-channels': 'inChannels',
  'out-channels': 'outChannels',
  batch: 'batch',
  'input-size': 'inputSize',
  'kernel-size': 'kernelSize',
  stride: 'stride',
  dilation: 'dilation',
  'output-padding': 'outputPadding',
};

/** What their values may contradict, or what follows from them where no attribute says it. */
export const BESIDE = {
  input: ['in-channels', 'batch'],
  kernel: ['in-channels', 'out-channels', 'groups'],
};

/** Attributes that say what is computed and where one looks first. */
export const STATE_ATTRIBUTES = [
  'link',
  'op',
  ...Object.keys(NUMBERS),
  'padding',
  'padding-mode',
  'input',
  'kernel',
  'bias',
  'true-convolution',
  'method',
  'step',
  'selected',
];

/** Those of a stack of layers, beside `link` and `selected`. */
export const STACK_ATTRIBUTES = ['stack', 'shape'];

/** The attributes that may have caused an error of a field, the likeliest first. @type {Record<string, string[]>} */
const CAUSES = {
  inputSize: ['input-size', 'input'],
  kernelSize: ['kernel-size', 'kernel'],
  paddingEnd: ['padding'],
  paddingKind: ['padding'],
  paddingMode: ['padding-mode'],
  outputPadding: ['output-padding'],
  inChannels: ['in-channels', 'input'],
  outChannels: ['out-channels', 'kernel', 'bias'],
  batch: ['batch', 'input'],
};

/** @param {string|null} field of an error of the model */
export const causesOf = (field) => (field === null ? [] : (CAUSES[field] ?? [field]));
