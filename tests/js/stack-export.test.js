// What a stack is taken away as: an ONNX model that onnxruntime runs to the engine's numbers, PyTorch source and tables.
// That a real PyTorch runs the source is checked by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ort from 'onnxruntime-web/wasm';
import { createEngine } from '../../web/engine/index.js';
import { exportStack } from '../../web/state/export/stack/index.js';
import { readSettings, requestOf } from '../../web/state/settings.js';
import { FAMILIES } from '../../web/state/stack/kinds.js';
import { readLayers } from '../../web/state/stack/layers.js';
import { canOpen, isWhole, openState } from '../../web/state/stack/open.js';
import { STACK_PRESETS } from '../../web/state/stack/presets.js';
import { readLayersText } from '../../web/state/stack/text.js';
import { seeded, sizeOf } from '../../web/state/tensors.js';
import { readLink, writeLink } from '../../web/state/url.js';

ort.env.wasm.numThreads = 1;

/** @param {string} text */
const layersOf = (text) => readLayers(readLayersText(text) ?? []).layers;

/** @param {number[]} shape */
function inputOf(shape) {
  const random = seeded(3);
  return { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => random() * 2 - 1) };
}

/**
 * The largest difference between the engine's output and onnxruntime's, of an exported model.
 * @param {string} text @param {number[]} shape
 */
async function difference(text, shape) {
  const engine = await createEngine();
  const layers = layersOf(text);
  const stack = engine.stack(layers, shape);
  assert.equal(stack.failure, null, `${text}: ${stack.failure?.message}`);
  const input = inputOf(shape);
  const run = engine.runStack(layers, input);
  const found = exportStack('onnx', layers, stack, run);
  assert.ok('content' in found, `${text}: ${JSON.stringify(found)}`);
  const session = await ort.InferenceSession.create(/** @type {Uint8Array} */ (found.content()));
  const { y } = await session.run({ x: new ort.Tensor('float32', input.data, shape) });
  const ours = run.outputs[layers.length - 1];
  assert.deepEqual([...y.dims], ours.shape, text);
  const theirs = /** @type {Float32Array} */ (y.data);
  const scale = Math.max(1, ...Array.from(ours.data, Math.abs));
  return Math.max(...Array.from(theirs, (v, i) => Math.abs(v - ours.data[i]))) / scale;
}

/** Every operation, with every argument that ONNX has. @type {[string, number[]][]} */
const CASES = [
  ['conv2d(co=6,k=3x2,s=2x1,p=1/2x0/1,d=1x2,g=2)', [2, 4, 9, 8]],
  ['conv2d(co=4,k=3,p=1,pm=reflect);conv2d(co=4,k=3,p=1,pm=circular,b=0)', [1, 3, 6, 7]],
  ['conv1d(co=4,k=4,p=same);conv3d(co=2,k=3)'.split(';')[0], [1, 2, 9]],
  ['conv3d(co=2,k=3x2x1,p=1)', [1, 2, 5, 4, 3]],
  ['conv_transpose2d(co=6,k=3,s=3x2,p=1,po=1,d=2,g=2)', [1, 4, 3, 4]],
  ['conv_transpose1d(co=2,k=4,s=2,b=0);conv_transpose1d(co=2,k=3,s=2,p=0/1)', [2, 3, 5]],
  ['conv_transpose3d(co=2,k=2,s=2)', [1, 2, 2, 3, 2]],
  ['max_pool2d(k=3,s=2,p=1);max_pool2d(k=2,d=2,s=1)', [1, 2, 11, 12]],
  ['max_pool2d(k=3,s=2,ceil=1)', [1, 2, 8, 8]],
  ['avg_pool2d(k=3,s=2,p=1,cip=0)', [1, 2, 8, 9]],
  ['avg_pool1d(k=3,p=1)', [1, 2, 9]],
  ['adaptive_avg_pool2d(os=2x_);adaptive_max_pool2d(os=1)', [1, 2, 8, 6]],
  ['upsample(f=2);upsample(f=1.5,m=bilinear)', [1, 2, 4, 6]],
  ['upsample(size=7x9,m=bilinear,ac=1)', [1, 2, 4, 6]],
  ['upsample(size=7,m=linear);upsample(size=5)', [1, 2, 4]],
  ['pixel_shuffle(r=2);pixel_unshuffle(r=3)', [1, 8, 3, 6]],
  ['pad2d(p=1/2x0/3);pad2d(p=2,pm=replicate);pad2d(p=1,pm=circular)', [1, 2, 4, 5]],
  ['pad1d(p=2/0);conv1d(co=3,k=3)', [2, 2, 6]],
  ['flatten;linear(out=5);relu;unflatten(size=5x1x1);linear(out=3,b=0)', [2, 3, 2, 2]],
  ['batch_norm2d(eps=0.1);instance_norm2d(a=1);group_norm(g=2)', [2, 4, 3, 5]],
  ['group_norm(g=4,a=0);batch_norm2d(a=0);instance_norm2d', [2, 4, 3, 5]],
  ['prelu;prelu(n=4);leaky_relu(ns=0.3);elu(al=0.7)', [2, 4, 3]],
  ['hardtanh(min=-0.4,max=0.5);softplus(beta=2);softplus', [2, 4, 3]],
  ['softmax(dim=1);log_softmax(dim=2);softmax(dim=2)', [2, 4, 3]],
  ...FAMILIES.smooth.ops.map((op) => /** @type {[string, number[]]} */ ([op, [2, 4, 3]])),
  ['relu;relu6;dropout;identity', [2, 4, 3]],
  ['conv2d(co=4,k=3,p=1);relu;conv2d(co=4,k=3,p=1,add=0,cat=in);tanh(from=0,add=2)', [1, 3, 6, 6]],
];

test('onnxruntime computes the same from every operation with its arguments', async () => {
  const told = new Set(
    CASES.flatMap(([text]) => layersOf(text).map(({ op }) => op.replace(/\dd$/, ''))),
  );
  const all = Object.values(FAMILIES).flatMap(({ ops }) => ops.map((op) => op.replace(/\dd$/, '')));
  assert.deepEqual([...told].sort(), [...new Set(all)].sort(), 'every operation has a case');
  for (const [text, shape] of CASES)
    assert.ok((await difference(text, shape)) < 1e-5, `${text}: ${await difference(text, shape)}`);
});

test('onnxruntime computes the same from presets', async () => {
  for (const id of ['lenet5', 'autoencoder', 'dcgan_d32', 'wavenet']) {
    const preset = STACK_PRESETS.find((p) => p.id === id);
    assert.ok(preset);
    const shape = preset.shape.split(',').map(Number);
    assert.ok((await difference(preset.layers, shape)) < 1e-5, id);
  }
});

test('what ONNX cannot say is told with its layer', async () => {
  const engine = await createEngine();
  /** @type {[string, number[], object][]} */
  const cases = [
    ['conv2d(co=1,k=1)', [3, 8, 8], { problem: 'batch' }],
    [
      'relu;adaptive_avg_pool2d(os=3)',
      [1, 1, 8, 8],
      { problem: 'layer', layer: 1, op: 'adaptive_avg_pool2d' },
    ],
    ['avg_pool2d(k=2,div=3)', [1, 1, 8, 8], { problem: 'layer', layer: 0, op: 'avg_pool2d' }],
  ];
  for (const [text, shape, wanted] of cases) {
    const layers = layersOf(text);
    const stack = engine.stack(layers, shape);
    const input = inputOf(shape);
    assert.deepEqual(exportStack('onnx', layers, stack, engine.runStack(layers, input)), wanted);
  }
});

/** @param {'torch'|'markdown'|'latex'|'csv'} format @param {string} text @param {number[]} shape */
async function textOf(format, text, shape) {
  const engine = await createEngine();
  const layers = layersOf(text);
  const found = exportStack(format, layers, engine.stack(layers, shape), null);
  assert.ok('content' in found);
  assert.equal(found.content(), found.text);
  return String(found.text);
}

test('the source of a plain stack is a Sequential, which is read back to the same layers', async () => {
  const engine = await createEngine();
  for (const { id, layers: text, shape } of STACK_PRESETS) {
    const source = await textOf('torch', text, shape.split(',').map(Number));
    if (!source.includes('nn.Sequential(\n')) continue;
    const { layers, ignored } = engine.parseStack(source);
    assert.deepEqual(ignored, [], id);
    const numbers = shape.split(',').map(Number);
    const [ours, theirs] = [layersOf(text), layers].map((list) => engine.stack(list, numbers));
    assert.equal(theirs.failure, null, id);
    assert.deepEqual(theirs.totals, ours.totals, id);
  }
});

test('source with skips is a module whose forward says them, and asserts what must come out', async () => {
  const source = await textOf(
    'torch',
    'conv2d(co=4,k=3,p=1/0x1/1,pm=reflect);relu(add=0);conv2d(co=4,k=1,b=0,cat=0)',
    [1, 3, 6, 6],
  );
  assert.match(
    source,
    /nn\.Sequential\(nn\.ReflectionPad2d\(\(1, 1, 1, 0\)\), nn\.Conv2d\(3, 4, kernel_size=3\)\)/,
  );
  assert.match(source, /x1 = self\.layers\[1\]\(x0 \+ x0\)/);
  assert.match(source, /x2 = self\.layers\[2\]\(torch\.cat\(\[x1, x0\], 1\)\)/);
  assert.match(source, /nn\.Conv2d\(8, 4, kernel_size=1, bias=False\)/);
  assert.match(source, /assert y\.shape == \(1, 4, 5, 6\)/);
  assert.match(source, /assert parameters == 144/);
});

test('source has what PyTorch takes: adaptive pools that keep axes, upsampling to the nearest', async () => {
  const source = (/** @type {string} */ text, shape = [1, 3, 4, 6]) => textOf('torch', text, shape);
  assert.match(await source('adaptive_avg_pool2d(os=_)'), /Pool2d\(output_size=\(4, 6\)\)/);
  assert.match(await source('adaptive_max_pool2d(os=2x_)'), /Pool2d\(output_size=\(2, 6\)\)/);
  assert.match(await source('adaptive_avg_pool2d(os=2)'), /Pool2d\(output_size=2\)/);
  assert.match(await source('adaptive_avg_pool1d(os=_)', [1, 3, 5]), /Pool1d\(output_size=5\)/);
  assert.match(await source('upsample(f=2,ac=0)'), /Upsample\(scale_factor=2\)/);
  assert.match(
    await source('upsample(f=2,m=bilinear,ac=1)'),
    /Upsample\(scale_factor=2, mode="bilinear", align_corners=True\)/,
  );
});

test('tables have a row a layer and the totals', async () => {
  const text = 'conv2d(co=4,k=3,s=2);conv_transpose2d(co=2,k=3,s=2)';
  const markdown = await textOf('markdown', text, [1, 3, 8, 8]);
  assert.equal(
    markdown.split('\n')[3],
    '| 1 | `conv_transpose2d(co=2, k=3, s=2)` | 1×4×3×3 | 1×2×7×7 | 74 | 648 | 392 | 5 | 1 | 0 | 3 to 6 |',
  );
  assert.match(markdown, /\| {2}\| Total \| 1×3×8×8 \| 1×2×7×7 \| 186 \|/);
  const csv = await textOf('csv', text, [1, 3, 8, 8]);
  assert.equal(csv.split('\r\n')[1].split(',').length, 11 + 2);
  assert.match(csv, /^0,"conv2d\(co=4, k=3, s=2\)",1×3×8×8/m);
  const latex = await textOf('latex', text, [1, 3, 8, 8]);
  assert.match(latex, /conv\\_transpose2d.* & 1\$\\times\$4/);
  for (const line of latex.split('\n').filter((line) => line.includes('&')))
    assert.equal(line.match(/(?<!\\)&/g)?.length, 10);
});

test('a layer opens as a page of its own, with the numbers that flowed through it', async () => {
  const engine = await createEngine();
  const layers = layersOf('conv2d(co=4,k=3,s=2);conv_transpose2d(co=2,k=3x2,s=2,p=1,g=2)');
  const shape = [1, 3, 8, 8];
  const stack = engine.stack(layers, shape);
  const { outputs, parameters } = engine.runStack(layers, inputOf(shape));
  assert.ok(canOpen(layers[1], stack.layers[1]));
  assert.ok(isWhole(layers[1], stack.layers[1], true));
  const state = openState(layers[1], stack.layers[1], true, {
    input: outputs[0].data,
    weight: parameters[1]?.weight.data ?? [],
    bias: parameters[1]?.bias?.data ?? null,
  });
  const link = readLink(writeLink(state));
  assert.ok(link && 'state' in link);
  const { values, errors } = readSettings(link.state);
  assert.deepEqual(errors, []);
  const output = engine.run(requestOf(link.state, values));
  assert.deepEqual(output.shape, stack.layers[1].outputShape);
  for (const [i, v] of output.data.entries()) assert.ok(Math.abs(v - outputs[1].data[i]) < 1e-6);
});

test('a layer of many channels opens with its arguments alone, one too large does not', async () => {
  const engine = await createEngine();
  const open = (/** @type {string} */ text, /** @type {number[]} */ shape) => {
    const layers = layersOf(text);
    const stack = engine.stack(layers, shape);
    if (!canOpen(layers[0], stack.layers[0])) return null;
    assert.equal(isWhole(layers[0], stack.layers[0], stack.batched), false);
    return openState(layers[0], stack.layers[0], stack.batched, null);
  };
  const wide = open('conv2d(co=512,k=3,s=2,p=1)', [1, 256, 32, 32]);
  assert.deepEqual(wide?.text.inChannels, ['1']);
  assert.deepEqual(
    [wide?.text.stride, wide?.text.inputSize],
    [
      ['2', '2'],
      ['32', '32'],
    ],
  );
  assert.equal(open('conv2d(co=8,k=3)', [1, 3, 224, 224]), null);
  assert.equal(open('relu', [1, 3, 8, 8]), null);
});
