// What is copied out: text that reads back to the same numbers, .npy files as numpy writes them, and .onnx files
// that onnxruntime runs to the same output. That numpy and PyTorch read the text is checked by hand.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as ort from 'onnxruntime-web/wasm';
import { createEngine } from '../../web/engine/index.js';
import { exportLayer, exportTensor } from '../../web/state/export/index.js';
import { shortest, WRITERS } from '../../web/state/export/text.js';
import { LAYER_FORMATS, TENSOR_FORMATS } from '../../web/state/formats.js';
import { makeState } from '../../web/state/initial.js';
import { OPENING } from '../../web/state/presets.js';
import { EXPECTED_CELLS, pytorchScript } from '../../web/state/script.js';
import { seeded } from '../../web/state/tensors.js';
import { statesOf } from './layer-states.js';

ort.env.wasm.numThreads = 1;

/** A .5 of all kinds of numbers. @param {number} length @param {number} seed */
function numbers(length, seed) {
  const random = seeded(seed);
  return Float64Array.from({ length }, () => {
    const kind = random();
    if (kind < 0.3) return Math.floor(random() * 20) - 9;
    return kind < 0.4 ? -0 : (random() - 0.5) * 10 ** Math.floor(random() * 60 - 30);
  });
}
const tensor = { shape: [2, 2, 3, 4], data: numbers(48, 3) };

test('the shortest float32 reads back to the same float32', () => {
  for (const value of numbers(5000, 1)) {
    const short = shortest(value, 'float32');
    assert.equal(Math.fround(short), Math.fround(value));
    assert.ok(String(short).length <= String(Math.fround(value)).length);
  }
  assert.equal(shortest(Math.fround(0.1), 'float32'), 0.1);
  assert.equal(shortest(16777217, 'float32'), 16777216);
});

test('a literal is laid out as PyTorch prints, and the engine reads it back exactly', async () => {
  const engine = await createEngine();
  const small = { shape: [1, 2, 2, 2], data: [1, 2, 3, 4, 5, 0.1, -0, 1e-9] };
  assert.equal(
    WRITERS.torch(small, 'float32'),
    `torch.tensor([[[[1., 2.],
                [3., 4.]],

               [[5., 0.1],
                [-0., 1e-9]]]], dtype=torch.float32)\n`,
  );
  for (const format of /** @type {const} */ (['torch', 'numpy', 'nested'])) {
    const [item] = /** @type {any[]} */ (engine.parse(WRITERS[format](tensor, 'float64')).items);
    assert.deepEqual(item.shape, tensor.shape, format);
    assert.deepEqual(item.data, tensor.data, format);
  }
});

test('what is no number, no axis and no cell has its own words', () => {
  const odd = {
    shape: [3],
    data: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  };
  assert.match(WRITERS.torch(odd, 'float32'), /float\('nan'\), float\('inf'\), float\('-inf'\)/);
  assert.match(WRITERS.numpy(odd, 'float64'), /\[np\.nan, np\.inf, -np\.inf\], dtype=np\.float64/);
  assert.equal(WRITERS.nested(odd, 'float64'), '[NaN, Infinity, -Infinity]\n');
  assert.equal(WRITERS.csv(odd, 'float64'), 'nan,inf,-inf\n');
  assert.match(WRITERS.latex(odd, 'float64'), /\\mathrm\{nan\} & \\infty & -\\infty/);
  assert.equal(
    WRITERS.torch({ shape: [], data: [2] }, 'float32'),
    'torch.tensor(2., dtype=torch.float32)\n',
  );
  assert.equal(
    WRITERS.numpy({ shape: [0, 3], data: [] }, 'float32'),
    'np.zeros((0, 3), dtype=np.float32)\n',
  );
});

test('JSON keeps the shape; CSV has a blank line between maps; LaTeX a matrix for each', () => {
  assert.deepEqual(JSON.parse(WRITERS.json(tensor, 'float64')), {
    shape: tensor.shape,
    data: Array.from(tensor.data),
  });
  const maps = WRITERS.csv(tensor, 'float64').trimEnd().split('\n\n');
  assert.equal(maps.length, 4);
  assert.deepEqual(
    maps.flatMap((map) => map.split('\n').flatMap((row) => row.split(',').map(Number))),
    Array.from(tensor.data),
  );
  assert.equal(WRITERS.tsv({ shape: [2, 2], data: [1, 2, 3, 4] }, 'float64'), '1\t2\n3\t4\n');
  assert.equal(
    WRITERS.latex({ shape: [1, 2, 1, 2], data: [1, -2.5, 3e-9, 0] }, 'float64'),
    '% [0, 0]\n\\begin{bmatrix}\n  1 & -2.5\n\\end{bmatrix}\n\n% [0, 1]\n\\begin{bmatrix}\n  3 \\cdot 10^{-9} & 0\n\\end{bmatrix}\n',
  );
});

test('a .npy file is byte for byte the one that numpy writes', () => {
  const { read } = JSON.parse(
    readFileSync(new URL('../oracle/files.json', import.meta.url), 'utf8'),
  );
  let compared = 0;
  for (const { case: name, base64, tensors } of read) {
    if (!['<f4', '<f8', 'empty', 'no axis'].includes(name)) continue;
    const { dtype, shape, values } = tensors[0];
    const data = Float64Array.from(values, Number);
    const found = exportTensor({ what: 'a', format: 'npy', dtype }, { shape, data });
    assert.equal(Buffer.from(found.content()).toString('base64'), base64, name);
    compared++;
  }
  assert.equal(compared, 4);
});

test('every form has a file name and a preview', async () => {
  for (const format of TENSOR_FORMATS) {
    const found = exportTensor({ what: 'output', format, dtype: 'float32' }, tensor);
    assert.match(found.name, /^output\.(py|json|csv|tsv|tex|npy)$/);
    assert.ok(found.preview().length > 10);
    assert.equal(typeof found.content() === 'string', found.isText);
  }
  const [{ state, output }] = await statesOf(1, 4);
  for (const format of LAYER_FORMATS)
    assert.match(String(exportLayer(format, state, output)?.name), /\.(py|onnx)$/);
});

/** @param {Uint8Array} model @param {{ shape: number[], data: Float64Array }} input */
async function runOnnx(model, input) {
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const x = new ort.Tensor('float32', Float32Array.from(input.data), input.shape);
  const { y } = await session.run({ x });
  await session.release();
  return { shape: Array.from(y.dims), data: /** @type {Float32Array} */ (y.data) };
}

test('onnxruntime computes the same output from an exported model', async () => {
  const seen = new Set();
  let models = 0;
  for (const { state, output } of await statesOf(150, 9)) {
    const found = exportLayer('onnx', state, output);
    if (!found) {
      assert.notEqual(state.paddingMode, 'zeros');
      continue;
    }
    const y = await runOnnx(/** @type {Uint8Array} */ (found.content()), state.input);
    assert.deepEqual(y.shape, output.shape, found.preview());
    for (const [i, value] of y.data.entries()) {
      const wanted = output.data[i];
      assert.ok(
        Math.abs(value - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted)),
        `${value} is not ${wanted}:\n${found.preview()}`,
      );
    }
    models++;
    for (const kind of [state.op, state.paddingKind, state.paddingMode, `flip ${state.flip}`])
      seen.add(kind);
    if (state.hasBias) seen.add('bias');
    if (state.text.groups[0] !== '1') seen.add('groups');
  }
  assert.ok(models > 120, `${models} models`);
  // six operations, four kinds and four modes of padding, turned or not, bias, groups
  assert.equal(seen.size, 18, [...seen].join());
});

test('a padding that ONNX has no operator for is no file', () => {
  const state = makeState({
    op: 'conv1d',
    inputSize: 5,
    kernelSize: 2,
    padding: -1,
    paddingMode: 'circular',
  });
  assert.equal(exportLayer('onnx', state, { shape: [1, 1, 2], data: [0, 0] }), null);
});

test('the script asserts the output, exactly where all numbers are whole', async () => {
  const state = makeState(OPENING);
  const engine = await createEngine();
  const output = engine.run({
    op: state.op,
    input: state.input,
    weight: state.weight,
    stride: 2,
  });
  const script = pytorchScript(state, output);
  assert.match(script, /^import torch\n/);
  assert.match(script, /expected = torch\.tensor\(\[1\., 0\., 3\., 0\., 2\., /);
  assert.match(script, /assert torch\.equal\(y, expected\)/);
  assert.match(script, /print\("equal to the output of Convscope"\)\n$/);
  const fraction = { ...output, data: Float64Array.from(output.data, (v) => v + 0.5) };
  assert.match(pytorchScript(state, fraction), /assert torch\.allclose\(y, expected, rtol=1e-9/);
  assert.doesNotMatch(pytorchScript(state), /assert/);
  const long = { shape: [EXPECTED_CELLS + 1], data: new Float64Array(EXPECTED_CELLS + 1) };
  assert.match(pytorchScript(state, long), /# The output of 2049 numbers is too long/);
  assert.doesNotMatch(pytorchScript(state, long), /assert/);
});

test('the script allows for another order of summation where large numbers cancel', () => {
  const state = makeState({
    op: 'conv1d',
    inputSize: [2],
    kernelSize: [2],
    input: [1e20, -1e20],
    weight: [1, 1],
  });
  const output = { shape: [1, 1, 1], data: [0] };
  assert.match(pytorchScript(state, output), /rtol=1e-9, atol=2e\+7, equal_nan/);
  const whole = makeState({
    op: 'conv1d',
    inputSize: [2],
    kernelSize: [2],
    input: [2 ** 52, 1],
    weight: [1, 1],
  });
  assert.match(pytorchScript(whole, { shape: [1, 1, 1], data: [1] }), /allclose/);
});

test('a LaTeX matrix of more than ten columns tells how many', () => {
  const wide = (/** @type {number} */ cols) =>
    WRITERS.latex({ shape: [1, cols], data: new Float64Array(cols) }, 'float64');
  assert.match(wide(11), /^\\setcounter\{MaxMatrixCols\}\{11\}\n\\begin\{bmatrix\}/);
  assert.match(wide(10), /^\\begin\{bmatrix\}/);
});

test('the script asserts nothing of a kernel with inf, which PyTorch answers in two ways', () => {
  const state = makeState({ op: 'conv1d', kernelSize: [2], weight: [Number.POSITIVE_INFINITY, 1] });
  const script = pytorchScript(state, { shape: [1, 1, 1], data: [1] });
  assert.match(script, /# A kernel with inf or nan has no one output/);
  assert.doesNotMatch(script, /assert/);
});

test('the script of a true convolution turns the kernel', () => {
  const state = makeState({ op: 'conv2d', flip: true });
  assert.match(pytorchScript(state), /\nw = w\.flip\(2, 3\)/);
  assert.doesNotMatch(pytorchScript(makeState({ op: 'conv2d' })), /flip/);
});
