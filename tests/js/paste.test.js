// What a paste is taken for, and what the page makes of it: parts by source, name, shape and order; requests in
// PyTorch's layouts; refusals that name the numbers. The texts are those that PyTorch, Keras and people write.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createEngine } from '../../web/engine/index.js';
import { makeState } from '../../web/state/initial.js';
import { requestOfPaste, roundingOf } from '../../web/state/paste/adopt.js';
import { requestsOfError } from '../../web/state/paste/errors.js';
import { stateOfRequest } from '../../web/state/paste/fields.js';
import { channelsFirst, permute, withRank } from '../../web/state/paste/layout.js';
import { guessParts } from '../../web/state/paste/roles.js';
import { SAMPLES } from '../../web/state/paste/samples.js';
import { OPENING } from '../../web/state/presets.js';
import { samePadding } from '../../web/state/same.js';
import { readSettings, requestOf } from '../../web/state/settings.js';

let engine = /** @type {any} */ (null);
before(async () => {
  engine = await createEngine();
});

const opening = () => makeState(OPENING);

/** @param {any} request @returns {number[]|null} */
const outputShape = (request) => {
  try {
    return engine.inferShape(request).outputShape;
  } catch {
    return null;
  }
};

/** @param {string} text @param {any} [state] */
function taken(text, state = opening()) {
  const { items } = engine.parse(text);
  const shown = requestOf(state, readSettings(state).values);
  const parts = guessParts(items, {
    shapes: {
      input: state.input.shape,
      weight: state.weight.shape,
      output: outputShape(shown),
    },
    outputOf: (known) => {
      const found = requestOfPaste(state, items, known);
      return 'problem' in found ? null : outputShape(found.request);
    },
  });
  return { items, parts, roles: parts.map((p) => p.role), state };
}

/** @param {string} text @param {any} [state] @returns {any} */
function requested(text, state) {
  const { items, parts, state: from } = taken(text, state);
  return requestOfPaste(from, items, parts);
}

test('the script of the worked example with its output needs no further word', () => {
  const { request } = requested(SAMPLES[0].text, makeState({ op: 'conv1d' }));
  assert.equal(request.op, 'conv_transpose2d');
  assert.deepEqual(request.input.shape, [1, 1, 2, 2]);
  assert.deepEqual([...request.input.data], [1, 2, 0, 1]);
  assert.deepEqual([...request.weight.data], [1, 0, 1, 1, 1, 0, 0, 0, 1]);
  assert.deepEqual(request.stride, [2, 2]);
  assert.equal(request.bias, null);
  const { items, roles } = taken(SAMPLES[0].text);
  const output = items[roles.indexOf('output')];
  assert.deepEqual([...engine.run(request).data], [...output.data]);
});

test('a lone tensor is the output where it has its shape, and asked about where it could be anything', () => {
  const five = `tensor(${JSON.stringify(Array.from({ length: 5 }, () => [1, 2, 3, 4, 5]))})`;
  assert.deepEqual(taken(five).roles, ['output']);
  assert.deepEqual(taken('tensor([[1., 2.], [3., 4.]])').roles, ['ask']);
  assert.deepEqual(taken('tensor([[1., 2., 7.]], grad_fn=<ConvolutionBackward0>)').roles, [
    'output',
  ]);
});

test('names tell', () => {
  const text =
    'w = tensor([[1., 2.], [3., 4.]])\nx = tensor([[1., 2., 3.], [3., 4., 5.], [6., 7., 8.]])\nb = tensor([0.5])\ny = tensor([[1., 2.], [3., 4.]])';
  assert.deepEqual(taken(text).roles, ['weight', 'input', 'bias', 'output']);
});

test('three tensors without a name are input, kernel and output; four have a bias', () => {
  const [x, w, b, y] = [
    'tensor([[1., 2., 3.], [4., 5., 6.], [7., 8., 9.]])',
    'tensor([[1., 2.], [3., 4.]])',
    'tensor([1.])',
    'tensor([[38., 48.], [68., 78.]])',
  ];
  assert.deepEqual(taken([x, w, y].join('\n\n')).roles, ['input', 'weight', 'output']);
  assert.deepEqual(taken([x, w, b, y].join('\n\n')).roles, ['input', 'weight', 'bias', 'output']);
});

test('a layer by its print fills the settings and keeps the numbers', () => {
  const { request, missingBias } = requested(
    'ConvTranspose2d(1, 2, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1))',
  );
  assert.deepEqual(request.weight.shape, [1, 2, 4, 4]);
  assert.deepEqual(request.input.shape, [1, 1, 2, 2]);
  assert.deepEqual(request.bias.shape, [2]);
  assert.equal(missingBias, true);
  const page = stateOfRequest(opening(), request);
  assert.ok('state' in page);
  assert.equal(page.state.op, 'conv_transpose2d');
  assert.deepEqual(page.state.text.kernelSize, ['4', '4']);
  assert.deepEqual(page.state.text.padding, ['1', '1']);
  assert.equal(page.state.hasBias, true);
});

test('a request survives the fields of the page', () => {
  const cases = [
    {
      op: 'conv2d',
      padding: [
        [1, 2],
        [0, 1],
      ],
      stride: [2, 1],
      dilation: [1, 2],
      groups: 2,
      x: [1, 4, 7, 8],
      w: [6, 2, 3, 2],
    },
    {
      op: 'conv1d',
      padding: 'same',
      stride: [1],
      dilation: [2],
      groups: 1,
      x: [1, 2, 9],
      w: [3, 2, 4],
    },
    {
      op: 'conv_transpose3d',
      padding: [1, 1, 0],
      stride: [2, 1, 2],
      dilation: [1, 1, 1],
      groups: 1,
      outputPadding: [1, 0, 1],
      x: [1, 2, 2, 3, 2],
      w: [2, 1, 2, 3, 2],
    },
  ];
  for (const { x, w, ...rest } of cases) {
    const fill = (/** @type {number[]} */ shape) => ({
      shape,
      data: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i % 7) - 3),
    });
    const request = { ...rest, input: fill(x), weight: fill(w), bias: null };
    const page = stateOfRequest(opening(), request);
    assert.ok('state' in page, rest.op);
    const again = requestOf(page.state, readSettings(page.state).values);
    assert.deepEqual(engine.run(again).data, engine.run(request).data, rest.op);
  }
});

test('channels last become channels first, and TensorFlow’s SAME becomes numbers', () => {
  assert.deepEqual(permute([1, 2, 3], [1, 2, 3, 4, 5, 6], [0, 2, 1]), {
    shape: [1, 3, 2],
    data: Float64Array.of(1, 4, 2, 5, 3, 6),
  });
  assert.deepEqual(channelsFirst(4, 'input', 'conv2d'), [0, 3, 1, 2]);
  assert.deepEqual(channelsFirst(4, 'weight', 'conv2d'), [3, 2, 0, 1]);
  assert.equal(channelsFirst(2, 'output', 'conv2d'), null);
  // users ask about these two: i6 k3 s2 pads 0/1, i224 k7 s2 pads 2/3
  const same = (/** @type {any} */ axis) => samePadding('conv2d', { dilation: 1, ...axis }).pair;
  assert.deepEqual(same({ input: 6, kernel: 3, stride: 2 }), [0, 1]);
  assert.deepEqual(same({ input: 224, kernel: 7, stride: 2 }), [2, 3]);
  assert.deepEqual(
    samePadding('conv_transpose2d', { input: 4, kernel: 3, stride: 2, dilation: 1 }),
    { pair: [0, 1], outputPadding: 0 },
  );
});

test('ranks are matched by axes of size one, and by nothing else', () => {
  assert.deepEqual(withRank([2, 2], 4), [1, 1, 2, 2]);
  assert.deepEqual(withRank([1, 1, 2, 2], 2), [2, 2]);
  assert.equal(withRank([3, 2, 2], 2), null);
});

test('what does not fit is refused with its numbers, and what is too large for the page is told apart', () => {
  const bad = requested(
    'F.conv2d(x, w)\nx = tensor([[[[1., 2.], [3., 4.]], [[1., 2.], [3., 4.]]]])\nw = tensor([[[[1.]], [[1.]], [[1.]]]])',
  );
  assert.equal(bad.problem.id, 'channels');
  assert.deepEqual(bad.problem.values, { channels: 2, expected: 3 });
  const hidden = requested(
    'x = tensor([[0.1, 0.2, ..., 0.3], ..., [0.1, 0.2, ..., 0.3]])\nConv2d(1, 1, kernel_size=(1, 1))',
  );
  assert.equal(hidden.problem.id, 'truncated');
  const { request } = requested('Conv2d(64, 128, kernel_size=(3, 3))');
  const page = stateOfRequest(opening(), request);
  assert.ok('problem' in page);
  assert.equal(page.problem.values.max, 16);
});

test('printed numbers are known to half a unit of their last digit, written ones exactly', () => {
  const first = (/** @type {string} */ text) => engine.parse(text).items[0];
  assert.ok(Math.abs(roundingOf(first('tensor([0.1234, 1.5000])')) - 0.5e-4) < 1e-12);
  assert.equal(roundingOf(first('tensor([1., 2.])')), 0);
  assert.equal(roundingOf(first('[[0.12345, 1]]')), 0);
  assert.ok(Math.abs(roundingOf(first('tensor([1.2340e+03, 5.0000e-01])')) - 0.05) < 1e-9);
});

test('an error that PyTorch raised is raised anew by the engine, word for word', () => {
  const texts = [
    'Given groups=1, weight of size [64, 3, 3, 3], expected input[1, 512, 512, 3] to have 3 channels, but got 512 channels instead',
    'Given transposed=1, weight of size [16, 8, 3, 3], expected input[1, 8, 5, 5] to have 16 channels, but got 8 channels instead',
    "Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size can't be greater than actual input size",
    'Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [2, 2]',
    'non-positive stride is not supported',
    'negative padding is not supported',
  ];
  for (const text of texts) {
    const said = requestsOfError(text).map((request) => {
      try {
        return engine.inferShape(request).outputShape.join();
      } catch (error) {
        return /** @type {any} */ (error).torch;
      }
    });
    assert.ok(said.includes(`RuntimeError: ${text}`), `${text}\n${said.join('\n')}`);
  }
  assert.deepEqual(requestsOfError('CUDA out of memory'), []);
});

test('layers of any size are named, never computed for their numbers, and what makes no sense is the field’s to say', () => {
  for (const [text, field] of [
    ['nn.Conv2d(1024, 1024, 7)', 'inChannels'],
    ['nn.Conv2d(1, 1, 1000000)', 'kernelSize'],
    ['nn.Conv2d(1, 1, -1)', 'kernelSize'],
    ['nn.Conv2d(1, 1, 0)', 'kernelSize'],
    ['nn.Conv2d(0, 1, 3)', 'inChannels'],
    ['nn.ConvTranspose2d(1000000000, 1, 3)', 'inChannels'],
  ]) {
    const { request } = requested(text);
    assert.equal(request.weight.data, undefined, text);
    const page = stateOfRequest(opening(), request);
    assert.ok('problem' in page, text);
    assert.equal(page.problem.field, field, text);
  }
});
