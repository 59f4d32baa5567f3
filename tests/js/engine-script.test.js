// Pasted source: what is done to a literal, layers of each framework, and which tensor is what to which
// layer, up to a whole experiment with its output.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { engine, only, parse, reads, refused, tensors } from './engine-pastes.js';

const LITERAL = 'torch.tensor([[1., 2.], [0., 1.]])';

/** Name, role and layer of each tensor. @param {string} text */
const roles = (text) => tensors(text).map(({ name, role, layer }) => [name, role, layer]);
/** @param {string} text @returns {Record<string, number>[]} of each layer */
const operands = (text) =>
  parse(text)
    .filter(({ kind }) => kind === 'layer')
    .map((/** @type {any} */ layer) => layer.operands);

test('what leaves a literal’s numbers as they are is carried out', () => {
  const data = [1, 2, 0, 1];
  for (const [code, shape, dtype] of /** @type {[string, number[], string][]} */ ([
    ['.reshape(1, 1, 2, 2)', [1, 1, 2, 2], 'float32'],
    ['.view((1, -1))', [1, 4], 'float32'],
    ['.unsqueeze(0).unsqueeze(-1)', [1, 2, 2, 1], 'float32'],
    ['.reshape(1, 1, 2, 2).squeeze()', [2, 2], 'float32'],
    ['.flatten()', [4], 'float32'],
    ['[None, None]', [1, 1, 2, 2], 'float32'],
    ['[np.newaxis, :, :, None]', [1, 2, 2, 1], 'float32'],
    ['[None, ...].double()', [1, 2, 2], 'float64'],
    ['.to(device)', [2, 2], 'float32'],
    ['.to("cuda", torch.float16)', [2, 2], 'float16'],
    ['.type(torch.DoubleTensor)', [2, 2], 'float64'],
    ['.long()', [2, 2], 'int64'],
    ['.cuda().detach().numpy()', [2, 2], 'float32'],
    ['.requires_grad_()', [2, 2], 'float32'],
    ['\\\n    .reshape(4)', [4], 'float32'],
  ])) {
    reads(`x = ${LITERAL}${code}`, shape, data, { name: 'x', dtype });
  }
  reads(`x = nn.Parameter(${LITERAL}, requires_grad=False)`, [2, 2], data, { name: 'x' });
  const array = 'np.array([[1, 2], [0, 1]])';
  reads(`x = torch.from_numpy(${array}).float()`, [2, 2], data, { name: 'x', dtype: 'float32' });
  reads(`x = torch.tensor(${array}, dtype=torch.float64)[None]`, [1, 2, 2], data, {
    name: 'x',
    dtype: 'float64',
  });
  reads(`- ${LITERAL}`, [2, 2], data); // an entry of a list
  reads(`${LITERAL} - the input of the layer`, [2, 2], data);
});

test('whatever else is done to it is refused by name', () => {
  for (const [code, place, name] of /** @type {[string, [number, number], string][]} */ ([
    [`x = ${LITERAL} * 2`, [1, 40], '*'],
    [`x = ${LITERAL}.float() / 10`, [1, 48], '/'],
    [`x = ${LITERAL} + y`, [1, 40], '+'],
    [`x = ${LITERAL} - y.mean()`, [1, 40], '-'],
    [`x = ${LITERAL} @ w`, [1, 40], '@'],
    [`x = ${LITERAL} \\\n  ** 2`, [2, 3], '**'],
    [`x = (${LITERAL}\n     * 2)`, [2, 6], '*'],
    [`x = ${LITERAL}.T`, [1, 39], '.T'],
    [`x = ${LITERAL}.transpose(0, 1)`, [1, 39], '.transpose'],
    [`x = ${LITERAL}.int().flip(0)`, [1, 45], '.flip'],
    [`x = ${LITERAL}[0]`, [1, 39], '[0]'],
    [`x = 2 * ${LITERAL}`, [1, 7], '*'],
    [`x = -${LITERAL}`, [1, 5], '-'],
    [`x = torch.flip(${LITERAL}, [0])`, [1, 5], 'torch.flip'],
    ['x = torch.tensor([1.5]).long()', [1, 24], '.long'],
    [`x = ${LITERAL}.reshape(1, n, 2)`, [1, 39], '.reshape'],
    ['x = [[1, 2], [3, 4]] * 2', [1, 22], '*'],
    ["A = [1 2; 3 4]'", [1, 15], "'"],
    ['A = [1 2; 3 4] .* 3', [1, 16], '.*'],
  ])) {
    const escaped = `"${name}"`.replace(/[.*+^$()[\]]/g, '\\$&');
    refused(code, 'parse_error', place, new RegExp(`: what ${escaped} makes of the numbers`));
  }
});

test('MATLAB’s rows may be parted by line breaks, numpy’s wrapped lines are one row', () => {
  reads('[1 2\n 3 4]', [2, 2], [1, 2, 3, 4], { container: 'matlab' });
  reads('A = [1, 2\n     3, 4];', [2, 2], [1, 2, 3, 4], { container: 'matlab', name: 'A' });
  reads('A = [1 2;\n     3 4\n     5 6];', [3, 2], [1, 2, 3, 4, 5, 6]);
  refused('[1 2\n 3 4\n 5]', 'ragged_rows', [3, 3], /1 entries, the first has 2.*\?/);
  const line = Array(10).fill('0.1234').join(' ');
  reads(`[${line}\n ${line}\n 0.5]`, [21], [...Array(20).fill(0.1234), 0.5], {
    container: 'ndarray',
  });
});

test('a decimal comma is asked about, and the answer is taken', () => {
  refused('1,5\n2,5', 'decimal_comma', [1, 2], /is 1,5 one number or two\?/);
  refused('x:\n-0,25', 'decimal_comma', [2, 3], /is -0,25 one number or two\?/);
  refused('1,5;2,5\n3,5;4,5', 'decimal_comma', [1, 6], /decimal point\?/);
  reads('1, 5\n2, 5', [2, 2], [1, 5, 2, 5]);
  reads('1,5\n2.5,5', [2, 2], [1, 5, 2.5, 5]);
  reads('1,5,1\n2,5,1', [2, 3], [1, 5, 1, 2, 5, 1]);
  const read = (/** @type {string} */ text, /** @type {boolean} */ decimalComma) => {
    const [item] = /** @type {any[]} */ (engine.parse(text, { decimalComma }).items);
    return [item.shape, [...item.data], item.decimals];
  };
  assert.deepEqual(read('1,5\n2,25', true), [[2, 1], [1.5, 2.25], 2]);
  assert.deepEqual(read('1,5\n2,25', false), [[2, 2], [1, 5, 2, 25], 0]);
  assert.deepEqual(read('1,5;-2,5\n3;4,5e-1', true), [[2, 2], [1.5, -2.5, 3, 0.45], 1]);
  assert.deepEqual(read('1,5\t2', true), [[1, 2], [1.5, 2], 1]);
  assert.deepEqual(read('1,5;2,5', false), [[1, 4], [1, 5, 2, 5], 0]);
  assert.throws(() => engine.parse('1', /** @type {any} */ ({ decimalComma: 'yes' })), {
    code: 'wrong_type',
    field: 'decimalComma',
  });
});

test('layers of PyTorch, Keras, TensorFlow and JAX', () => {
  const layer = (/** @type {string} */ text) => {
    const { framework, op, arguments: given, tensors: named } = only(text);
    return [framework, op, given, named];
  };
  assert.deepEqual(layer('nn.ConvTranspose2d(1,1,3,2,1,1)'), [
    'torch',
    'conv_transpose2d',
    { inChannels: 1, outChannels: 1, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1 },
    undefined,
  ]);
  assert.deepEqual(layer('torch.nn.functional.conv2d(input, weight, bias=None, stride=2)'), [
    'torch',
    'conv2d',
    { stride: 2, bias: false },
    { input: 'input', weight: 'weight' },
  ]);
  assert.deepEqual(layer("keras.layers.Conv1D(8, 3, padding='causal', dilation_rate=2)"), [
    'keras',
    'conv1d',
    { outChannels: 8, kernelSize: 3, padding: 'causal', dilation: 2 },
    undefined,
  ]);
  const x = { input: 'x', weight: 'w' };
  assert.deepEqual(layer("tf.nn.conv2d(x, w, strides=[1, 2, 3, 1], padding='VALID')"), [
    'tf',
    'conv2d',
    { stride: [2, 3], padding: 'valid', bias: false },
    x,
  ]);
  assert.deepEqual(layer('tf.nn.conv2d_transpose(x, w, [1, 4, 5, 1], 2, padding="SAME")'), [
    'tf',
    'conv_transpose2d',
    { outputSize: [4, 5], stride: 2, padding: 'same', bias: false },
    x,
  ]);
  assert.deepEqual(layer("lax.conv_general_dilated(x, w, (1, 1), 'SAME', lhs_dilation=(2, 2))"), [
    'jax',
    'conv2d',
    { stride: [1, 1], padding: 'same', inputDilation: [2, 2], bias: false },
    x,
  ]);
  assert.deepEqual(layer('jax.lax.conv_transpose(x, w, strides=(2,), padding=[(1, 0)])'), [
    'jax',
    'conv_transpose1d',
    { stride: [2], padding: [[1, 0]], bias: false },
    x,
  ]);
});

test('interactive sessions: continued lines, names from prompts', () => {
  const items = tensors(`>>> x = torch.tensor([[1., 2.],
...                   [0., 1.]])
>>> x
tensor([[1., 2.],
        [0., 1.]])
In [3]: x = torch.tensor([[1., 2.],
   ...:                   [0., 1.]])`);
  assert.deepEqual(
    items.map((item) => [item.name, item.shape, item.truncated]),
    Array(3).fill(['x', [2, 2], false]),
  );
});

test('tensors that are assigned to a layer, given to it, or printed from it', () => {
  const w = 'torch.tensor([[[[2.]]]])';
  for (const code of [
    `w = ${w}\nconv.weight.data = w`,
    `w = ${w}\nconv.weight = nn.Parameter(w.clone())`,
    `w = ${w}\nwith torch.no_grad():\n    conv.weight.copy_(w)`,
    `w = ${w}\nwith torch.no_grad(): conv.weight.copy_(w)`,
    `w = ${w}\nconv.weight.data[:] = w`,
    `w = ${w}\nconv.weight.data[0, 0] = w[None].float()`,
    `w = ${w}\nconv.load_state_dict({'weight': w})`,
    `k = [[2.]]\nw = torch.as_tensor(k)\nconv.load_state_dict(OrderedDict([('weight', w)]))`,
    `conv.weight.data = ${w}`,
    `conv.load_state_dict({'weight': ${w}})`,
  ]) {
    const text = `conv = nn.Conv2d(1, 1, 1, bias=False)\n${code}\n`;
    const [[, role, layer]] = roles(text);
    assert.deepEqual([role, layer], ['weight', 'conv'], text);
    assert.deepEqual(operands(text), [{ weight: 1 }], text);
  }
  const calls = `x, w = torch.tensor([[[1.]]]), torch.tensor([[[2.]]])
y = F.conv1d(x.unsqueeze(0), w, bias=torch.tensor([3.]), stride=1)
print('out', y.shape, y.detach(), sep=' ')
print(w)
out torch.Size([1, 1, 1]) tensor([[[5.]]])
tensor([[[2.]]])`;
  assert.deepEqual(roles(calls), [
    ['x', 'input', 'y'],
    ['w', 'weight', 'y'],
    ['bias', 'bias', 'y'],
    ['y.detach()', 'output', 'y'],
    ['w', 'weight', 'y'],
  ]);
  assert.deepEqual(operands(calls), [{ input: 0, weight: 1, bias: 3, output: 5 }]);
});

test('what the text does not tell is left open', () => {
  const made = 'conv = nn.Conv1d(1, 1, 1)\nx = torch.tensor([[[1.]]])\n';
  const given = (/** @type {string} */ code) => roles(`${made}${code}\nconv(x)`)[0];
  assert.deepEqual(given(''), ['x', 'input', 'conv']);
  assert.deepEqual(given('x = x * 2'), ['x', null, null]);
  assert.deepEqual(given('x *= 2'), ['x', null, null]);
  assert.deepEqual(given('x[0] = 7'), ['x', null, null]);
  assert.deepEqual(given('x.mul_(2)'), ['x', null, null]);
  // three prints, two outputs: which are which?
  const two = `${made}y = conv(x)\nfor i in range(2): print(y)\nprint(y)\ntensor([[[1.]]])\ntensor([[[1.]]])`;
  assert.deepEqual(roles(two)[1], [null, null, null]);
  assert.deepEqual(roles('a = torch.tensor([1.])\nb = torch.tensor([2.])'), [
    ['a', null, null],
    ['b', null, null],
  ]);
});

test('names tell roles too', () => {
  assert.deepEqual(
    roles(`OrderedDict([('0.weight', tensor([[[1.]]])), ('0.bias', tensor([0.]))])
Sequential(\n  (0): Conv1d(1, 1, kernel_size=(1,), stride=(1,))\n)`),
    [
      ['0.weight', 'weight', '0'],
      ['0.bias', 'bias', '0'],
    ],
  );
  assert.deepEqual(roles('Input:\n1 2\n3 4\n\nkernel:\n1 0\n\nd:\n5 6'), [
    ['Input', 'input', null],
    ['kernel', 'weight', null],
    ['d', null, null],
  ]);
});

test('the whole experiment, code and output: layers, tensors by name, outputs in order', () => {
  const read = (/** @type {string} */ name) =>
    readFileSync(new URL(`../oracle/${name}`, import.meta.url), 'utf8');
  const text = read('row2_experiment.txt');
  for (const variant of [text, text.replaceAll('\n', '\r\n'), `\`\`\`python\n${text}\n\`\`\``]) {
    const items = parse(variant);
    assert.deepEqual(
      items.map((/** @type {any} */ { kind, name, shape, role, layer, operands: o }) => [
        kind,
        name,
        ...(kind === 'layer' ? [o] : [shape, role, layer]),
      ]),
      [
        ['tensor', 'input', [2, 2], 'input', 'transposed'],
        ['tensor', 'kernel', [3, 3], 'weight', 'transposed'],
        ['layer', 'transposed', { weight: 1, input: 0, output: 6 }],
        ['tensor', 'prepared', [1, 1, 7, 7], 'input', 'ordinary'],
        ['layer', 'ordinary', { weight: 5, input: 3, output: 7 }],
        ['tensor', 'ordinary.weight.data', [1, 1, 3, 3], 'weight', 'ordinary'],
        ['tensor', 'output', [1, 1, 5, 5], 'output', 'transposed'],
        ['tensor', 'convolution of the prepared map', [1, 1, 5, 5], 'output', 'ordinary'],
      ],
    );
    const [, , , , , , first, second] = /** @type {any[]} */ (items);
    assert.deepEqual(first.data, second.data);
    assert.equal(first.data[12], 2);
  }
  assert.deepEqual(operands(read('row2_paste.txt')), [
    { weight: 1, input: 0, output: 4 },
    { output: 5 },
  ]);
});
