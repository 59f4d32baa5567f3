// Stacks that everybody knows, by their layer lists. Their numbers of parameters are those that PyTorch counts; a test
// holds them.

import { writeStackLink } from './link.js';
import { makeStackState } from './store.js';
import { readLayersText } from './text.js';

/** @typedef {{ id: string, shape: string, layers: string, cell?: boolean }} StackPreset */

const BN = 'batch_norm2d';
const join = (/** @type {(string|string[])[]} */ ...parts) => parts.flat().join(';');

/** @param {number[]} widths of the layers between the first and the last, largest first */
const generator = (widths) =>
  join(
    [`conv_transpose2d(co=${widths[0]},k=4,b=0)`, BN, 'relu'],
    widths.slice(1).flatMap((w) => [`conv_transpose2d(co=${w},k=4,s=2,p=1,b=0)`, BN, 'relu']),
    ['conv_transpose2d(co=3,k=4,s=2,p=1,b=0)', 'tanh'],
  );

/** @param {number[]} widths smallest first */
const discriminator = (widths) =>
  join(
    [`conv2d(co=${widths[0]},k=4,s=2,p=1,b=0)`, 'leaky_relu(ns=0.2)'],
    widths.slice(1).flatMap((w) => [`conv2d(co=${w},k=4,s=2,p=1,b=0)`, BN, 'leaky_relu(ns=0.2)']),
    ['conv2d(co=1,k=4,b=0)', 'sigmoid'],
  );

const conv3 = (/** @type {number} */ width) => [`conv2d(co=${width},k=3,p=1)`, 'relu'];
const vgg = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
];

/** The places of the last layer before each pool of U-Net's way down, which the way up joins. */
const UNET = [64, 128, 256, 512];
const unet = () => {
  const down = UNET.flatMap((w) => [...conv3(w), ...conv3(w), 'max_pool2d(k=2)']);
  const middle = [...conv3(1024), ...conv3(1024)];
  const up = UNET.toReversed().flatMap((w, level) => {
    const partner = (UNET.length - level) * 5 - 2;
    const [first, ...others] = [...conv3(w), ...conv3(w)];
    return [`conv_transpose2d(co=${w},k=2,s=2)`, first.replace(')', `,cat=${partner})`), ...others];
  });
  return join(down, middle, up, 'conv2d(co=2,k=1)');
};

const wavenet = () => {
  const block = (/** @type {number} */ d) => [
    `pad1d(p=${d}/0)`,
    `conv1d(co=32,k=2${d > 1 ? `,d=${d}` : ''})`,
    'tanh',
  ];
  // Each block is added to what went into it.
  const first = ['pad1d(p=1/0)', 'conv1d(co=32,k=2)'];
  const blocks = [1, 2, 4, 8, 16, 32].flatMap((d, n) => [
    ...block(d),
    `conv1d(co=32,k=1)`,
    `identity(add=${n * 5 + 1})`,
  ]);
  return join(first, blocks, 'relu', 'conv1d(co=256,k=1)');
};

/** @type {StackPreset[]} */
export const STACK_PRESETS = [
  { id: 'dcgan_g64', shape: '1,100,1,1', layers: generator([512, 256, 128, 64]) },
  { id: 'dcgan_g32', shape: '1,100,1,1', layers: generator([256, 128, 64]) },
  { id: 'dcgan_g128', shape: '1,100,1,1', layers: generator([1024, 512, 256, 128, 64]) },
  { id: 'dcgan_d64', shape: '1,3,64,64', layers: discriminator([64, 128, 256, 512]) },
  { id: 'dcgan_d32', shape: '1,3,32,32', layers: discriminator([64, 128, 256]) },
  { id: 'dcgan_d128', shape: '1,3,128,128', layers: discriminator([64, 128, 256, 512, 1024]) },
  {
    id: 'lenet5',
    shape: '1,1,32,32',
    layers: join(
      ['conv2d(co=6,k=5)', 'tanh', 'avg_pool2d(k=2)', 'conv2d(co=16,k=5)', 'tanh'],
      ['avg_pool2d(k=2)', 'conv2d(co=120,k=5)', 'tanh', 'flatten', 'linear(out=84)', 'tanh'],
      'linear(out=10)',
    ),
  },
  {
    id: 'alexnet',
    shape: '1,3,224,224',
    layers: join(
      ['conv2d(co=64,k=11,s=4,p=2)', 'relu', 'max_pool2d(k=3,s=2)', 'conv2d(co=192,k=5,p=2)'],
      ['relu', 'max_pool2d(k=3,s=2)', ...conv3(384), ...conv3(256), ...conv3(256)],
      ['max_pool2d(k=3,s=2)', 'adaptive_avg_pool2d(os=6)', 'flatten', 'dropout'],
      ['linear(out=4096)', 'relu', 'dropout', 'linear(out=4096)', 'relu', 'linear(out=1000)'],
    ),
  },
  {
    id: 'vgg16',
    shape: '1,3,224,224',
    layers: join(
      vgg.flatMap((widths) => [...widths.flatMap(conv3), 'max_pool2d(k=2)']),
      ['adaptive_avg_pool2d(os=7)', 'flatten', 'linear(out=4096)', 'relu', 'dropout'],
      ['linear(out=4096)', 'relu', 'dropout', 'linear(out=1000)'],
    ),
  },
  {
    id: 'resnet50_stem',
    shape: '1,3,224,224',
    layers: join(
      ['conv2d(co=64,k=7,s=2,p=3,b=0)', BN, 'relu', 'max_pool2d(k=3,s=2,p=1)'],
      ['conv2d(co=64,k=1,b=0)', BN, 'relu', 'conv2d(co=64,k=3,p=1,b=0)', BN, 'relu'],
      ['conv2d(co=256,k=1,b=0)', BN, 'conv2d(co=256,k=1,b=0,from=3)', BN, 'relu(add=11)'],
    ),
  },
  { id: 'unet', shape: '1,1,64,64', layers: unet() },
  {
    id: 'autoencoder',
    shape: '1,1,28,28',
    layers: join(
      [
        'conv2d(co=16,k=3,s=2,p=1)',
        'relu',
        'conv2d(co=32,k=3,s=2,p=1)',
        'relu',
        'conv2d(co=64,k=7)',
      ],
      ['relu', 'conv_transpose2d(co=32,k=7)', 'relu', 'conv_transpose2d(co=16,k=3,s=2,p=1,po=1)'],
      ['relu', 'conv_transpose2d(co=1,k=3,s=2,p=1,po=1)', 'sigmoid'],
    ),
  },
  { id: 'wavenet', shape: '1,1,128', layers: wavenet() },
];

/** @param {StackPreset} preset */
export const presetState = ({ id, shape, layers }) =>
  makeStackState({
    layers: /** @type {import('./layers.js').EditLayer[]} */ (readLayersText(layers)),
    shape,
    example: id,
  });

/** The state with the name of the preset that it is, if it is one. @param {import('./store.js').StackState} state */
export function named(state) {
  const plain = writeStackLink({ ...state, selected: null, panel: 'field' });
  const preset = STACK_PRESETS.find((p) => writeStackLink(presetState(p)) === plain);
  return { ...state, example: preset?.id ?? null };
}
