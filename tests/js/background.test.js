// The engine in the background: the same numbers and refusals as in place, progress, cancelling, order.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { ConvError, createBackground } from '../../web/engine/index.js';
import { seeded } from '../../web/state/tensors.js';
import { refusal } from './refusal.js';

const background = await createBackground();
const { engine } = background;
after(() => background.dispose());
const random = seeded(11);

/** @param {number[]} shape */
const tensor = (...shape) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random() * 2 - 1),
});

/** Takes about as long as twenty frames. @type {any} */
const LONG = {
  op: 'conv2d',
  input: tensor(1, 16, 48, 48),
  weight: tensor(16, 16, 7, 7),
  bias: tensor(16),
  padding: 3,
};
/** @type {any} */
const SHORT = { op: 'conv1d', input: tensor(1, 1, 9), weight: tensor(1, 1, 3) };

/** Whether a promise waits for another thread: what is computed in place is there with the next microtasks. @param {Promise<unknown>} promise */
async function isElsewhere(promise) {
  let isDone = false;
  const settle = () => {
    isDone = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 20; turn++) await null;
  return !isDone;
}

/** @type {[string, (at: any) => unknown][]} the same call to either engine */
const CALLS = [
  ['run', (at) => at.run(LONG)],
  ['run, transposed, in float64', (at) => at.run({ ...transposed, input: wide })],
  ['trace', (at) => at.trace(LONG, { method: 'scatter', contributions: false })],
  ['trace by zero insertion', (at) => at.trace(transposed, { method: 'zero-insertion' })],
  ['trace by phases', (at) => at.trace(transposed, { method: 'phases' })],
  ['gradients', (at) => at.gradients(LONG, tensorOf(engine.inferShape(LONG).outputShape))],
  ['agreement', (at) => at.agreement({ ...LONG, weight: tensorOf([16, 16, 3, 3]), padding: 1 })],
  [
    'coverage',
    (at) =>
      at.coverage({
        op: 'conv_transpose2d',
        input: { shape: [1, 1, 300, 300] },
        weight: { shape: [1, 1, 5, 5] },
      }),
  ],
  ['parse', (at) => at.parse(`[${'1.5, 2.5, '.repeat(30000)}3]`)],
  ['compare', (at) => at.compare(tensorOf([90000]), tensorOf([90000]))],
  ['diagnose', (at) => at.diagnose(middle, { shape: [1, 4, 20, 20], data: turned })],
  ['runStack', (at) => at.runStack(STACK, LONG.input, { seed: 3 })],
  ['receptiveField', (at) => at.receptiveField(DEEP, [1, 1, 99], { layer: 29, cell: [9] })],
  ['overlap', (at) => at.overlap(DEEP, [1, 1, 99], 29)],
  ['solve', (at) => at.solve({ op: 'conv2d', from: 224, to: 7, layers: 5 })],
  ['repair', (at) => at.repair({ layers: DEEP, inputShape: [1, 1, 99], layer: 29, size: [50] })],
];
const tensorOf = (/** @type {number[]} */ shape) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at)),
});
/** @type {any} */
const transposed = {
  op: 'conv_transpose2d',
  input: tensor(2, 8, 16, 16),
  weight: tensor(8, 16, 5, 5),
  stride: 2,
  dilation: [1, 2],
};
const wide = {
  shape: transposed.input.shape,
  data: Float64Array.from(transposed.input.data, (x) => x / 3),
};
transposed.weight = { ...transposed.weight, data: Float64Array.from(transposed.weight.data) };
transposed.input = wide;
/** @type {any} */
const middle = {
  op: 'conv2d',
  input: tensor(1, 4, 20, 20),
  weight: tensor(4, 4, 3, 3),
  padding: 1,
};
const turned = engine.run({ ...middle, flipKernel: true }).data;
/** @type {any[]} */
const STACK = [
  { op: 'conv2d', outChannels: 16, kernelSize: 5, padding: 2 },
  { op: 'relu' },
  { op: 'max_pool2d', kernelSize: 2 },
  { op: 'flatten' },
  { op: 'linear', outFeatures: 10 },
];
/** @type {any[]} */
const DEEP = Array.from({ length: 30 }, () => ({ op: 'conv1d', outChannels: 1, kernelSize: 3 }));

for (const [name, call] of CALLS) {
  test(`${name} gives the same in the background, to the last bit, and in another thread`, async () => {
    const expected = call(engine);
    const promise = /** @type {Promise<unknown>} */ (call(background));
    assert.ok(await isElsewhere(promise));
    assert.deepEqual(await promise, expected);
  });
}

test('what is short is computed in place, at once', async () => {
  let share = 0;
  const promise = background.run(SHORT, {
    onProgress: (now) => {
      share = now;
    },
  });
  assert.equal(share, 1);
  assert.equal(await isElsewhere(promise), false);
  assert.deepEqual(await promise, engine.run(SHORT));
});

test('the tensors that are given stay whole, and what is changed later does not count', async () => {
  const input = { shape: LONG.input.shape, data: LONG.input.data.slice() };
  const first = background.run({ ...LONG, input });
  const second = background.run({ ...LONG, input }); // waits, and has its copy already
  input.data.fill(0);
  const expected = engine.run(LONG);
  assert.deepEqual(await first, expected);
  assert.deepEqual(await second, expected);
  assert.equal(LONG.weight.data.length, 16 * 16 * 49);
});

for (const [name, call] of /** @type {[string, (watching: any) => Promise<unknown>][]} */ ([
  ['run', (watching) => background.run(LONG, watching)],
  ['gradients', (watching) => background.gradients(LONG, engine.run(LONG), watching)],
  ['agreement', (watching) => background.agreement(LONG, watching)],
  ['phases', (watching) => background.trace(transposed, { method: 'phases', ...watching })],
  ['scatter', (watching) => background.trace(transposed, { method: 'scatter', ...watching })],
  ['runStack', (watching) => background.runStack(STACK, LONG.input, watching)],
  [
    'diagnose',
    (watching) =>
      background.diagnose(
        middle,
        { shape: [1, 4, 20, 20], data: LONG.input.data.slice(0, 1600) },
        watching,
      ),
  ],
])) {
  test(`${name} tells how far it is: ever more, up to 1`, async () => {
    /** @type {number[]} */
    const shares = [];
    await call({ onProgress: (/** @type {number} */ share) => shares.push(share) });
    assert.ok(shares.length > 5, `${shares.length} times`);
    assert.ok(shares[0] > 0 && shares[0] < 0.5, `first ${shares[0]}`);
    assert.ok(shares.every((share, at) => at === 0 || share > shares[at - 1]));
    assert.equal(shares.at(-1), 1);
  });
}

test('refusals are the same ConvErrors, from either thread', async () => {
  const deep = [...DEEP, { op: 'max_pool1d', kernelSize: 99 }];
  /** @type {[any, any][]} */
  const pairs = [
    [() => engine.run({ ...LONG, stride: 0 }), () => background.run({ ...LONG, stride: 0 })],
    [
      () => engine.gradients(LONG, tensor(1, 16, 48, 47)),
      () => background.gradients(LONG, tensor(1, 16, 48, 47)),
    ],
    [() => engine.parse('. '.repeat(200000)), () => background.parse('. '.repeat(200000))],
    [
      () => engine.receptiveField(deep, [1, 1, 99], { layer: 30, cell: [0] }),
      () => background.receptiveField(deep, [1, 1, 99], { layer: 30, cell: [0] }),
    ],
    [
      () => engine.trace(LONG, /** @type {any} */ ({ method: 'winograd' })),
      () => background.trace(LONG, /** @type {any} */ ({ method: 'winograd' })),
    ],
    [
      () => engine.trace(LONG, /** @type {any} */ (null)),
      () => background.trace(LONG, /** @type {any} */ (null)),
    ],
  ];
  for (const [here, there] of pairs) {
    const expected = refusal(here);
    await assert.rejects(there(), (/** @type {any} */ error) => {
      assert.ok(error instanceof ConvError);
      assert.deepEqual({ ...error }, { ...expected });
      assert.equal(error.message, expected.message);
      return true;
    });
  }
});

test('a long request can be taken back, and those behind it are computed', async () => {
  const controller = new AbortController();
  let told = 0;
  const promise = background.run(LONG, {
    signal: controller.signal,
    onProgress: () => {
      if (++told === 2) controller.abort();
    },
  });
  const behind = background.run({ ...LONG, bias: null });
  const waiting = new AbortController();
  const never = background.gradients(LONG, engine.run(LONG), { signal: waiting.signal });
  waiting.abort(new Error('no longer wanted'));
  await assert.rejects(never, /no longer wanted/);
  await assert.rejects(promise, { name: 'AbortError' });
  assert.ok(told < 50, 'it ended early');
  assert.deepEqual(await behind, engine.run({ ...LONG, bias: null }));
});

test('a request that is taken back before it begins is not computed', async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(background.run(LONG, { signal }), { name: 'AbortError' });
  await assert.rejects(background.run(SHORT, { signal }), { name: 'AbortError' });
});

test('aborting after the end does nothing', async () => {
  const controller = new AbortController();
  await background.run(LONG, { signal: controller.signal });
  const next = background.run(LONG);
  controller.abort();
  assert.deepEqual(await next, engine.run(LONG));
});

test('long requests are answered in the order in which they were asked', async () => {
  /** @type {number[]} */
  const order = [];
  await Promise.all(
    [3, 1, 2].map(async (seed) => {
      await background.runStack(STACK, LONG.input, { seed });
      order.push(seed);
    }),
  );
  assert.deepEqual(order, [3, 1, 2]);
});

test('a listener that throws stops nothing, and is told of', async () => {
  const index = new URL('../../web/engine/index.js', import.meta.url);
  const script = `
    import { createBackground } from ${JSON.stringify(index)};
    const background = await createBackground();
    const request = { op: 'conv2d', input: { shape: [1, 1, 300, 300], data: new Float32Array(90000).fill(1) },
      weight: { shape: [1, 1, 5, 5], data: new Float32Array(25).fill(1) } };
    process.on('uncaughtException', ({ message }) => console.log(message));
    const first = background.run(request, { onProgress: () => { throw new Error('of the listener'); } });
    const second = background.run(request);
    console.log((await first).data[0] + (await second).data[0]);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  const lines = stdout.trim().split('\n');
  assert.equal(lines.pop(), '50');
  assert.ok(lines.length > 0 && lines.every((line) => line === 'of the listener'));
});

test('a layer runs in either thread, outlives a worker, and ends', async () => {
  const { input, ...rest } = LONG;
  const big = tensor(16, 16, 128, 128);
  const layer = await background.layer(rest);
  const near = engine.layer(rest);
  assert.deepEqual(await layer.run(input), near.run(input));
  /** @type {number[]} */
  const shares = [];
  const far = await layer.run(big, { onProgress: (share) => shares.push(share) });
  assert.deepEqual(far, near.run(big));
  assert.ok(shares.length > 5 && shares.at(-1) === 1);
  const controller = new AbortController();
  const cancelled = layer.run(big, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await assert.rejects(cancelled, { name: 'AbortError' });
  assert.deepEqual(await layer.run(big), near.run(big));
  const wrong = { shape: [1, 15, 900, 900], data: new Float32Array(15 * 900 * 900) };
  const expected = refusal(() => near.run(wrong));
  await assert.rejects(layer.run(wrong), { message: expected.message });
  layer.dispose();
  await assert.rejects(layer.run(big), { code: 'layer_disposed' });
  await assert.rejects(background.layer({ ...rest, groups: 5 }), ConvError);
});

test('dispose rejects what waits, and a later request starts a fresh worker', async () => {
  const own = await createBackground();
  const first = own.run(LONG);
  const second = own.run(LONG);
  own.dispose();
  await assert.rejects(first, { name: 'AbortError' });
  await assert.rejects(second, { name: 'AbortError' });
  assert.deepEqual(await own.run(LONG), engine.run(LONG));
  own.dispose();
});

test('where the worker’s script is missing, everything is computed in place', async () => {
  const own = await createBackground({ workerUrl: new URL('nowhere.js', import.meta.url) });
  /** @type {number[]} */
  const shares = [];
  const results = [own.run(LONG, { onProgress: (share) => shares.push(share) }), own.run(LONG)];
  for (const result of results) assert.deepEqual(await result, engine.run(LONG));
  assert.deepEqual(shares, [1]);
  await assert.rejects(own.gradients(LONG, tensor(1)), ConvError);
});
