// The one table of what a layer of a stack can be: its arguments, the main ones first, how each is written in a
// link, and what kind of value it takes. Names are those of web/engine/stack.js.

/**
 * @typedef {'whole'|'wholes'|'padding'|'sizes'|'list'|'real'|'reals'|'flag'|'choice'} FieldKind `wholes`, `reals`: one, or one
 *   per axis; `sizes`: the same, where an axis may keep its own; `list`: of any length
 * @typedef {{ url: string, kind: FieldKind, initial?: string, choices?: string[] }} Field `initial` is what PyTorch
 *   takes where nothing is given; without it, there is no such thing
 * @typedef {import('../../engine/stack.js').StackOp} StackOp
 * @typedef {{ ops: StackOp[], main: string[], more: string[] }} Family
 */

/** @type {Record<string, Field>} */
export const STACK_FIELDS = {
  outChannels: { url: 'co', kind: 'whole' },
  outFeatures: { url: 'out', kind: 'whole' },
  kernelSize: { url: 'k', kind: 'wholes' },
  stride: { url: 's', kind: 'wholes', initial: '1' },
  padding: { url: 'p', kind: 'padding', initial: '0' },
  outputPadding: { url: 'po', kind: 'wholes', initial: '0' },
  dilation: { url: 'd', kind: 'wholes', initial: '1' },
  groups: { url: 'g', kind: 'whole', initial: '1' },
  bias: { url: 'b', kind: 'flag', initial: '1' },
  paddingMode: {
    url: 'pm',
    kind: 'choice',
    initial: 'zeros',
    choices: ['zeros', 'reflect', 'replicate', 'circular'],
  },
  ceilMode: { url: 'ceil', kind: 'flag', initial: '0' },
  countIncludePad: { url: 'cip', kind: 'flag', initial: '1' },
  divisorOverride: { url: 'div', kind: 'whole' },
  outputSize: { url: 'os', kind: 'sizes' },
  scaleFactor: { url: 'f', kind: 'reals' },
  size: { url: 'size', kind: 'list' },
  mode: {
    url: 'm',
    kind: 'choice',
    initial: 'nearest',
    choices: ['nearest', 'linear', 'bilinear', 'trilinear'],
  },
  alignCorners: { url: 'ac', kind: 'flag', initial: '0' },
  upscaleFactor: { url: 'r', kind: 'whole' },
  downscaleFactor: { url: 'r', kind: 'whole' },
  startDim: { url: 'from_dim', kind: 'whole', initial: '1' },
  endDim: { url: 'to_dim', kind: 'whole', initial: '-1' },
  dim: { url: 'dim', kind: 'whole' },
  numGroups: { url: 'g', kind: 'whole' },
  affine: { url: 'a', kind: 'flag', initial: '1' },
  eps: { url: 'eps', kind: 'real', initial: '1e-5' },
  negativeSlope: { url: 'ns', kind: 'real', initial: '0.01' },
  alpha: { url: 'al', kind: 'real', initial: '1' },
  beta: { url: 'beta', kind: 'real', initial: '1' },
  minVal: { url: 'min', kind: 'real', initial: '-1' },
  maxVal: { url: 'max', kind: 'real', initial: '1' },
  numParameters: { url: 'n', kind: 'whole', initial: '1' },
  inChannels: { url: 'ci', kind: 'whole' },
  inFeatures: { url: 'in', kind: 'whole' },
  numFeatures: { url: 'nf', kind: 'whole' },
  numChannels: { url: 'nc', kind: 'whole' },
};

/** @param {string} stem @returns {StackOp[]} */
const perAxes = (stem) => /** @type {StackOp[]} */ ([1, 2, 3].map((n) => `${stem}${n}d`));

/** @type {Record<string, Family>} */
export const FAMILIES = {
  conv: {
    ops: perAxes('conv'),
    main: ['outChannels', 'kernelSize', 'stride', 'padding'],
    more: ['dilation', 'groups', 'bias', 'paddingMode', 'inChannels'],
  },
  conv_transpose: {
    ops: perAxes('conv_transpose'),
    main: ['outChannels', 'kernelSize', 'stride', 'padding', 'outputPadding'],
    more: ['dilation', 'groups', 'bias', 'outputSize', 'inChannels'],
  },
  max_pool: {
    ops: perAxes('max_pool'),
    main: ['kernelSize', 'stride', 'padding'],
    more: ['dilation', 'ceilMode'],
  },
  avg_pool: {
    ops: perAxes('avg_pool'),
    main: ['kernelSize', 'stride', 'padding'],
    more: ['ceilMode', 'countIncludePad', 'divisorOverride'],
  },
  adaptive_avg_pool: { ops: perAxes('adaptive_avg_pool'), main: ['outputSize'], more: [] },
  adaptive_max_pool: { ops: perAxes('adaptive_max_pool'), main: ['outputSize'], more: [] },
  upsample: { ops: ['upsample'], main: ['scaleFactor', 'mode'], more: ['size', 'alignCorners'] },
  pixel_shuffle: { ops: ['pixel_shuffle'], main: ['upscaleFactor'], more: [] },
  pixel_unshuffle: { ops: ['pixel_unshuffle'], main: ['downscaleFactor'], more: [] },
  pad: { ops: perAxes('pad'), main: ['padding', 'paddingMode'], more: [] },
  linear: { ops: ['linear'], main: ['outFeatures'], more: ['bias', 'inFeatures'] },
  flatten: { ops: ['flatten'], main: [], more: ['startDim', 'endDim'] },
  unflatten: { ops: ['unflatten'], main: ['size'], more: ['dim'] },
  batch_norm: { ops: perAxes('batch_norm'), main: [], more: ['affine', 'eps', 'numFeatures'] },
  instance_norm: {
    ops: perAxes('instance_norm'),
    main: [],
    more: ['affine', 'eps', 'numFeatures'],
  },
  group_norm: { ops: ['group_norm'], main: ['numGroups'], more: ['affine', 'eps', 'numChannels'] },
  relu: { ops: ['relu', 'relu6'], main: [], more: [] },
  leaky_relu: { ops: ['leaky_relu'], main: ['negativeSlope'], more: [] },
  elu: { ops: ['elu'], main: ['alpha'], more: [] },
  smooth: {
    ops: ['selu', 'gelu', 'silu', 'mish', 'hardswish', 'hardsigmoid', 'sigmoid', 'tanh'],
    main: [],
    more: [],
  },
  hardtanh: { ops: ['hardtanh'], main: ['minVal', 'maxVal'], more: [] },
  softplus: { ops: ['softplus'], main: ['beta'], more: [] },
  softmax: { ops: ['softmax', 'log_softmax'], main: ['dim'], more: [] },
  prelu: { ops: ['prelu'], main: ['numParameters'], more: [] },
  dropout: { ops: ['dropout'], main: [], more: [] },
  identity: { ops: ['identity'], main: [], more: [] },
};

/** The operations by what they are for, as a list to choose from shows them. @type {[string, StackOp[]][]} */
export const OP_GROUPS = [
  ['convolution', ['conv', 'conv_transpose']],
  ['pooling', ['max_pool', 'avg_pool', 'adaptive_avg_pool', 'adaptive_max_pool']],
  ['resizing', ['upsample', 'pixel_shuffle', 'pixel_unshuffle', 'pad']],
  ['dense', ['linear', 'flatten', 'unflatten']],
  ['norm', ['batch_norm', 'instance_norm', 'group_norm']],
  [
    'activation',
    ['relu', 'leaky_relu', 'elu', 'prelu', 'smooth', 'hardtanh', 'softplus', 'softmax'],
  ],
  ['nothing', ['dropout', 'identity']],
].map(([name, families]) => [
  /** @type {string} */ (name),
  /** @type {string[]} */ (families).flatMap((family) => FAMILIES[family].ops),
]);

const FAMILY_OF = new Map(
  Object.values(FAMILIES).flatMap((family) => family.ops.map((op) => [op, family])),
);

/** @param {string} op @returns {op is StackOp} */
export const isStackOp = (op) => FAMILY_OF.has(/** @type {StackOp} */ (op));

/** @param {StackOp} op @returns {Family} */
export const familyOf = (op) => /** @type {Family} */ (FAMILY_OF.get(op));

/** Every argument that an operation takes, the main ones first. @param {StackOp} op */
export const fieldsOf = (op) => [...familyOf(op).main, ...familyOf(op).more];

/**
 * What an argument is where nothing is given: a pool's stride is its kernel, an instance norm has no weights.
 * @param {StackOp} op @param {string} key @returns {string} '' where there is no such thing
 */
export function initialOf(op, key) {
  if (key === 'stride' && /_pool/.test(op)) return '';
  if (key === 'affine' && op.startsWith('instance_norm')) return '0';
  return STACK_FIELDS[key].initial ?? '';
}
