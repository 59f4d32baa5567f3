// The command line as people run it: the real program in a process of its own, what it prints and its exit code.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-web';
import { OPTIONS } from '../../web/cli/options.js';
import { createEngine } from '../../web/engine/index.js';
import { cliEn } from '../../web/i18n/cli.en.js';
import { cliZh } from '../../web/i18n/cli.zh.js';
import { seededInput } from '../../web/stack/values.js';
import { writeNpy } from '../../web/state/export/npy.js';

const PROGRAM = fileURLToPath(new URL('../../web/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'convscope-cli-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string | Uint8Array} content @returns {string} its path */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/**
 * @param {string[]} args
 * @param {string} [stdin]
 * @param {Record<string, string>} [env] the language of whoever runs the tests is not that of the program
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
function convscope(args, stdin = '', env = { LC_ALL: 'C' }) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  child.stdin.on('error', () => {}); // it need not read what it is given
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const opening = ['conv_transpose2d', '--input', '1 2; 0 1', '--kernel', '1 0 1; 1 1 0; 0 0 1'];
opening.push('--stride', '2');

/** As a real PyTorch prints it. */
const OUTPUT = `tensor([[[[1., 0., 3., 0., 2.],
          [1., 1., 2., 2., 0.],
          [0., 0., 2., 0., 3.],
          [0., 0., 1., 1., 0.],
          [0., 0., 0., 0., 1.]]]])
`;

test('a float32 tensor that was read is printed as the float32 numbers that it holds', async () => {
  const path = file('round.py', 'x = torch.tensor([1.00015, 16777217., 1e39])\n');
  const { out } = await convscope(['--parse', path]);
  assert.match(out, /tensor\(\[1\.0001e\+00, 1\.6777e\+07, +inf\]\)/);
});

test('whether 1,5 is one number is asked, and said', async () => {
  const path = file('comma.txt', '1,5\n2,5\n');
  const asked = await convscope(['--parse', path]);
  assert.equal(asked.code, 3);
  assert.match(asked.err, /one number or two.*decimalComma/);
  const yes = await convscope(['--parse', path, '--decimal-comma', 'yes', '--json']);
  assert.deepEqual(JSON.parse(yes.out).items[0].data, [1.5, 2.5]);
  const no = await convscope(['--parse', path, '--decimal-comma', 'no', '--json']);
  assert.deepEqual(JSON.parse(no.out).items[0].shape, [2, 2]);
  const wrong = await convscope(['--parse', path, '--decimal-comma', 'maybe']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /yes, no/);
});

test('the opening example is printed as PyTorch prints it', async () => {
  assert.deepEqual(await convscope(opening), { code: 0, out: OUTPUT, err: '' });
});

test('--maps prints every map with its name, and the formula with its numbers', async () => {
  const { code, out } = await convscope([...opening, '--maps']);
  assert.equal(code, 0);
  const titles = out.split('\n').filter((line) => /^[A-Z]/.test(line));
  assert.deepEqual(titles, [
    'Zero-inserted input (1, 1, 3, 3)',
    'Padded input (1, 1, 7, 7)',
    'Flipped kernel (1, 1, 3, 3)',
    'Output size',
    'Output (1, 1, 5, 5)',
  ]);
  assert.match(
    out,
    /tensor\(\[\[\[\[1\., 0\., 2\.\],\n {10}\[0\., 0\., 0\.\],\n {10}\[0\., 0\., 1\.\]\]\]\]\)/,
  );
  assert.match(out, /^ {2}height: \(2 - 1\) \* 2 - 2 \* 0 \+ 1 \* \(3 - 1\) \+ 0 \+ 1 = 5$/m);
  assert.ok(out.endsWith(OUTPUT));
});

test('every method gives its maps and the same output', async () => {
  const maps = {
    direct: [],
    scatter: ['Uncropped output'],
    matrix: ['Matrix', 'Transposed matrix times matrix times input'],
    phases: ['Phase (0, 1): kernel', 'Phase (1, 1): output'],
  };
  for (const [method, titles] of Object.entries(maps)) {
    const { code, out } = await convscope([...opening, '--method', method, '-m']);
    assert.equal(code, 0, method);
    for (const title of titles) assert.ok(out.includes(`${title} (`), `${method}: ${title}`);
    assert.ok(out.endsWith(OUTPUT), method);
    assert.equal((await convscope([...opening, '--method', method])).out, OUTPUT);
  }
});

test('the sizes of a convolution are what Python computes from the printed formula', async () => {
  const args = ['-i', '1 2 3 4; 5 6 7 8; 9 1 2 3', '-k', '1 2; 3 4', '-s', '2,1', '-p', '1:2,0:1'];
  const { out } = await convscope(['conv2d', ...args, '--maps']);
  assert.match(out, /^ {2}height: \(3 \+ 1 \+ 2 - 1 \* \(2 - 1\) - 1\) \/\/ 2 \+ 1 = 3$/m);
  assert.match(out, /^ {2}width: \(4 \+ 0 \+ 1 - 1 \* \(2 - 1\) - 1\) \/\/ 1 \+ 1 = 4$/m);
  assert.match(out, /^Output \(1, 1, 3, 4\)$/m);
});

test('every argument reaches the engine', async () => {
  const { code, out } = await convscope([
    ...['nn.ConvTranspose1d', '--input=[[[1, 2], [3, 4]]]', '--weight', '[[[1, 2]], [[3, 4]]]'],
    ...['--bias', '0.5 -0.5', '--stride', '3', '--padding', '1', '--dilation', '2'],
    ...['--groups', '2', '--output-padding', '2', '--padding-mode', 'zeros'],
    ...['--true-convolution', '--dtype', 'float64', '--json'],
  ]);
  assert.equal(code, 0, out);
  const { request, output } = JSON.parse(out);
  assert.deepEqual(request, {
    op: 'conv_transpose1d',
    input: { shape: [1, 2, 2], data: [1, 2, 3, 4] },
    weight: { shape: [2, 1, 2], data: [1, 2, 3, 4] },
    bias: { shape: [2], data: [0.5, -0.5] },
    ...{ stride: 3, padding: 1, dilation: 2, groups: 2, outputPadding: 2 },
    ...{ paddingMode: 'zeros', flipKernel: true },
  });
  assert.deepEqual([output.shape, output.dtype], [[1, 2, 6], 'float64']);
  const sized = await convscope([...opening, '--output-size', '6,5', '--json']);
  assert.deepEqual(JSON.parse(sized.out).output.shape, [1, 1, 6, 5]);
});

test('fewer axes are given leading ones, one less than a batch is kept', async () => {
  const shape = async (/** @type {string} */ op, /** @type {string} */ input, kernel = '1') =>
    JSON.parse((await convscope([op, '-i', input, '-k', kernel, '--json'])).out).output.shape;
  assert.deepEqual(await shape('conv1d', '1 2 3'), [1, 1, 3]);
  assert.deepEqual(await shape('conv2d', '5'), [1, 1, 1, 1]);
  assert.deepEqual(await shape('conv2d', '1 2; 3 4'), [1, 1, 2, 2]);
  assert.deepEqual(await shape('conv2d', '[[[1, 2], [3, 4]]]'), [1, 2, 2]);
  assert.deepEqual(await shape('conv3d', '1 2; 3 4'), [1, 1, 1, 2, 2]);
});

test('numbers below 0, and values after an equals sign', async () => {
  const { code, out } = await convscope(['conv1d', '-i', '-1 2', '--kernel=-2', '-b', '-inf']);
  assert.deepEqual([code, out], [0, 'tensor([[[-inf, -inf]]])\n']);
});

test('float64 is told, as PyTorch does', async () => {
  const { out } = await convscope(['conv1d', '-i', '0.1', '-k', '3', '--dtype', 'float64']);
  assert.equal(out, 'tensor([[[0.3000]]], dtype=torch.float64)\n');
});

test('large outputs are cut as PyTorch does, unless all is asked for', async () => {
  const input = file('large.txt', `${`${'1 '.repeat(40)}\n`.repeat(40)}`);
  const args = ['conv2d', '-i', `@${input}`, '-k', '1'];
  assert.match((await convscope(args)).out, /\[1\., 1\., 1\., {2}\.\.\., 1\., 1\., 1\.\]/);
  assert.equal((await convscope([...args, '--full'])).out.match(/1\./g)?.length, 1600);
});

test('values come from standard input and from files, by name where there are several', async () => {
  const printed = 'weight = tensor([[1., 0., 1.], [1., 1., 0.], [0., 0., 1.]])\n';
  const args = ['conv_transpose2d', '-i', '-', '-s', '2'];
  const state = file('state.txt', `${printed}bias = tensor([0.])\nother = tensor([[5.]])\n`);
  for (const kernel of [`@${state}`, `@${state}#weight`])
    assert.equal((await convscope([...args, '-k', kernel], '1 2\n0 1\n')).out, OUTPUT);
  const other = await convscope([...args, '-k', `@${state}#other`, '--json'], '1 2\n0 1\n');
  assert.deepEqual(JSON.parse(other.out).request.weight, { shape: [1, 1, 1, 1], data: [5] });
  const none = await convscope([...args, '-k', `@${state}#none`], '1 2\n0 1\n');
  assert.equal(none.code, 2);
  assert.match(none.err, /no tensor "none", but weight, bias, other/);
  const several = await convscope([...args, '-k', '1'], 'a = [1, 2]\nb = [3, 4]\n');
  assert.equal(several.code, 2);
  assert.match(several.err, /--input: standard input holds several tensors \(a, b\)/);
});

test('--json goes in again: the request as a request, the output as a tensor', async () => {
  const first = await convscope([
    ...['conv2d', '-i', '0.1 nan; -inf -0.0', '-k', '1.5', '-p', '1:0,0:0', '--json'],
  ]);
  assert.equal(first.code, 0);
  const { request, output } = JSON.parse(first.out);
  assert.deepEqual(request.input.data, [Math.fround(0.1), 'NaN', '-Infinity', -0]);
  assert.deepEqual(request.padding, [[1, 0], [0, 0]]); // biome-ignore format: reads as it is written
  const again = await convscope(['--request', '-', '--json'], first.out);
  assert.equal(again.out, first.out);
  const changed = await convscope(['--request', '-', '-p', '0', '--json'], first.out);
  assert.deepEqual(JSON.parse(changed.out).output.shape, [1, 1, 2, 2]);
  const twice = await convscope(['conv2d', '-i', '-', '-k', '2', '--json'], first.out);
  assert.deepEqual(JSON.parse(twice.out).request.input, { shape: output.shape, data: output.data });
});

test('--json with --maps holds every map', async () => {
  const { out } = await convscope([...opening, '--maps', '--json', '--method', 'phases']);
  const { method, maps, phases } = JSON.parse(out);
  assert.equal(method, 'phases');
  assert.deepEqual(maps.output.shape, [1, 1, 5, 5]);
  assert.deepEqual(phases[1].offset, [0, 1]);
  assert.deepEqual(phases[1].kernel, { shape: [1, 1, 2, 1], data: [0, 0] });
});

test('--parse tells what a text holds', async () => {
  const text = `ConvTranspose2d(1, 2, kernel_size=(3, 3), stride=(2, 2))
tensor([[1.5000, 2.0000]])
torch.Size([1, 16, 12, 12])
RuntimeError: kernel size must be odd, but got 4
tensor([0., 1., 2.,  ..., 7., 8., 9.])
`;
  const { code, out } = await convscope(['--parse', '-'], text);
  assert.equal(code, 0);
  assert.match(out, /^layer conv_transpose2d\(.*stride=\[2,2\].*\)$/m);
  assert.match(out, /^tensor .*\(1, 2\)\ntensor\(\[\[1\.5000, 2\.0000\]\]\)$/m);
  assert.match(out, /^shape \(1, 16, 12, 12\)$/m);
  assert.match(out, /^error RuntimeError: kernel size must be odd/m);
  assert.match(out, /numbers are left out; shown are \(6,\)/);
  const json = await convscope(['--parse', file('paste.txt', text), '--json']);
  const kinds = JSON.parse(json.out).items.map((/** @type {any} */ item) => item.kind);
  assert.deepEqual(kinds, ['layer', 'tensor', 'shape', 'error', 'tensor']);
});

test('--compare says whether the output is the one expected, and why not', async () => {
  const compare = (/** @type {string} */ text, /** @type {string[]} */ ...more) =>
    convscope([...opening, '--compare', '-', ...more], text);
  const match = await compare(OUTPUT);
  assert.deepEqual([match.code, match.out], [0, 'Match: 25 numbers agree.\n']);
  const shape = await compare('torch.Size([1, 1, 5, 5])');
  assert.deepEqual([shape.code, shape.out], [0, 'Match: the shape is (1, 1, 5, 5).\n']);
  const { out: flipped } = await convscope([...opening, '--true-convolution']);
  const differs = await compare(flipped);
  assert.equal(differs.code, 1);
  assert.match(
    differs.out,
    /^Differs: \d+ of 25 numbers disagree, by up to 2\. Where most:\n {2}\(/,
  );
  assert.match(differs.out, /if the kernel is turned by 180°/);
  const near = OUTPUT.replace('3.', '3.5');
  assert.equal((await compare(near)).code, 1);
  assert.equal((await compare(near, '--atol', '1')).code, 0);
  const other = await compare('[[1, 2], [3, 4]]');
  assert.equal(other.code, 1);
  assert.match(other.out, /^Cannot compare: The shapes differ/);
  const json = await compare(flipped, '--json');
  assert.equal(json.code, 1);
  const { comparison, diagnosis } = JSON.parse(json.out);
  assert.equal(comparison.verdict, 'differs');
  assert.deepEqual(diagnosis.causes[0].changes, { flipKernel: true });
  const own = await convscope([...opening, '--json']);
  assert.equal((await compare(own.out)).code, 0);
  const none = await compare('garbage');
  assert.equal(none.code, 3);
  assert.match(none.err, /--compare: Line 1/);
});

test('what PyTorch refuses ends with 3, the reason and PyTorch’s words', async () => {
  const args = ['conv2d', '-i', '1 2; 3 4', '-k', '1 2 3; 4 5 6; 7 8 9'];
  const { code, out, err } = await convscope(args);
  assert.deepEqual([code, out], [3, '']);
  assert.match(err, /^convscope: Kernel height 3 spans 3, but the padded input has only 2\./);
  assert.match(err, /^PyTorch says: RuntimeError: Calculated padded input size per channel/m);
  const json = await convscope([...args, '--json']);
  assert.deepEqual([json.code, json.err], [3, '']);
  const { error } = JSON.parse(json.out);
  assert.deepEqual([error.code, error.field], ['kernel_exceeds_input', 'weight']);
  assert.match(error.torch, /^RuntimeError: Calculated/);
  assert.match(error.message, /^Kernel height 3/);
});

/** @type {[string[], number, RegExp][]} */
const BAD = [
  [['conv2d', '-i', '', '-k', '1'], 2, /--input is empty/],
  [['conv2d', '-i', '   ', '-k', '1'], 2, /--input is empty/],
  [['conv2d', '-i', 'garbage', '-k', '1'], 3, /--input: Line 1, column 1: no tensor/],
  [['conv2d', '-i', '[[1, 2], [3]]', '-k', '1'], 3, /--input: Line 1, column 12/],
  [['conv2d', '-i', '[[1, 2', '-k', '1'], 3, /--input: Line 1/],
  [['conv2d', '-i', 'torch.Size([1, 2])', '-k', '1'], 2, /holds no tensor, but shape/],
  [['conv2d', '-i', '[0., 1.,  ..., 8., 9.]', '-k', '1'], 2, /leaves numbers out/],
  [['conv2d', '-i', '1'], 2, /--kernel is missing/],
  [['conv2d', '-k', '1'], 2, /--input is missing/],
  [['conv2d', '-i', '1', '-k'], 2, /-k needs a value/],
  [['conv2d', '-i', '--kernel', '1'], 2, /-i needs a value/],
  [['conv2d', '-i', '1', '2', '-k', '1'], 2, /What is "2"\?/],
  [['conv2d', '-i', '-', '-k', '-'], 2, /Only one of the values/],
  [['conv2d', '-i', '1', '-i', '2', '-k', '1'], 2, /-i is given twice/],
  [['conv2d', '-k', '1', '--weight', '2', '-i', '1'], 2, /--weight is given twice/],
  [
    ['conv2d', '-i', '1', '-k', '1', '--strid', '2'],
    2,
    /no option --strid\. Did you mean --stride/,
  ],
  [['conv2d', '-i', '1', '-k', '1', '-x'], 2, /no option -x/],
  [['conv2d', '-i', '1', '-k', '1', '--json=yes'], 2, /--json takes no value/],
  [['conv2d', '-i', '1', '-k', '1', '--stride', 'NaN'], 2, /"NaN" is not a number/],
  [['conv2d', '-i', '1', '-k', '1', '--stride', ''], 2, /"" is not a number/],
  [['conv2d', '-i', '1', '-k', '1', '--stride', '1;rm'], 2, /"1;rm" is not a number/],
  [['conv2d', '-i', '1', '-k', '1', '--stride', '1.5'], 3, /stride/i],
  [['conv2d', '-i', '1', '-k', '1', '--stride', '1e99'], 3, /stride/i],
  [['conv2d', '-i', '1', '-k', '1', '--padding', '1e9'], 3, /./],
  [['conv2d', '-i', '1', '-k', '1', '--padding', '1:2:3'], 2, /not begin and end/],
  [['conv2d', '-i', '1', '-k', '1', '--padding', 'full'], 3, /'same' and 'valid'/],
  [['conv2d', '-i', '1', '-k', '1', '--groups', '0'], 3, /[Gg]roups/],
  [['conv2d', '-i', '1', '-k', '1', '--method', 'phases'], 3, /conv2d/],
  [['conv2d', '-i', '1', '-k', '1', '--output-size', '3'], 3, /./],
  [['conv2d', '-i', '1', '-k', '1', '--dtype', 'int8'], 2, /float32, float64/],
  [['conv2d', '-i', '1', '-k', '1', '--lang', 'xx'], 2, /--lang is "xx"/],
  [['conv4d', '-i', '1', '-k', '1'], 2, /no operation "conv4d".*conv_transpose3d/],
  [['-i', '1', '-k', '1'], 2, /Which operation/],
  [['conv2d', '-i', '@/no/such/file', '-k', '1'], 2, /no file \/no\/such\/file/],
  [['conv2d', '-i', `@${folder}`, '-k', '1'], 2, /cannot be read/],
  [['conv2d', '-i', '-', '-k', '1', '--compare', '-'], 2, /Only one of the values/],
  [['conv2d', '-i', 'no.npy', '-k', '1'], 2, /no file no\.npy/],
  [['conv2d', '-i', '-', '-k', '1'], 2, /standard input is empty/],
  [['conv2d', '-i', '1', '-k', '1', '-c', '/no/such/file'], 2, /no file/],
  [['--parse', '/no/such/file'], 2, /no file/],
  [['--request', '/no/such/file'], 2, /no file/],
];

for (const [args, code, words] of BAD) {
  test(`${args.join(' ').slice(0, 60)}: ends with ${code} and a reason`, async () => {
    const [plain, json] = await Promise.all([convscope(args), convscope([...args, '--json'])]);
    assert.equal(plain.code, code, plain.err);
    assert.equal(plain.out, '');
    assert.match(plain.err, words);
    assert.doesNotMatch(plain.err, /\n +at /, 'no stack');
    if (args.some((arg) => arg.startsWith('--json'))) return;
    assert.deepEqual([json.code, json.err], [code, '']);
    const { error } = JSON.parse(json.out);
    assert.equal(typeof error.code, 'string');
    assert.ok(plain.err.includes(error.message));
  });
}

test('a request that is no request is refused', async () => {
  for (const [text, code] of /** @type {[string, number][]} */ ([
    ['', 2],
    ['{', 2],
    ['null', 2],
    ['[1]', 2],
    ['{"op":"conv2d"}', 3],
    ['{"op":"conv9d","input":5}', 3],
    ['{"op":5,"input":{"shape":[1],"data":["x"]}}', 3],
    [
      '{"op":"conv1d","input":{"shape":[1,1,9],"data":[1]},"weight":{"shape":[1,1,1],"data":[1]}}',
      3,
    ],
  ])) {
    const { code: got, err } = await convscope(['--request', '-'], text);
    assert.equal(got, code, `${text}: ${err}`);
  }
});

test('files of numpy and of safetensors are read, with and without @', async () => {
  const oracle = JSON.parse(readFileSync(new URL('../oracle/files.json', import.meta.url), 'utf8'));
  for (const container of ['npy', 'npz', 'safetensors']) {
    const { base64, tensors } = oracle.read.find(
      (/** @type {any} */ entry) =>
        entry.container === container &&
        entry.tensors.some((/** @type {any} */ t) => isMap(t.shape)),
    );
    const path = file(`maps.${container}`, Buffer.from(base64, 'base64'));
    const { name, shape, values } = tensors.find((/** @type {any} */ t) => isMap(t.shape));
    const batch = [...Array(4 - shape.length).fill(1), ...shape];
    const kernel = `[[${Array(batch[1]).fill('[[1]]')}]]`;
    for (const value of [path, `@${path}`]) {
      const input = tensors.length > 1 ? `${value}#${name}` : value;
      const args = ['conv2d', '-i', input, '-k', kernel, '--dtype', 'float64', '--json'];
      const { code, out } = await convscope(args);
      assert.equal(code, 0, out);
      const { request } = JSON.parse(out);
      assert.deepEqual(request.input.shape, batch);
      assert.deepEqual(request.input.data.map(Number), values.map(number), container);
    }
    const { code, out } = await convscope(['--parse', path]);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^tensor ${name ?? ''}.*\\(${shape.join(', ')}\\)`, 'm'));
  }
});

/** Rows and columns, or a whole batch, with numbers in them. @param {number[]} shape */
const isMap = (shape) => [2, 4].includes(shape.length) && shape.every((size) => size > 0);
/** As Python writes it. @param {string} text */
const number = (text) => Number(text.replace(/^(-?)inf$/, '$1Infinity').replace('nan', 'NaN'));

test('an output comes back as numpy’s file', async () => {
  const data = [1, 0, 3, 0, 2, 1, 1, 2, 2, 0, 0, 0, 2, 0, 3, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1];
  const path = file('output.npy', writeNpy({ shape: [1, 1, 5, 5], data }, 'float32'));
  assert.equal((await convscope([...opening, '-c', path])).code, 0);
  data[3] = 9;
  writeFileSync(path, writeNpy({ shape: [1, 1, 5, 5], data }, 'float32'));
  const { code, out } = await convscope([...opening, '-c', path]);
  assert.equal(code, 1);
  assert.match(
    out,
    /^Differs: 1 of 25 .*by up to 9\. Where most:\n {2}\(0, 0, 0, 3\): 0 here, 9 expected\n/,
  );
});

test('mangled files are refused in words', async () => {
  const whole = writeNpy({ shape: [2, 2], data: [1, 2, 3, 4] }, 'float32');
  const wrong = (/** @type {number} */ at) =>
    whole.map((byte, i) => (i === at ? byte ^ 0xff : byte));
  for (const bytes of [
    ...[new Uint8Array(0), whole.slice(0, 5), whole.slice(0, 20), whole.slice(0, -1)],
    ...[wrong(1), wrong(6), wrong(8), wrong(20), new Uint8Array([...whole, 0])],
  ]) {
    const path = file('mangled.npy', bytes);
    const { code, out, err } = await convscope(['conv2d', '-i', path, '-k', '1']);
    assert.deepEqual([code, out], [2, ''], `${bytes.length} bytes`);
    assert.match(err, /mangled\.npy/);
    assert.doesNotMatch(err, /\n +at /);
  }
  const bytes = file('bytes.txt', new Uint8Array([0x93, 0x4e, 0xff, 0xfe, 0, 1]));
  const { code, err } = await convscope(['conv2d', '-i', `@${bytes}`, '-k', '1']);
  assert.equal(code, 2);
  assert.match(err, /bytes\.txt is neither text nor/);
  const json = await convscope(['--request', bytes, '--json']);
  assert.equal(json.code, 2);
  assert.match(JSON.parse(json.out).error.message, /is no text/);
});

test('the help tells every option and its examples run', async () => {
  for (const args of [['--help'], ['-h'], []]) {
    const { code, out } = await convscope(args);
    assert.equal(code, 0);
    for (const name of Object.keys(OPTIONS)) assert.ok(out.includes(`--${name}`), name);
    assert.ok(
      out.split('\n').every((line) => line.length <= 100),
      'no line is too long',
    );
  }
  const examples = cliEn.help.split('Examples\n')[1].trim().split('\n');
  assert.equal(examples.length, 7);
  const image = writeNpy({ shape: [3, 3], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, 'float32');
  /** @type {Record<string, string>} what the examples read */
  const files = {
    'image.npy': file('image.npy', image),
    'generator.txt': file(
      'generator.txt',
      'nn.ConvTranspose2d(100, 8, 4), nn.ReLU(), nn.Conv2d(8, 3, 3), nn.Tanh()',
    ),
  };
  for (const example of examples) {
    const [command] = example.split(' > '); // where to is the shell's
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, word]) => quoted ?? word,
    );
    assert.equal(words[0], 'convscope');
    const args = words.slice(1).map((word) => files[word] ?? word);
    const { code, err } = await convscope(args);
    assert.equal(code, 0, `${example}: ${err}`);
  }
});

const GENERATOR = `Sequential(
  (0): ConvTranspose2d(100, 64, kernel_size=(4, 4), stride=(1, 1), bias=False)
  (1): ReLU(inplace=True)
  (2): LSTM(3, 4)
  (3): ConvTranspose2d(64, 3, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1))
  (4): Flatten(start_dim=1, end_dim=-1)
  (5): Linear(in_features=192, out_features=10, bias=True)
)
`;

test('stack prints every layer with its shape, counts and receptive field', async () => {
  const path = file('stack.txt', GENERATOR);
  const { code, out, err } = await convscope(['stack', path, '--shape', '1,100,1,1']);
  assert.deepEqual([code, err], [0, '']);
  assert.equal(
    out,
    `#  layer             output          parameters  multiply-adds  bytes  receptive field  jump  start  overlap
   input             (1, 100, 1, 1)
0  conv_transpose2d  (1, 64, 4, 4)       102400         102400   4096                4     1   -1.5     even
1  relu              (1, 64, 4, 4)            0              0   4096                4     1   -1.5     even
2  conv_transpose2d  (1, 3, 8, 8)          3075          49152    768                5   0.5  -1.75     even
3  flatten           (1, 192)                 0              0    768                -     -      -        -
4  linear            (1, 10)               1930           1920     40              all   all    all        -
   total                                 107405         153472   9768
Left out, since they are no layers of a stack: LSTM.
`,
  );
  const piped = await convscope(['stack', '-', '--shape', '(1, 100, 1, 1)', '--json'], GENERATOR);
  const json = JSON.parse(piped.out);
  assert.equal(json.totals.parameters, 107405);
  // what --json gives of a source, as layers again
  const layers = [{ op: 'conv2d', outChannels: 2, kernelSize: 3 }];
  const again = file('stack.json', JSON.stringify({ layers, inputShape: [1, 3, 5, 5] }));
  assert.match(
    (await convscope(['stack', again])).out,
    /conv2d {2}\(1, 2, 3, 3\) +56 +486 +72 +3 +1 +1 +even/,
  );
});

test('stack reads the short text of links, with skip connections', async () => {
  const path = file(
    'short.txt',
    'conv2d(co=8,k=3,p=1);relu;conv_transpose2d(co=8,k=3,p=1,add=1);\n',
  );
  const args = ['stack', path, '--shape', '1,3,6,6', '--json'];
  const { layers, totals } = JSON.parse((await convscope(args)).out);
  assert.equal(totals.parameters, 8 * 27 + 8 + 8 * 8 * 9 + 8);
  assert.deepEqual(layers.at(-1).outputShape, [1, 8, 6, 6]);
  const narrow = await convscope(
    ['stack', '-', '--shape', '1,3,6,6'],
    'conv2d(co=8,k=3);conv2d(co=8,k=3,add=in)',
  );
  assert.equal(narrow.code, 3);
  assert.match(narrow.err, /^Layer 1, conv2d: /);
  const unread = await convscope(
    ['stack', '-', '--shape', '1,3,6,6'],
    'conv2d(co=8,k=3);relu;conv2d(co=x,k=3)',
  );
  assert.equal(unread.code, 2);
  assert.match(unread.err, /Layer 2: outChannels is "x", which cannot be read/);
});

test('an option that would be left unheard is refused', async () => {
  for (const [args, words] of /** @type {[string[], RegExp][]} */ ([
    [['stack', 'x', '--shape', '1', '--stride', '2'], /convscope stack takes no --stride/],
    [['stack', 'x', '--as', 'csv', '--cell', '1'], /--cell and --as ask for two things/],
    [['solve', '--from', '1', '--to', '2', '-m'], /convscope solve takes no --maps/],
    [['conv2d', '-i', '1', '-k', '1', '--layers', '2'], /--layers is not for one operation/],
    [['--parse', 'x', '--rtol', '1'], /--parse takes no --rtol/],
  ])) {
    const { code, out, err } = await convscope(args);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, words);
  }
});

test('stack tells the layer that fails, why, and what would mend it', async () => {
  const path = file('failing.txt', GENERATOR);
  const args = ['stack', path, '--shape', '1,100,2,1'];
  const { code, out, err } = await convscope(args);
  assert.equal(code, 3);
  assert.match(out, /3 {2}flatten +\(1, 240\)/);
  assert.match(err, /^Layer 4, linear: `inFeatures` is 192, but the input has 240\. Use 240\.\n/);
  assert.match(err, /It works with inFeatures = 240 in layer 4: the output is \(1, 10\)\./);
  const json = JSON.parse((await convscope([...args, '--json'])).out);
  assert.equal(json.failure.layer, 4);
  const chinese = await convscope([...args, '--lang', 'zh']);
  assert.match(chinese.err, /^层 4（linear）：`inFeatures` 为 192，但输入有 240 个。/);
});

test('stack is taken away as source, tables and an ONNX file that runs', async () => {
  const path = file('small.txt', 'nn.Conv2d(3, 8, 3, stride=2)\nnn.ReLU()');
  const args = ['stack', path, '--shape', '1,3,9,9', '--as'];
  for (const [format, words] of /** @type {[string, RegExp][]} */ ([
    ['torch', /nn\.Conv2d\(3, 8, kernel_size=3, stride=2\)[\s\S]*y\.shape == \(1, 8, 4, 4\)/],
    ['markdown', /\| 1×3×9×9 \| 1×8×4×4 \| 224 \| 3456 \|/],
    ['latex', /1\$\\times\$8\$\\times\$4\$\\times\$4 & 224 & 3456 &/],
    ['csv', /,1×3×9×9,1×8×4×4,224,3456,/],
  ])) {
    const { code, out, err } = await convscope([...args, format]);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, words);
  }
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, ...args, 'onnx']);
  assert.equal(status, 0);
  const session = await ort.InferenceSession.create(new Uint8Array(stdout));
  const x = new ort.Tensor('float32', new Float32Array(243), [1, 3, 9, 9]);
  const [y] = Object.values(await session.run({ [session.inputNames[0]]: x }));
  assert.deepEqual(y.dims, [1, 8, 4, 4]);
});

test('what of a stack cannot be taken away is said, and so is a layer that fails', async () => {
  const path = file('small.txt', 'nn.Conv2d(3, 8, 3, stride=2)');
  for (const [args, expected, words] of /** @type {[string[], number, RegExp][]} */ ([
    [['--shape', '3,9,9', '--as', 'onnx'], 3, /need a batch axis/],
    [['--shape', '1,4,9,9', '--as', 'torch'], 3, /Layer 0, conv2d/],
    [['--shape', '1,3,9,9', '--as', 'word'], 2, /must be one of torch, onnx/],
  ])) {
    const { code, out, err } = await convscope(['stack', path, ...args]);
    assert.deepEqual([code, out], [expected, '']);
    assert.match(err, words);
  }
});

test('stack prints the numbers of every layer, those of the engine and of the page', async () => {
  const path = file('flow.txt', 'nn.ConvTranspose2d(2, 3, 3, stride=2), nn.ReLU()');
  const shape = [1, 2, 3, 3];
  const engine = await createEngine();
  const { layers } = engine.parseStack(readFileSync(path, 'utf8'));
  const { outputs } = engine.runStack(layers, seededInput(shape));
  const args = ['stack', path, '--shape', '1,2,3,3'];
  const json = JSON.parse((await convscope([...args, '--maps', '--json'])).out);
  assert.deepEqual(json.input.data, Array.from(seededInput(shape).data, Number));
  for (const [at, { data }] of outputs.entries())
    assert.deepEqual(json.outputs[at].data, Array.from(data), `layer ${at}`);

  const { out } = await convscope([...args, '--maps']);
  assert.match(out, /\n\nInput \(1, 2, 3, 3\)\ntensor\(\[\[\[\[ 0\.2500, -0\.9900/);
  assert.match(out, /\n\nLayer 1, relu \(1, 3, 7, 7\)\ntensor\(/);
  const one = await convscope([...args, '--layer', '1']);
  assert.ok(one.out.startsWith('tensor(') && out.endsWith(one.out));

  // numbers of one's own, and other weights
  const ones = ['--input', JSON.stringify([[[[1]], [[1]]]]), '--layer', '0', '--json'];
  const own = JSON.parse((await convscope(['stack', path, ...ones])).out).output;
  assert.deepEqual(own.shape, [1, 3, 3, 3]);
  const { parameters } = engine.runStack(layers, { shape: [1, 2, 1, 1], data: [1, 1] });
  const [{ weight, bias }] = /** @type {any} */ (parameters);
  assert.ok(Math.abs(own.data[0] - (weight.data[0] + weight.data[27] + bias.data[0])) < 1e-6);
  const other = JSON.parse((await convscope(['stack', path, ...ones, '--seed', '7'])).out).output;
  assert.notDeepEqual(other.data, own.data);
});

test('stack tells what a cell sees, and what gives a layer a size', async () => {
  const path = file('seen.txt', 'nn.ConvTranspose2d(2, 3, 3, stride=2), nn.Conv2d(3, 1, 3)');
  const args = ['stack', path, '--shape', '1,2,3,3'];
  assert.equal(
    (await convscope([...args, '--cell', '2,2'])).out,
    `Cell (2, 2) of layer 1, conv2d, depends on these cells of the input:
  height: 0 1 2; by so many paths: 1 3 1
  width: 0 1 2; by so many paths: 1 3 1
Paths that lead to the cells of that output:
  height: 4 4 5 4 4
  width: 4 4 5 4 4
`,
  );
  const first = JSON.parse(
    (await convscope([...args, '--cell', '0,0', '--layer', '0', '--json'])).out,
  );
  assert.deepEqual(first.field.axes[0].positions, [0]);
  assert.deepEqual(first.overlap[0].counts, [1, 1, 2, 1, 2, 1, 1]);

  const sized = await convscope([...args, '--size', '7,7']);
  assert.match(
    sized.out,
    /^It works with padding = 1 in layer 1: the output is \(1, 1, 7, 7\)\.\n/,
  );
  const all = JSON.parse((await convscope([...args, '--size', '7,7', '--json'])).out);
  assert.ok(all.complete && all.total > 1);
  const few = await convscope([...args, '--size', '7,7', '--limit', '1']);
  assert.match(
    few.out,
    new RegExp(`\\nThese are 1 of ${all.total}\\. --limit ${all.total} lists all\\.\\n$`),
  );
  const never = await convscope([...args, '--size', '4000,7']);
  assert.deepEqual(
    [never.code, never.out],
    [1, 'No change of one argument gives layer 1 the size (4000, 7).\n'],
  );
  for (const [more, words] of /** @type {[string[], RegExp][]} */ ([
    [['--maps', '--layer', '2'], /--layer is 2, but the last layer is 1/],
    [['--cell', '2;x'], /no list of whole numbers/],
    [['--size', 'big'], /no list of whole numbers/],
    [['--input', '1 2 3'], /has 3 numbers, too few or too many for the shape \(1, 2, 3, 3\)/],
  ])) {
    const { code, err } = await convscope([...args, ...more]);
    assert.equal(code, 2);
    assert.match(err, words);
  }
});

test('solve lists which arguments turn one size into another, and counts them all', async () => {
  const pool = await convscope(['solve', 'MaxPool2d', '--from', '14', '--to', '7']);
  assert.deepEqual([pool.code, pool.err], [0, '']);
  const [head, best, ...rest] = pool.out.trimEnd().split('\n');
  assert.match(head, /^max_pool2d: 9 answers among the \d+ sequences in the ranges; the first 9:$/);
  assert.equal(best, '14 → 7  kernel_size=2, stride=2, padding=0  (customary)');
  assert.equal(rest.length, 8);

  const grows = ['solve', '--from', '1', '--to', '64', '--layers', '5', '--limit', '40'];
  const ranges = ['-k', '4', '-s', '1-2', '-p', '0..1', '--output-padding', '0'];
  const { question, total, answers } = JSON.parse(
    (await convscope([...grows, ...ranges, '--json'])).out,
  );
  assert.equal(question.op, 'conv_transpose2d');
  assert.deepEqual(question.ranges.stride, [1, 2]);
  assert.equal(answers.length, total);
  for (const { sizes, layers } of answers) {
    assert.deepEqual([sizes[0], sizes.at(-1), layers.length], [1, 64, 5]);
    for (const [at, { kernelSize, stride, padding }] of layers.entries())
      assert.equal(sizes[at + 1], (sizes[at] - 1) * stride - 2 * padding + kernelSize);
  }
  const none = await convscope(['solve', 'conv2d', '--from', '7', '--to', '1000']);
  assert.equal(none.code, 1);
  assert.match(none.out, /^conv2d: no answer among the \d+ sequences in the ranges\./);
  for (const [args, code, words] of /** @type {[string[], number, RegExp][]} */ ([
    [['--from', '7'], 2, /--to is missing/],
    [['--from', 'x', '--to', '2'], 2, /"x" is not a whole number/],
    [['--from', '7', '--to', '14', '-k', '1-x'], 2, /"1-x" is no range/],
    [['conv9', '--from', '7', '--to', '14'], 2, /no operation "conv9"/],
    [['--from', '1000000000', '--to', '64', '--layers', '50'], 3, /more than are searched/],
  ])) {
    const refused = await convscope(['solve', ...args]);
    assert.equal(refused.code, code);
    assert.match(refused.err, words);
  }
});

test('stack without a file, or without a shape, is told so', async () => {
  const path = file('shapeless.txt', 'nn.Conv2d(3, 4, 3)');
  for (const [args, words] of /** @type {[string[], RegExp][]} */ ([
    [['stack'], /Which layers/],
    [['stack', path], /does not tell the shape/],
    [['stack', path, '--shape', '3,x'], /is no shape/],
    [['stack', path, 'more'], /What is "more"/],
    [['stack', file('bad.json', '[{]'), '--shape', '1,1'], /holds no request/],
  ])) {
    const { code, err } = await convscope(args);
    assert.equal(code, 2);
    assert.match(err, words);
  }
  const none = await convscope(['stack', '-', '--shape', '1,3,5,5'], 'no layers here');
  assert.equal(none.code, 3);
  assert.match(none.err, /no layer of a stack found/);
});

test('--version is the manifest’s', async () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  assert.equal((await convscope(['-V'])).out, `${version}\n`);
});

test('a reader that stops early is no failure', async () => {
  const child = spawn(process.execPath, [PROGRAM, '--help']);
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([code, err], [0, '']);
});

test('with --lang zh all is said in Chinese, but for what JSON holds', async () => {
  const layer = ['conv2d', '-i', '1 2; 3 4', '-k', '1'];
  const [refused, json, text, usage, compared, help] = await Promise.all([
    convscope([...layer, '--stride', '0', '--lang', 'zh']),
    convscope([...layer, '--stride', '0', '--lang', 'zh', '--json']),
    convscope(['conv2d', '-i', '[1, 2', '-k', '1', '--lang=zh']),
    convscope([...layer, '--lang', 'zh', '--strid', '2']),
    convscope([...layer, '--lang', 'zh', '--compare', file('twice.txt', '2 4\n6 8\n')]),
    convscope(['--help', '--lang', 'zh']),
  ]);
  const slip = await convscope([...layer, '--lang', 'zh', '--json', '--strid', '2']);
  assert.match(JSON.parse(slip.out).error.message, /^There is no option --strid/);
  assert.match(
    refused.err,
    /^convscope: 高度步幅为 0，但步幅至少为 1。.*\nPyTorch 的原话：.*stride/,
  );
  assert.match(JSON.parse(json.out).error.message, /^Stride height is 0/);
  assert.match(text.err, /^convscope: --input: 第 1 行第 6 列：文本已结束/);
  assert.match(usage.err, /没有选项 --strid。您是指 --stride 吗？/);
  assert.match(compared.out, /^不一致：4 个数中有 4 个不符.*如果输出乘以了 2，这些数就相符。/s);
  assert.match(help.out, /^用法：/);
});

test('without --lang the language is that of the shell, English where there is no other', async () => {
  const usage = async (
    /** @type {Record<string, string>} */ env,
    /** @type {string[]} */ ...args
  ) => (await convscope([...args, 'conv9d'], '', env)).err.split('\n')[0];
  const chinese = /没有运算“conv9d”/;
  const english = /There is no operation "conv9d"/;
  assert.match(await usage({ LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }), chinese);
  assert.match(await usage({ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }), chinese);
  assert.match(await usage({ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }), english);
  assert.match(await usage({ LC_ALL: '', LC_MESSAGES: '', LANG: 'fr_FR.UTF-8' }), english);
  assert.match(await usage({ LC_ALL: 'zh_CN.UTF-8' }, '--lang', 'en'), english);
});

test('the words of the command line are the same in both languages', () => {
  assert.deepEqual(Object.keys(cliZh), Object.keys(cliEn));
  const values = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(cliZh)) {
    assert.deepEqual(values(text), values(/** @type {Record<string, string>} */ (cliEn)[key]), key);
    if (key !== 'help') assert.match(text, /[\u4e00-\u9fff]/, key);
  }
});
