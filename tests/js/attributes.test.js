// From the attributes of <conv-scope> to a state: what they mean, what is refused, and that nothing is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../web/element/settle.js';
import { createEngine } from '../../web/engine/index.js';
import { attributeText } from '../../web/i18n/attribute.js';
import { createModel } from '../../web/model.js';
import { middleOf, probeOf } from '../../web/state/attributes/probe.js';
import { readAttributes } from '../../web/state/attributes/read.js';
import { readValues } from '../../web/state/attributes/values.js';
import { actions } from '../../web/state/store.js';
import { writeLink } from '../../web/state/url.js';

/** @param {Record<string, string>} attributes @param {import('../../web/state/store.js').State|null} [base] @param {string[]} [changed] */
const read = (attributes, base = null, changed = Object.keys(attributes)) =>
  readAttributes(base, new Map(Object.entries(attributes)), changed);

/** @param {Parameters<typeof read>} args */
const linkOf = (...args) => {
  const { state, problems } = read(...args);
  assert.deepEqual(problems, []);
  return writeLink(state);
};

/** @param {Record<string, string>} attributes @returns {string[]} "attribute id" */
const refused = (attributes) => read(attributes).problems.map((p) => `${p.attribute} ${p.id}`);

test('values: cells, rows, maps and slices', () => {
  assert.deepEqual(readValues('1 2; 0 -1.5e1', 2), {
    sizes: [2, 2],
    maps: 1,
    data: [1, 2, 0, -15],
  });
  assert.deepEqual(readValues('1,2\n3,4\n', 2), { sizes: [2, 2], maps: 1, data: [1, 2, 3, 4] });
  assert.deepEqual(readValues('1 2 | 3 4', 1), { sizes: [2], maps: 2, data: [1, 2, 3, 4] });
  assert.deepEqual(readValues('1 2; 3 4 / 5 6; 7 8', 3), {
    sizes: [2, 2, 2],
    maps: 1,
    data: [1, 2, 3, 4, 5, 6, 7, 8],
  });
  assert.deepEqual(readValues('nan inf -inf', 1), {
    sizes: [3],
    maps: 1,
    data: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  });
  for (const [text, axes, id] of /** @type {[string, number, string][]} */ ([
    ['', 2, 'empty'],
    [';;', 2, 'empty'],
    ['1 2; 3', 2, 'ragged'],
    ['1 2 | 3', 2, 'ragged'],
    ['1 2 |', 2, 'hole'],
    ['1 / 2', 2, 'number'],
    ['1; 2', 1, 'rows'],
    ['[1, 2]', 2, 'brackets'],
    ['1 2x', 2, 'number'],
    [' 1'.repeat(600_000), 2, 'long'],
  ])) {
    const found = readValues(text, axes);
    assert.equal('id' in found && found.id, id, text.slice(0, 20));
  }
});

test('sizes, channels and batch follow from the values', () => {
  assert.equal(
    linkOf({ input: '1 2; 0 1', kernel: '1 0 1; 1 1 0; 0 0 1', stride: '2' }),
    'v=1&op=conv_transpose2d&i=2&s=2&x=1,2,0,1&w=1,0,1,1,1,0,0,0,1',
  );
  assert.equal(
    linkOf({ op: 'nn.Conv2d', input: '1 2 | 3 4', kernel: '1|2|3|4', bias: '5, 6' }),
    'v=1&op=conv2d&i=1,2&k=1&ci=2&co=2&x=1,2,3,4&w=1,2,3,4&b=5,6',
  );
  assert.equal(
    linkOf({ op: 'conv2d', input: '1 2 | 3 4', batch: '2', kernel: '2' }),
    'v=1&op=conv2d&i=1,2&k=1&n=2&x=1,2,3,4&w=2',
  );
  assert.equal(
    linkOf({ op: 'conv_transpose1d', input: '1|2', kernel: '1 2|3 4', groups: '2' }),
    'v=1&op=conv_transpose1d&i=1&k=2&g=2&ci=2&co=2&x=1,2&w=1,2,3,4',
  );
});

test('without values the input counts up and the kernel is all ones', () => {
  assert.equal(
    linkOf({ op: 'conv1d', 'input-size': '3', 'kernel-size': '2' }),
    'v=1&op=conv1d&i=3&k=2&x=1,2,3&w=1,1',
  );
});

test('numbers per axis, padding in every way, and the rest', () => {
  const base = { op: 'conv2d', 'input-size': '2x3', 'kernel-size': '1' };
  const link = 'v=1&op=conv2d&i=2,3&k=1';
  const rest = '&x=1,2,3,4,5,6&w=1';
  assert.equal(linkOf({ ...base, stride: '1, 2' }), `${link}&s=1,2${rest}`);
  assert.equal(linkOf({ ...base, padding: '1' }), `${link}&p=1${rest}`);
  assert.equal(linkOf({ ...base, padding: '1 0' }), `${link}&p=1,0${rest}`);
  assert.equal(linkOf({ ...base, padding: '1:2, 0:1' }), `${link}&p=1,0&pe=2,1&pk=pairs${rest}`);
  assert.equal(linkOf({ ...base, padding: 'same' }), `${link}&pk=same${rest}`);
  assert.equal(linkOf({ ...base, 'padding-mode': 'circular' }), `${link}&pm=circular${rest}`);
  assert.equal(
    linkOf({ ...base, 'true-convolution': '', method: 'scatter', step: '2' }),
    `${link}&m=scatter${rest}&flip=1&t=2`,
  );
  assert.equal(linkOf({ ...base, 'true-convolution': 'false' }), link + rest);
});

test('what cannot be read is refused by name and counts as not there', () => {
  const plain = writeLink(read({}).state);
  for (const [attributes, problem] of /** @type {[Record<string, string>, string][]} */ ([
    [{ op: 'conv4d' }, 'op choice'],
    [{ stride: '1.5' }, 'stride notWhole'],
    [{ stride: '' }, 'stride empty'],
    [{ stride: '1 2 3' }, 'stride axes'],
    [{ groups: '1e9' }, 'groups overLimit'],
    [{ batch: '0' }, 'batch sizeBelowOne'],
    [{ padding: '1:2:3' }, 'padding pairs'],
    [{ padding: '1:x' }, 'padding notNumber'],
    [{ 'padding-mode': 'mirror' }, 'padding-mode choice'],
    [{ method: 'magic' }, 'method choice'],
    [{ step: '-1' }, 'step step'],
    [{ bias: '1 x' }, 'bias number'],
    [{ link: 'v=7' }, 'link link.version'],
    [{ link: '' }, 'link link.settings'],
  ])) {
    const { state, problems } = read(attributes);
    assert.deepEqual(
      problems.map((p) => `${p.attribute} ${p.id}`),
      [problem],
    );
    assert.equal(writeLink(state), plain, problem);
    const text = attributeText(problems[0], false);
    assert.ok(!/\{\w+\}/.test(text) && text.includes(problems[0].attribute), text);
  }
});

test('attributes that contradict each other', () => {
  assert.deepEqual(refused({ input: '1 2', 'input-size': '4' }), ['input size']);
  assert.deepEqual(refused({ input: '1 2', 'input-size': 'x' }), ['input-size notNumber']);
  assert.deepEqual(refused({ input: '1|2|3', 'in-channels': '2' }), ['input maps']);
  assert.deepEqual(refused({ input: '1|2|3', batch: '2' }), ['input maps']);
  assert.deepEqual(refused({ input: '1|2', kernel: '1|2|3' }), ['kernel maps']);
  assert.deepEqual(refused({ kernel: '1', bias: '1 2' }), ['bias count']);
  const lists = ['choice', 'long', 'size', 'maps', 'count', 'ragged', 'hole', 'brackets', 'rows'];
  for (const id of [...lists, 'empty', 'cell', 'address', 'link.values']) {
    const values = {
      ...{ text: 'a'.repeat(5000), list: 'b', max: 1, size: '1', said: '2', maps: 3, found: 1 },
      ...{ count: 2, rows: 2 },
    };
    const text = attributeText({ attribute: 'input', id, values }, true);
    assert.ok(text.length < 250 && !/\{\w+\}/.test(text), text);
  }
});

test('only what changed is read again', () => {
  const first = read({ input: '1 2; 0 1', stride: '2' }).state;
  const typed = actions.setCell(first, 'input', 0, '9');
  const after = read({ input: '1 2; 0 1', stride: '1' }, typed, ['stride']).state;
  assert.deepEqual([...after.input.data], [9, 2, 0, 1]);
  assert.deepEqual(after.text.stride, ['1', '1']);
  const removed = read({ stride: '1' }, after, ['input']).state;
  assert.deepEqual([...removed.input.data], [1, 2, 3, 4]);
});

test('what the reader typed stays where an attribute gives its map another shape', () => {
  const wide = { op: 'conv2d', input: '1 | 2', kernel: '3 | 4 | 5 | 6', 'kernel-size': '1' };
  const typed = actions.setCell(read(wide).state, 'weight', 2, '9');
  assert.deepEqual(typed.weight.shape, [2, 2, 1, 1]);
  for (const [changed, shape] of /** @type {[Record<string, string>, number[]][]} */ ([
    [{ groups: '2' }, [4, 1, 1, 1]],
    [{ input: '7 | 8 | 9 | 0' }, [1, 4, 1, 1]],
    [{ op: 'conv_transpose2d', input: '1' }, [1, 4, 1, 1]],
  ])) {
    const after = read({ ...wide, ...changed }, typed, Object.keys(changed)).state;
    assert.deepEqual(after.weight.shape, shape);
    assert.deepEqual([...after.weight.data], [3, 4, 9, 6], JSON.stringify(changed));
  }
  const samples = actions.setCell(read(wide).state, 'input', 1, '8');
  const batch = { ...wide, kernel: '3', batch: '2' };
  const after = read(batch, samples, ['batch', 'kernel']).state;
  assert.deepEqual(after.input.shape, [2, 1, 1, 1]);
  assert.deepEqual([...after.input.data], [1, 8]);
});

test('a size that the reader chose stays when the author changes something else', () => {
  const attributes = { input: '1 2; 0 1', kernel: '1 2; 3 4', 'kernel-size': '2' };
  const chosen = actions.setField(read(attributes).state, 'kernelSize', 0, '1');
  const { state, problems } = read({ ...attributes, input: '5 6; 7 8' }, chosen, ['input']);
  assert.deepEqual(problems, []);
  assert.deepEqual([...state.input.data], [5, 6, 7, 8]);
  assert.deepEqual([...state.weight.data], [1, 2]);
  const back = read(attributes, state, ['kernel-size']).state;
  assert.deepEqual([...back.weight.data], [1, 2, 3, 4]);
});

test('attributes set one after the other mean what they mean together', () => {
  const all = { op: 'conv2d', input: '1 2', kernel: '1 | 2 | 3', padding: '1' };
  const before = read({ ...all, op: 'conv_transpose2d' }).state;
  assert.equal(writeLink(read(all, before, ['op']).state), linkOf(all));
  const { problems } = read({ op: 'conv1d', input: '1; 2' }, read({ input: '1; 2' }).state, ['op']);
  assert.deepEqual(
    problems.map((p) => `${p.attribute} ${p.id}`),
    ['input rows'],
  );
});

test('a size that is taken away or refused follows from the values again', () => {
  const sized = read({ input: '1 2; 0 1' }).state;
  for (const rest of /** @type {Record<string, string>[]} */ ([{}, { 'input-size': '1e9' }])) {
    const after = read({ input: '1 2; 0 1', ...rest }, sized, ['input-size']).state;
    assert.deepEqual(after.text.inputSize, ['2', '2']);
    assert.deepEqual([...after.input.data], [1, 2, 0, 1]);
  }
  const maps = { kernel: '1 | 2', input: '5 | 6', 'kernel-size': '1' };
  const freed = read(maps, read(maps).state, ['in-channels', 'out-channels']).state;
  assert.deepEqual([freed.text.inChannels, freed.text.outChannels], [['2'], ['1']]);
});

test('a link is a state; attributes beside it add to it', () => {
  const link = 'v=1&op=conv1d&i=3&k=1&x=3,2,1&w=2&sel=input:1';
  assert.equal(linkOf({ link: `#${link}` }), link);
  assert.equal(
    linkOf({ link: `https://example.org/#${link}`, step: '1' }),
    link.replace('&sel', '&t=1&sel'),
  );
});

test('the selected cell, by its place or by counting', () => {
  const shapeOf = () => [1, 2, 3, 4];
  assert.deepEqual(probeOf('output 5', shapeOf), { map: 'output', index: 5 });
  assert.deepEqual(probeOf('output 1 2', shapeOf), { map: 'output', index: 6 });
  assert.deepEqual(probeOf('kernel: 0, 1, 2, 3', shapeOf), { map: 'weight', index: 23 });
  assert.deepEqual(
    probeOf('input 2', () => [1, 1, 3]),
    { map: 'input', index: 2 },
  );
  assert.equal(probeOf('none', shapeOf), null);
  for (const text of [
    '',
    'output',
    'output 24',
    'output 3 0',
    'bias 0',
    'output 1 2 3',
    'output -1',
  ])
    assert.equal(probeOf(text, shapeOf), undefined, text);
  assert.deepEqual(middleOf([1, 1, 5, 5]), { map: 'output', index: 12 });
});

test('a bias is read again where another attribute changes how many output channels there are', () => {
  const three = { op: 'conv2d', 'out-channels': '3', bias: '1 2 3' };
  const { state } = read(three);
  const two = read({ ...three, 'out-channels': '2' }, state, ['out-channels']);
  assert.deepEqual(
    two.problems.map((p) => [p.attribute, p.id, p.values]),
    [['bias', 'count', { found: 3, count: 2 }]],
  );
  assert.equal(two.state.hasBias, false);
  const kernel = { op: 'conv2d', kernel: '1 | 2 | 3', bias: '1 2 3' };
  const { problems } = read({ ...kernel, kernel: '1 | 2' }, read(kernel).state, ['kernel']);
  assert.deepEqual(
    problems.map((p) => p.attribute),
    ['bias'],
  );
  const typed = { ...state, bias: { ...state.bias, data: Float64Array.of(7, 8, 9) } };
  const stride = read({ ...three, stride: '2' }, typed, ['stride']);
  assert.deepEqual([...stride.state.bias.data], [7, 8, 9]);
});

test('what the reader typed stays while a refused attribute is refused again, and gives way once it fits', async () => {
  const modelOf = createModel(await createEngine());
  /** @param {Record<string, string>} all @param {import('../../web/state/store.js').State|null} base @param {string[]} names @param {string[]} [retried] */
  const settled = (all, base, names, retried) =>
    settle(modelOf, base, new Map(Object.entries(all)), names, null, retried);
  const all = { op: 'conv2d', input: '1 2; 3', kernel: '1', stride: '9999999999' };
  const first = settled(all, null, Object.keys(all));
  assert.deepEqual([...first.refusals.keys()].sort(), ['input', 'stride']);
  const typed = actions.setField(actions.setCell(first.state, 'input', 0, '99'), 'stride', 0, '2');
  const retry = ['input', 'stride'];
  const next = settled({ ...all, padding: '1' }, typed, ['padding', ...retry], retry);
  assert.equal(next.state.input.data[0], 99);
  assert.equal(next.state.text.stride[0], '2');
  assert.equal(next.state.text.padding[0], '1');
  assert.deepEqual([...next.refusals.keys()].sort(), ['input', 'stride']);
  const kernel = {
    ...{ op: 'conv2d', input: '1 2 3; 4 5 6; 7 8 9' },
    kernel: '1 2 3 4; 5 6 7 8; 9 1 2 3; 4 5 6 7',
  };
  const small = settled(kernel, null, Object.keys(kernel));
  assert.deepEqual([...small.refusals.keys()], ['kernel']);
  const fits = settled({ ...kernel, padding: '1' }, small.state, ['padding', 'kernel'], ['kernel']);
  assert.deepEqual([...fits.refusals.keys()], []);
  assert.equal(fits.state.weight.data[4], 5);
});

test('another operation or method reads again what depends on it, and a lost selection is found anew', async () => {
  const modelOf = createModel(await createEngine());
  const all = {
    ...{ op: 'conv2d', input: '1 2 3; 4 5 6; 7 8 9', kernel: '1 1; 1 1' },
    ...{ padding: 'same', 'padding-mode': 'reflect', method: 'scatter', selected: 'output 0 0' },
  };
  /** @param {Record<string, string>} attributes @param {import('../../web/state/store.js').State|null} base @param {string[]} names */
  const settled = (attributes, base, names) =>
    settle(modelOf, base, new Map(Object.entries(attributes)), names, null);
  const first = settled(all, null, Object.keys(all)).state;
  assert.deepEqual(
    [first.paddingKind, first.paddingMode, first.method],
    ['same', 'reflect', 'scatter'],
  );
  const turned = settled({ ...all, op: 'conv_transpose2d' }, first, ['op']);
  assert.deepEqual([...turned.refusals.keys()].sort(), ['padding', 'padding-mode']);
  assert.deepEqual(turned.state.selected, { map: 'output', index: 0 });
  const back = settled(all, turned.state, ['op']).state;
  assert.deepEqual(
    [back.paddingKind, back.paddingMode, back.method],
    ['same', 'reflect', 'scatter'],
  );
  const larger = { ...all, input: '1 2 3 4; 4 5 6 7; 7 8 9 1; 1 1 1 1' };
  assert.deepEqual(settled(larger, back, ['input']).state.selected, { map: 'output', index: 0 });
});
