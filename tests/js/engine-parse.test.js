// Pastes through the engine's JavaScript: the prints that tests/cpp reads too, the samples of what
// people paste, what must be refused and how, and ten megabytes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { engine, only, parse, reads, refused, tensor, tensors } from './engine-pastes.js';

/** @param {number | string | null} value as prints.jsonl writes it */
const number = (value) =>
  typeof value === 'string' ? Number(value.replace('inf', 'Infinity')) : value;

test('every print of the oracle is read back: names, shapes, digits, hidden cells', () => {
  const path = new URL('../oracle/prints.jsonl', import.meta.url);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  assert.ok(lines.length > 100);
  for (const line of lines) {
    const { text, parts, kind } = JSON.parse(line);
    const found = tensors(text);
    assert.equal(found.length, parts.length, kind);
    found.forEach((item, at) => {
      const part = parts[at];
      const { name, decimals, scientific, truncated, shape, visibleShape } = item;
      assert.deepEqual(
        { name, decimals, scientific, truncated, shape, visibleShape },
        {
          name: part.name,
          decimals: part.decimals,
          scientific: part.sci,
          truncated: part.truncated,
          shape: part.truncated ? null : part.shape,
          visibleShape: part.visible_shape,
        },
        kind,
      );
      const seen = part.values.filter((/** @type {unknown} */ value) => value !== null);
      // "-0" of an integer print stands as 0 there
      const shown = [...item.data].map((value) => value + 0);
      assert.deepEqual(
        shown,
        seen.map((/** @type {any} */ value) => Number(number(value)) + 0),
        kind,
      );
    });
  }
});

test('a tensor has exactly the documented keys', () => {
  assert.deepEqual(tensor('w = tensor([[1., ..., 2.]], dtype=torch.float64)'), {
    kind: 'tensor',
    name: 'w',
    container: 'tensor',
    dtype: 'float64',
    shape: null,
    visibleShape: [1, 2],
    gaps: [null, 0],
    data: new Float64Array([1, 2]),
    decimals: 0,
    scientific: false,
    truncated: true,
    isConvolved: false,
    role: null,
    layer: null,
  });
});

test('prints of Python’s libraries', () => {
  reads(
    "tensor([[1.5, 2.25]], device='cuda:0', dtype=torch.float16, requires_grad=True)",
    [1, 2],
    [1.5, 2.25],
    { dtype: 'float16' },
  );
  reads('Parameter containing:\ntensor([[0.25]], requires_grad=True)', [1, 1], [0.25], {
    container: 'parameter',
  });
  reads('tensor([], size=(1, 1, 0, 0))', [1, 1, 0, 0], []);
  reads('tensor([[[[ 0., 1.], [ 0., 4.]]]], grad_fn=<...>)', [1, 1, 2, 2], [0, 1, 0, 4]);
  reads('\uFEFFtensor([[\u22121.5,\u00A02.0]],\r\n device=\u2018cuda:0\u2019)', [1, 2], [-1.5, 2]);
  reads('[[1.  2.5]\n [3.  4. ]]', [2, 2], [1, 2.5, 3, 4], { container: 'ndarray', dtype: null });
  reads(
    'tf.Tensor(\n[[[[1.]\n   [2.]]]], shape=(1, 1, 2, 1), dtype=float32)',
    [1, 1, 2, 1],
    [1, 2],
    { container: 'tf' },
  );
  reads(
    '<tf.Tensor: shape=(1, 2), dtype=float32, numpy=array([[1., 2.]], dtype=float32)>',
    [1, 2],
    [1, 2],
    { container: 'tf' },
  );
  reads('Array([[1., 2.]], dtype=float32)', [1, 2], [1, 2], { container: 'jax' });
  const cut = tensor('array([[1., ..., 2.],\n ...,\n [3., ..., 4.]], shape=(100, 200))');
  assert.deepEqual(
    [cut.shape, cut.gaps],
    [
      [100, 200],
      [0, 0],
    ],
  );
  assert.deepEqual(
    tensors("OrderedDict([('weight', tensor([[1.]])), ('bias', tensor([0.]))])").map((t) => t.name),
    ['weight', 'bias'],
  );
  assert.deepEqual(
    tensors('>>> y\ntensor([1.])\nOut[5]: tensor([2.])\nout = tensor([3.])').map((t) => t.name),
    ['y', null, 'out'],
  );
});

test('lists, JSON, MATLAB and spreadsheet cells', () => {
  assert.deepEqual(
    tensors('[[1, 2], [3, 4]]   ((1, 2), (3, 4))').map((t) => t.shape),
    [
      [2, 2],
      [2, 2],
    ],
  );
  reads('[1_000, .5, 1e-3, True,]', [4], [1000, 0.5, 0.001, 1]);
  reads('{"shape":[1,1,2,2],"data":[1,2,3,4]}', [1, 1, 2, 2], [1, 2, 3, 4], { container: 'json' });
  reads('[1 2; 3 4]', [2, 2], [1, 2, 3, 4], { container: 'matlab' });
  reads('1,2,3\n4,5,6\n\n7,8,9\n1,2,3', [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3]);
  assert.deepEqual(
    tensors('input:\n1 2\n3 4\n\nkernel:\n1\t0\n').map((t) => [t.name, t.shape]),
    [
      ['input', [2, 2]],
      ['kernel', [1, 2]],
    ],
  );
});

test('libtorch: scale factors, columns, slices; and PyTorch 0.3', () => {
  const slice = '(1,1,.,.) = \n 0.01 *\n  0.1250  1.5000\n -2.5000  0.7500\n';
  reads(`${slice}[ CPUFloatType{1,1,2,2} ]`, [1, 1, 2, 2], [0.00125, 0.015, -0.025, 0.0075], {
    container: 'libtorch',
    dtype: 'float32',
    decimals: 6,
  });
  reads(
    'Columns 1 to 2  1  2\n 5  6\n\nColumns 3 to 3  3\n 7\n[ CPUFloatType{2,3} ]',
    [2, 3],
    [1, 2, 3, 5, 6, 7],
  );
  reads(' 1\n 2\n[ CPULongType{2} ]', [2], [1, 2], { dtype: 'int64' });
  const old =
    'Variable containing:\n(0 ,0 ,.,.) =\n   9  11\n  14  18\n[torch.FloatTensor of size 1x1x2x2]';
  reads(old, [1, 1, 2, 2], [9, 11, 14, 18], { name: null });
});

test('layers in source and prints, by the request’s keys', () => {
  assert.deepEqual(
    only(
      'ConvTranspose2d(1, 2, kernel_size=(3, 3), stride=(2, 2), output_padding=(1, 1), bias=False)',
    ),
    {
      kind: 'layer',
      framework: 'torch',
      op: 'conv_transpose2d',
      name: null,
      arguments: {
        inChannels: 1,
        outChannels: 2,
        kernelSize: [3, 3],
        stride: [2, 2],
        outputPadding: [1, 1],
        bias: false,
      },
      unread: [],
      operands: {},
    },
  );
  assert.deepEqual(only("conv = nn.Conv1d(3, 16, 3, 2, padding='same', groups=1)").arguments, {
    inChannels: 3,
    outChannels: 16,
    kernelSize: 3,
    stride: 2,
    padding: 'same',
    groups: 1,
  });
  const call = only('y = F.conv_transpose2d(x, w, stride=2)');
  assert.deepEqual(
    [call.name, call.arguments, call.tensors],
    ['y', { stride: 2, bias: false }, { input: 'x', weight: 'w' }],
  );
  const keras = only(
    "tf.keras.layers.Conv2DTranspose(8, 3, strides=2, padding='same', use_bias=False)",
  );
  assert.deepEqual(
    [keras.framework, keras.op, keras.arguments],
    [
      'keras',
      'conv_transpose2d',
      { outChannels: 8, kernelSize: 3, stride: 2, padding: 'same', bias: false },
    ],
  );
  assert.deepEqual(only('nn.ConvTranspose2d(nz, ngf * 8, 4, 1, 0)').unread, [
    'inChannels',
    'outChannels',
  ]);
  const model =
    'Sequential(\n  (0): Conv2d(1, 2, kernel_size=(3, 3), stride=(1, 1), padding=same)\n  (1): ReLU()\n' +
    '  (up): ConvTranspose3d(2, 4, kernel_size=(1, 1, 1), stride=(1, 1, 1))\n)';
  assert.deepEqual(
    parse(model).map((/** @type {any} */ l) => [l.name, l.op, l.arguments.padding]),
    [
      ['0', 'conv2d', 'same'],
      ['up', 'conv_transpose3d', undefined],
    ],
  );
});

test('shapes and error messages', () => {
  assert.deepEqual(
    parse('torch.Size([1, 16, 12, 12])   (16, 33, 3, 3)').map((/** @type {any} */ s) => s.shape),
    [
      [1, 16, 12, 12],
      [16, 33, 3, 3],
    ],
  );
  const text =
    'Given groups=1, weight of size [64, 3, 3, 3], expected input[1, 512, 512, 3] to have 3 channels';
  assert.deepEqual(only(`RuntimeError: ${text}`), {
    kind: 'error',
    type: 'RuntimeError',
    text,
    numbers: [1, 64, 3, 3, 3, 1, 512, 512, 3, 3],
    lists: [
      [64, 3, 3, 3],
      [1, 512, 512, 3],
    ],
  });
});

test('a whole script with what it printed', () => {
  const items = parse(`x = torch.as_tensor([[1, 2], [0, 1]]).reshape(1, 1, 2, 2).float()
w = torch.tensor([[1., 0., 1.],
                  [1., 1., 0.],
                  [0., 0., 1.]]).view(1, 1, 3, 3)
conv = nn.ConvTranspose2d(1, 1, kernel_size=3, stride=2, bias=False)
conv.weight = nn.Parameter(w)
print(conv(x))

tensor([[[[1., 0., 3., 0., 2.]]]], grad_fn=<ConvolutionBackward0>)`);
  assert.deepEqual(
    items.map((/** @type {any} */ item) => [item.kind, item.name, item.shape]),
    [
      ['tensor', 'x', [1, 1, 2, 2]],
      ['tensor', 'w', [1, 1, 3, 3]],
      ['layer', 'conv', undefined],
      ['tensor', 'output', [1, 1, 1, 5]],
    ],
  );
});

test('what cannot be read is refused with its place, never guessed', () => {
  refused(' \n ', 'nothing_found', [2, 2], /empty/);
  refused("it's fine [1] (see 2).", 'nothing_found', [1, 1], /no tensor/);
  refused('tensor([[1, 2], [3]])', 'ragged_rows', [1, 19], /1 entries, the first has 2.*\?/);
  refused('1,2,3\n4,5', 'ragged_rows', [2, 1], /2 numbers, the first has 3.*\?/);
  refused('1,2,3\n4,x,5', 'parse_error', [2, 3], /expected a number/);
  refused('1,5\t2,5', 'decimal_comma', [1, 6], /decimal point\?/);
  refused('[[1, 2], 3]', 'ragged_rows', [1, 10], /different depths\?/);
  refused('tensor([[1., 2.], [3., 4.', 'parse_error', [1, 26], /still open/);
  refused('tensor([1, 2)', 'parse_error', [1, 13], /expected "\]"/);
  refused('tensor([1.2.3])', 'parse_error', [1, 12], /a comma or a blank between numbers/);
  refused('[3, 1-2]', 'parse_error', [1, 6], /a comma or a blank between numbers/);
  refused('tensor([1.+2.j, 3.-1.j])', 'parse_error', [1, 11], /complex/);
  refused('1+2j, 3-4j', 'parse_error', [1, 1], /complex/);
  refused('[[1, None]]', 'parse_error', [1, 6], /None/);
  refused(
    'x = torch.ones(2)\ny = torch.tensor([[1.]]).permute(1, 0)',
    'parse_error',
    [2, 25],
    /permute/,
  );
  refused('tensor([1, 2, 3], size=(2, 2))', 'data_length', [1, 17], /\[2, 2\]/);
  refused('['.repeat(1e6), 'parse_error', [1, 17], /deeper/);
  refused('F.conv2d('.repeat(1e3), 'parse_error', [1, 162], /deeper/);
  assert.throws(() => engine.parse(/** @type {any} */ (null)), {
    code: 'wrong_type',
    field: 'text',
  });
});

test('ten megabytes are read whole, or refused, whatever they are', () => {
  const size = 1e7;
  const row = `${Array.from({ length: 100 }, (_, at) => (at / 7 - 3).toFixed(4)).join(', ')}`;
  const times = Math.ceil(size / row.length);
  /** @param {string} text @param {number[]} shape @param {number} last */
  const whole = (text, shape, last) => {
    const { shape: read, data } = tensor(text);
    assert.deepEqual([read, data.at(-1)], [shape, last]);
  };
  const lines = Array(times).fill(`[${row}]`);
  whole(`tensor([${lines.join(',\n        ')}])`, [times, 100], 11.1429);
  whole(Array(times).fill(row).join('\n'), [times, 100], 11.1429);
  const long = Array(5e5).fill('0.30939522385597229');
  whole(`[${long.join(', ')}]`, [5e5], 0.30939522385597229);
  const prose = 'it is (1 of 2) "text" [see] x[0] = \n'.repeat(size / 36);
  assert.throws(() => engine.parse(prose), { code: 'nothing_found', field: 'text' });
});
