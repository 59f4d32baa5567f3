// Well-known networks as stacks of layers, as TensorFlow-Slim builds them, one channel wide: widths are of no matter to
// receptive fields. Padding 'SAME' is TensorFlow's, which depends on the size and puts the odd cell at the end.

/** @typedef {import('../../web/engine/stack.js').StackLayer} StackLayer */
/** @typedef {[number, number]} Pair */

class Net {
  /** @param {number} size of the square input */
  constructor(size) {
    /** @type {StackLayer[]} */
    this.layers = [];
    /** @type {Pair[]} per node, the input first */
    this.sizes = [[size, size]];
  }

  get last() {
    return this.layers.length - 1;
  }

  /** @param {StackLayer} layer @param {Pair} size */
  add(layer, size) {
    this.layers.push(layer);
    this.sizes.push(size);
    return this.last;
  }

  /**
   * @param {number | Pair} kernel @param {{ stride?: number, valid?: boolean, pad?: number, from?: number, pool?: boolean }} [how]
   *   pad: so many on every side, whatever the size
   */
  conv(kernel, { stride = 1, valid = false, pad, from = this.last, pool = false } = {}) {
    const k = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const sizes = this.sizes[from + 1];
    const padding = sizes.map((n, axis) => {
      if (pad !== undefined || valid) return [pad ?? 0, pad ?? 0];
      const total = Math.max(0, (Math.ceil(n / stride) - 1) * stride + k[axis] - n);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
    const output = sizes.map(
      (n, axis) => Math.floor((n + padding[axis][0] + padding[axis][1] - k[axis]) / stride) + 1,
    );
    // A pool slides as a convolution does; torch.nn's takes no padding at one end only.
    const op = pool && valid ? 'max_pool2d' : 'conv2d';
    return this.add(
      {
        op,
        kernelSize: k,
        stride,
        from,
        ...(op === 'conv2d' ? { outChannels: 1, padding: /** @type {Pair[]} */ (padding) } : {}),
      },
      /** @type {Pair} */ (output),
    );
  }

  /** @param {number} kernel @param {Parameters<Net['conv']>[1]} [how] */
  pool(kernel, how = {}) {
    return this.conv(kernel, { stride: 2, ...how, pool: true });
  }

  /** Kernels behind each other, from one layer on. @param {number} from @param {...(number | Pair)} kernels */
  branch(from, ...kernels) {
    let at = from;
    for (const kernel of kernels) at = this.conv(kernel, { from: at });
    return at;
  }

  /** @param {'add' | 'concat'} merge @param {...number} branches */
  merge(merge, ...[first, ...others]) {
    const skip = others.map((from) => ({ from, merge }));
    return this.add({ op: 'identity', from: first, skip }, this.sizes[first + 1]);
  }
}

const SEVEN = /** @type {Pair[]} */ ([
  [7, 1],
  [1, 7],
]);

function alexnet() {
  const net = new Net(224);
  net.conv(11, { stride: 4, valid: true });
  net.pool(3, { valid: true });
  net.conv(5);
  net.pool(3, { valid: true });
  net.branch(net.last, 3, 3, 3);
  net.pool(3, { valid: true });
  return net.layers;
}

function vgg16() {
  const net = new Net(224);
  for (const convs of [2, 2, 3, 3, 3]) {
    for (let at = 0; at < convs; at++) net.conv(3);
    net.pool(2);
  }
  return net.layers;
}

function mobilenet() {
  const net = new Net(224);
  net.conv(3, { stride: 2 });
  for (const stride of [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]) {
    net.conv(3, { stride });
    net.conv(1);
  }
  return net.layers;
}

/** Bottlenecks of 1×1, 3×3, 1×1; the last of a block has the stride. @param {number[]} blocks */
function resnet(blocks) {
  const net = new Net(224);
  net.conv(7, { stride: 2, pad: 3 });
  net.pool(3);
  blocks.forEach((units, block) => {
    for (let unit = 1; unit <= units; unit++) {
      const stride = unit === units && block < blocks.length - 1 ? 2 : 1;
      const input = net.last;
      net.conv(1);
      net.conv(3, { stride, pad: 1 });
      const main = net.conv(1);
      const shortcut = net.conv(1, { stride, from: input });
      net.merge('add', main, shortcut);
    }
  });
  return net.layers;
}

/** The branches of an Inception block that keeps the size, a pool among them. @param {Net} net @param {(number | Pair)[][]} branches */
function inception(net, branches) {
  const input = net.last;
  const ends = branches.map((kernels) => net.branch(input, ...kernels));
  const pool = net.conv(3, { from: input, pool: true });
  net.merge('concat', ...ends, net.branch(pool, 1));
}

/** Branches that end with a 3×3 of stride 2, and a pool. @param {Net} net @param {(number | Pair)[][]} branches @param {boolean} valid */
function reduction(net, branches, valid) {
  const input = net.last;
  const ends = branches.map((kernels) =>
    net.conv(3, { stride: 2, valid, from: net.branch(input, ...kernels) }),
  );
  net.merge('concat', ...ends, net.pool(3, { valid, from: input }));
}

function inceptionV2() {
  const net = new Net(224);
  const block = () => inception(net, [[1], [1, 3], [1, 3, 3]]);
  net.conv(7, { stride: 2 });
  net.pool(3);
  net.branch(net.last, 1, 3);
  net.pool(3);
  for (const blocks of [2, 4]) {
    for (let at = 0; at < blocks; at++) block();
    reduction(net, [[1], [1, 3]], false);
  }
  block();
  block();
  return net.layers;
}

/** The stem that the third version and Inception-ResNet have. @param {Net} net */
function stem(net) {
  net.conv(3, { stride: 2, valid: true });
  net.conv(3, { valid: true });
  net.conv(3);
  net.pool(3, { valid: true });
  net.conv(1);
  net.conv(3, { valid: true });
  net.pool(3, { valid: true });
}

function inceptionV3() {
  const net = new Net(299);
  stem(net);
  for (let at = 0; at < 3; at++) inception(net, [[1], [1, 5], [1, 3, 3]]);
  reduction(net, [[], [1, 3]], true);
  for (let at = 0; at < 4; at++) inception(net, [[1], [1, ...SEVEN], [1, ...SEVEN, ...SEVEN]]);
  reduction(net, [[1], [1, ...SEVEN]], true);
  for (let at = 0; at < 2; at++)
    inception(net, [[1], [1, [1, 3]], [1, [3, 1]], [1, 3, [1, 3]], [1, 3, [3, 1]]]);
  return net.layers;
}

function inceptionV4() {
  const net = new Net(299);
  net.conv(3, { stride: 2, valid: true });
  net.conv(3, { valid: true });
  let input = net.conv(3);
  let other = net.pool(3, { valid: true, from: input });
  net.merge('concat', other, net.conv(3, { stride: 2, valid: true, from: input }));
  input = net.last;
  other = net.conv(3, { valid: true, from: net.branch(input, 1) });
  net.merge('concat', other, net.conv(3, { valid: true, from: net.branch(input, 1, ...SEVEN) }));
  input = net.last;
  other = net.conv(3, { stride: 2, valid: true, from: input });
  net.merge('concat', other, net.pool(3, { valid: true, from: input }));
  for (let at = 0; at < 4; at++) inception(net, [[1], [1, 3], [1, 3, 3]]);
  reduction(net, [[], [1, 3]], true);
  for (let at = 0; at < 7; at++) inception(net, [[1], [1, ...SEVEN], [1, ...SEVEN, ...SEVEN]]);
  reduction(net, [[1], [1, ...SEVEN]], true);
  for (let at = 0; at < 3; at++) {
    const long = /** @type {(number | Pair)[]} */ ([1, [3, 1], [1, 3]]);
    inception(net, [[1], [1, [1, 3]], [1, [3, 1]], [...long, [1, 3]], [...long, [3, 1]]]);
  }
  return net.layers;
}

function inceptionResnetV2() {
  const net = new Net(299);
  /** @param {number} count @param {(number | Pair)[][]} branches */
  const residual = (count, branches) => {
    for (let at = 0; at < count; at++) {
      const input = net.last;
      const ends = branches.map((kernels) => net.branch(input, ...kernels));
      const up = net.branch(net.merge('concat', ...ends), 1);
      net.merge('add', input, up);
    }
  };
  stem(net);
  inception(net, [[1], [1, 5], [1, 3, 3]]);
  net.branch(net.last, 1);
  residual(10, [[1], [1, 3], [1, 3, 3]]);
  reduction(net, [[], [1, 3]], true);
  net.branch(net.last, 1);
  residual(20, [[1], [1, ...SEVEN]]);
  reduction(net, [[1], [1], [1, 3]], true);
  net.branch(net.last, 1);
  residual(10, [[1], [1, [1, 3], [3, 1]]]);
  net.conv(1);
  return net.layers;
}

/**
 * Receptive field, stride and padding of the last map, in cells of the input, as published: "Computing Receptive Fields of
 * Convolutional Neural Networks" (Distill, 2019) and the table of its library.
 * @type {{ name: string, size: number, layers: StackLayer[], published: [number, number, number] }[]}
 */
export const NETWORKS = [
  { name: 'alexnet_v2', size: 224, layers: alexnet(), published: [195, 32, 64] },
  { name: 'vgg_16', size: 224, layers: vgg16(), published: [212, 32, 90] },
  { name: 'mobilenet_v1', size: 224, layers: mobilenet(), published: [315, 32, 126] },
  { name: 'resnet_v1_50', size: 224, layers: resnet([3, 4, 6, 3]), published: [483, 32, 239] },
  { name: 'inception_v2', size: 224, layers: inceptionV2(), published: [699, 32, 318] },
  { name: 'resnet_v1_101', size: 224, layers: resnet([3, 4, 23, 3]), published: [1027, 32, 511] },
  { name: 'inception_v3', size: 299, layers: inceptionV3(), published: [1311, 32, 618] },
  { name: 'resnet_v1_152', size: 224, layers: resnet([3, 8, 36, 3]), published: [1507, 32, 751] },
  { name: 'resnet_v1_200', size: 224, layers: resnet([3, 24, 36, 3]), published: [1763, 32, 879] },
  { name: 'inception_v4', size: 299, layers: inceptionV4(), published: [2071, 32, 998] },
  {
    name: 'inception_resnet_v2',
    size: 299,
    layers: inceptionResnetV2(),
    published: [3039, 32, 1482],
  },
];

/** What a 3×3, a 2×2 pool … of vgg_16 see, by the order of the layers. */
export const VGG_LADDER = [
  3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212,
];
