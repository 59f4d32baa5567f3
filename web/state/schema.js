// The one table of settings: from it come the defaults, the controls, the checks of what is typed,
// the link and the request for the engine. It knows no DOM and no engine.

/**
 * @typedef {'conv1d'|'conv2d'|'conv3d'|'conv_transpose1d'|'conv_transpose2d'|'conv_transpose3d'} Op
 * @typedef {'inputSize'|'kernelSize'|'stride'|'padding'|'paddingEnd'|'dilation'|'outputPadding'
 *   |'groups'|'inChannels'|'outChannels'|'batch'} FieldKey
 * @typedef {'each'|'pairs'|'same'|'valid'} PaddingKind
 * @typedef {'zeros'|'reflect'|'replicate'|'circular'} PaddingMode
 * @typedef {'direct'|'zero-insertion'|'scatter'|'matrix'|'phases'} Method
 * @typedef {{ key: FieldKey, url: string, perAxis: boolean, transposedOnly?: boolean,
 *   initial: number, max: number, errorFields: string[] }} Field
 */

/** What one page can show; a larger request is refused with the limit named. */
export const PAGE_LIMITS = {
  /** cells of one map, over all its channels */
  cells: 1 << 17,
  /** cells along one axis of the input */
  axis: 128,
  /** cells along one axis of the kernel */
  kernel: 31,
  channels: 16,
  batch: 4,
  /** kernel maps, one for each pair of an output and an input channel that meet */
  kernels: 128,
};

/** State and views take the number of axes from the name. */
export const OPS = /** @type {Op[]} */ ([
  'conv1d',
  'conv2d',
  'conv3d',
  'conv_transpose1d',
  'conv_transpose2d',
  'conv_transpose3d',
]);

/** A cap for arguments that are not sizes; the engine still checks what they lead to. */
const ARGUMENT_MAX = 4096;

/** `errorFields` are the names by which the engine's refusals call this field. */
export const FIELDS = /** @type {Field[]} */ ([
  {
    key: 'inputSize',
    url: 'i',
    perAxis: true,
    initial: 4,
    max: PAGE_LIMITS.axis,
    errorFields: ['input'],
  },
  {
    key: 'kernelSize',
    url: 'k',
    perAxis: true,
    initial: 3,
    max: PAGE_LIMITS.kernel,
    errorFields: ['weight', 'kernelSize'],
  },
  {
    key: 'stride',
    url: 's',
    perAxis: true,
    initial: 1,
    max: ARGUMENT_MAX,
    errorFields: ['stride'],
  },
  {
    key: 'padding',
    url: 'p',
    perAxis: true,
    initial: 0,
    max: ARGUMENT_MAX,
    errorFields: ['padding'],
  },
  { key: 'paddingEnd', url: 'pe', perAxis: true, initial: 0, max: ARGUMENT_MAX, errorFields: [] },
  {
    key: 'dilation',
    url: 'd',
    perAxis: true,
    initial: 1,
    max: ARGUMENT_MAX,
    errorFields: ['dilation'],
  },
  {
    key: 'outputPadding',
    url: 'po',
    perAxis: true,
    transposedOnly: true,
    initial: 0,
    max: ARGUMENT_MAX,
    errorFields: ['outputPadding', 'outputSize'],
  },
  {
    key: 'groups',
    url: 'g',
    perAxis: false,
    initial: 1,
    max: PAGE_LIMITS.channels,
    errorFields: ['groups'],
  },
  {
    key: 'inChannels',
    url: 'ci',
    perAxis: false,
    initial: 1,
    max: PAGE_LIMITS.channels,
    errorFields: ['inChannels'],
  },
  {
    key: 'outChannels',
    url: 'co',
    perAxis: false,
    initial: 1,
    max: PAGE_LIMITS.channels,
    errorFields: ['outChannels', 'bias'],
  },
  { key: 'batch', url: 'n', perAxis: false, initial: 1, max: PAGE_LIMITS.batch, errorFields: [] },
]);

/** Panels that give the reasons, and take the numbers elsewhere. */
export const PANELS = /** @type {const} */ ([
  'size',
  'channels',
  'gradient',
  'overlap',
  'translate',
  'export',
]);

export const PADDING_KINDS = /** @type {PaddingKind[]} */ (['each', 'pairs', 'same', 'valid']);
export const PADDING_MODES = /** @type {PaddingMode[]} */ ([
  'zeros',
  'reflect',
  'replicate',
  'circular',
]);

/** @param {Op} op */
export const isTransposed = (op) => op.startsWith('conv_transpose');

/** The number of spatial axes, 1 to 3. @param {Op} op */
export const spatialAxes = (op) => Number(op.at(-2));

/** Names of the spatial axes, outermost first, as PyTorch orders them. @param {Op} op */
export const axisNames = (op) =>
  ({ 1: ['length'], 2: ['height', 'width'], 3: ['depth', 'height', 'width'] })[spatialAxes(op)] ??
  [];

/** The ways to the result that the page can show, the most telling first. @param {Op} op @returns {Method[]} */
export const methodsOf = (op) =>
  isTransposed(op)
    ? ['zero-insertion', 'scatter', 'phases', 'matrix', 'direct']
    : ['direct', 'scatter', 'matrix'];

/** @param {FieldKey} key */
export const fieldOf = (key) => /** @type {Field} */ (FIELDS.find((f) => f.key === key));
