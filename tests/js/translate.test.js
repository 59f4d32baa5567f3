// The same layer in other frameworks, as text. That the sources give equal numbers is checked by hand against
// PyTorch and models of the other frameworks; these are the cases in which they part.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t } from '../../web/i18n/index.js';
import { makeState } from '../../web/state/initial.js';
import { translate } from '../../web/state/translate/index.js';
import { statesOf } from './layer-states.js';

/** @param {any} config @param {string} framework */
function translated(config, framework) {
  const found = translate(makeState({ inputSize: 5, ...config })).find(
    (one) => one.framework === framework,
  );
  assert.ok(found);
  return { ...found, ids: found.notes.map(({ id }) => id) };
}

test('every note has its words, and every value in them is given', async () => {
  const seen = new Set();
  for (const { state } of await statesOf(300, 21)) {
    const all = translate(state);
    assert.equal(all.length, 4);
    for (const { framework, fit, source, notes } of all) {
      assert.equal(fit === 'none', source === '');
      assert.doesNotMatch(source, /NaN|undefined|null|-0\b/, source);
      t(`framework.${framework}`);
      t(`fit.${fit}`);
      for (const { id, values } of notes) {
        seen.add(id);
        assert.doesNotMatch(t(`translate.${id}`, values), /[{}]/);
      }
    }
  }
  assert.ok(seen.size >= 20, `${seen.size} notes: ${[...seen].join()}`);
});

test('nothing is translated while a field cannot be read', () => {
  assert.deepEqual(translate(makeState({ op: 'conv2d', stride: 'x' })), []);
});

test('PyTorch: one layer where both ends are padded alike, else a pad or a crop', () => {
  const plain = translated({ op: 'conv2d', padding: 1, stride: 2 }, 'pytorch');
  assert.equal(plain.fit, 'one');
  assert.match(plain.source, /nn\.Conv2d\(\s*1, 1, \(3, 3\), stride=\(2, 2\), padding=\(1, 1\)/);
  const same = translated({ op: 'conv1d', paddingKind: 'same' }, 'pytorch');
  assert.match(same.source, /F\.conv1d\(\s*x, w, None, stride=\(1,\), padding='same'/);
  const pairs = { paddingKind: 'pairs', padding: [1, 0], paddingEnd: [2, 3] };
  const uneven = translated({ op: 'conv2d', ...pairs }, 'pytorch');
  assert.equal(uneven.fit, 'steps');
  assert.match(uneven.source, /xp = F\.pad\(x, \(0, 3, 1, 2\), mode='constant'\)/);
  const crop = translated({ op: 'conv_transpose2d', stride: 2, ...pairs }, 'pytorch');
  assert.match(crop.source, /layer\(x\)\[:, :, 1:-2, :-3\]/);
  const mode = translated({ op: 'conv1d', padding: 1, paddingMode: 'reflect' }, 'pytorch');
  assert.match(mode.source, /padding=\(1,\)[^)]*\)[^#]*padding_mode='reflect'\)/);
  assert.match(mode.source, /F\.conv1d\(\s*xp, w, None, stride=\(1,\), padding=0/);
});

test('PyTorch: zeros come before a crop that takes more than there is', () => {
  const config = { op: 'conv2d', inputSize: 1, kernelSize: 1, paddingKind: 'pairs' };
  const apart = translated({ ...config, padding: [-2, 1], paddingEnd: [3, 0] }, 'pytorch');
  assert.match(apart.source, /xp = F\.pad\(x, \(1, 0, 0, 3\).*\nxp = F\.pad\(xp, \(0, 0, -2, 0\)/);
  const atOnce = translated({ ...config, padding: [-1, 1], paddingEnd: [3, 0] }, 'pytorch');
  assert.match(atOnce.source, /xp = F\.pad\(x, \(1, 0, -1, 3\)/);
  assert.doesNotMatch(atOnce.source, /F\.pad\(xp/);
});

test("Keras: 'same' exactly where TensorFlow's pads are those asked for", () => {
  const padding = (/** @type {any} */ config) => {
    const { source, ids } = translated({ op: 'conv1d', kernelSize: 3, ...config }, 'keras');
    return [/padding='(\w+)'/.exec(source)?.[1], /tf\.pad/.test(source), ids.join()];
  };
  const layout = 'keras.layout,keras.kernel';
  assert.deepEqual(padding({ padding: 1 }), ['same', false, `${layout},keras.same`]);
  assert.deepEqual(padding({ padding: 0 }), ['valid', false, layout]);
  // stride 2: of 5 cells 'same' pads (1, 1), of 6 only (0, 1)
  assert.deepEqual(padding({ padding: 1, stride: 2 }), ['same', false, `${layout},keras.sameHere`]);
  assert.deepEqual(padding({ padding: 1, stride: 2, inputSize: 6 }), [
    'valid',
    true,
    `${layout},keras.notSame`,
  ]);
  const uneven = { paddingKind: 'pairs', padding: 0, paddingEnd: 1, stride: 2, inputSize: 6 };
  assert.equal(padding(uneven)[0], 'same');
});

test('Keras: what its layers refuse is said otherwise', () => {
  const dilated = translated({ op: 'conv1d', stride: 2, dilation: 2 }, 'keras');
  assert.match(dilated.source, /spread\[::2\] = kernel/);
  assert.doesNotMatch(dilated.source, /dilation_rate/);
  assert.match(translated({ op: 'conv1d', dilation: 2 }, 'keras').source, /dilation_rate=\(2,\)/);
  const grouped = { op: 'conv_transpose2d', groups: 2, inChannels: 2, outChannels: 4 };
  const { source, ids } = translated(grouped, 'keras');
  assert.match(source, /Conv2DTranspose\(\s*2, \(3, 3\)/);
  assert.match(source, /tf\.split\(x, 2, axis=-1\)/);
  assert.ok(ids.includes('keras.groups'));
  const circular = translated({ op: 'conv1d', padding: 1, paddingMode: 'circular' }, 'keras');
  assert.match(circular.source, /tf\.gather\(x, np\.arange\(-1, 6\) % 5, axis=1\)/);
  const reflect = translated({ op: 'conv1d', padding: 1, paddingMode: 'reflect' }, 'keras');
  assert.match(reflect.source, /tf\.pad\(x, \[\[0, 0\], \[1, 1\], \[0, 0\]\], 'REFLECT'\)/);
});

test("Keras: a transposed layer is 'same', or 'valid' and a crop", () => {
  const layer = (/** @type {any} */ config) =>
    translated({ op: 'conv_transpose1d', stride: 2, ...config }, 'keras').source;
  assert.match(layer({ kernelSize: 4, padding: 1 }), /padding='same',\s+use_bias/);
  // 'same' crops 0 and 1 here, PyTorch's padding 1 with output padding 1 crops 1 and 0
  const shifted = layer({ kernelSize: 3, padding: 1, outputPadding: 1 });
  assert.match(shifted, /padding='valid',\s+output_padding=\(0,\)/);
  assert.match(shifted, /y = y\[:, 1:, :\]/);
  assert.match(layer({ kernelSize: 3, padding: 1 }), /y = y\[:, 1:-1, :\]/);
  assert.match(layer({ kernelSize: 3, outputPadding: 1 }), /output_padding=\(1,\)/);
});

test('JAX: a transposed convolution is an ordinary one over a spread input', () => {
  const { source, fit } = translated(
    { op: 'conv_transpose2d', stride: 2, padding: 1, outputPadding: 1, dilation: [1, 2] },
    'jax',
  );
  assert.equal(fit, 'steps');
  assert.match(source, /window_strides=\(1, 1\)/);
  assert.match(source, /padding=\[\(1, 2\), \(3, 4\)\]/);
  assert.match(source, /lhs_dilation=\(2, 2\), rhs_dilation=\(1, 2\)/);
  assert.match(source, /dimension_numbers=\('NCHW', 'OIHW', 'NCHW'\)/);
  const conv = translated({ op: 'conv3d', groups: 2, inChannels: 2, outChannels: 2 }, 'jax');
  assert.equal(conv.fit, 'one');
  assert.match(conv.source, /'NCDHW', 'OIDHW', 'NCDHW'\), feature_group_count=2/);
});

test('ONNX: begins before ends, a Pad for other modes, and what it cannot say', () => {
  const pairs = { paddingKind: 'pairs', padding: [1, 2], paddingEnd: [3, 4] };
  const plain = translated({ op: 'conv2d', ...pairs }, 'onnx');
  assert.equal(plain.fit, 'one');
  assert.match(plain.source, /pads=\[1, 2, 3, 4\]/);
  const circular = translated({ op: 'conv2d', ...pairs, paddingMode: 'circular' }, 'onnx');
  assert.match(circular.source, /# opset 19/);
  assert.match(circular.source, /pads = np\.array\(\[0, 0, 1, 2, 0, 0, 3, 4\]/);
  assert.match(circular.source, /mode='wrap'/);
  const cropped = translated({ op: 'conv1d', padding: -1, paddingMode: 'reflect' }, 'onnx');
  assert.deepEqual([cropped.fit, cropped.ids], ['none', ['onnx.negative']]);
});
