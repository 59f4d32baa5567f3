// Files that hold tensors: read as numpy wrote them (tests/oracle/files.json), and refused in words where they
// are hostile or hold something else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { createEngine } from '../../web/engine/index.js';
import { writeNpy } from '../../web/state/export/npy.js';
import { FileRefusal, MAX_TEXT, readFile } from '../../web/state/files/index.js';
import { assertWorded } from './worded.js';

const oracle = JSON.parse(readFileSync(new URL('../oracle/files.json', import.meta.url), 'utf8'));
const bytesOf = (/** @type {string} */ base64) => new Uint8Array(Buffer.from(base64, 'base64'));

/** @param {string} name @param {Uint8Array} bytes @returns {any[]} */
function items(name, bytes) {
  const found = readFile(name, bytes);
  assert.ok('items' in found, name);
  return found.items;
}

/** @param {string} text Python's or JavaScript's */
const number = (text) => Number(text.replace(/^(-?)inf$/, '$1Infinity').replace('nan', 'NaN'));

test('every file that numpy wrote is read back exactly', () => {
  assert.ok(oracle.read.length > 30);
  for (const { container, case: name, base64, tensors } of oracle.read) {
    const found = items(`file.${container}`, bytesOf(base64));
    assert.deepEqual(
      found.map((item) => item.name),
      tensors.map((/** @type {any} */ t) => t.name),
      name,
    );
    for (const [i, item] of found.entries()) {
      const { dtype, shape, values } = tensors[i];
      assert.equal(item.container, container);
      assert.equal(item.dtype, name === 'bfloat16' ? 'bfloat16' : dtype, name);
      assert.equal(item.decimals, null); // exact: no digit is hidden
      assert.deepEqual(item.shape, shape, name);
      assert.deepEqual(Array.from(item.data), values.map(number), name);
      assert.equal(item.inexact, name === 'beyond 2^53', name);
      assert.deepEqual(
        item.gaps,
        shape.map(() => null),
      );
    }
  }
});

test('the first bytes say what a file is where its name does not', () => {
  const npy = writeNpy({ shape: [2], data: [1, 2] }, 'float32');
  assert.deepEqual(Array.from(items('weights', npy)[0].data), [1, 2]);
  assert.equal(items('a', zipSync({ 'w.npy': npy }))[0].name, 'w');
});

test('what holds no plain numbers is refused by what it holds', () => {
  const words = /** @type {Record<string, RegExp>} */ ({
    objects: /Python objects/,
    complex: /complex/,
    records: /records/,
    texts: /texts/,
    dates: /dates/,
  });
  for (const { case: name, base64 } of oracle.refused)
    assert.throws(
      () => readFile('a.npy', bytesOf(base64)),
      (/** @type {any} */ error) => {
        assertWorded(error);
        return words[name].test(error.message);
      },
    );
  assert.throws(() => readFile('model.pt', strToU8('PK')), /pickle.*safetensors/);
});

/** @param {string} dict @param {Uint8Array} [data] @param {number} [length] what the header says of itself */
function npyFile(dict, data = new Uint8Array(0), length = dict.length) {
  const head = new Uint8Array([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    length & 255,
    length >> 8,
  ]);
  return new Uint8Array([...head, ...strToU8(dict), ...data]);
}

test('hostile .npy files are refused with their numbers', () => {
  const dict = (/** @type {string} */ shape, descr = '<f4') =>
    `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const four = new Uint8Array(4);
  const cases = /** @type {[Uint8Array, RegExp][]} */ ([
    [npyFile(dict('(1,)'), four, 60000), /60000 bytes long, but only/],
    [npyFile(dict('(2,)'), four), /2 numbers of 4 bytes.*8 bytes, but 4 bytes follow/],
    [npyFile(dict('(-1,)'), four), /-1 in it/],
    [npyFile(dict('(1.5,)'), four), /whole numbers/],
    [npyFile(dict('(4294967296, 4294967296)'), four), /more than 33554432 numbers/],
    [npyFile(dict('(0, 99999999999)')), /more than 33554432 numbers/],
    [npyFile(dict('(9999999999999999999,)'), four), /whole numbers/],
    [npyFile(dict(`(${'1, '.repeat(40)})`), four), /40 axes/],
    [npyFile(dict('(1,)', '<f16'), four), /floats of a size/],
    [npyFile(dict('(1,)', '<q9'), four), /unknown type/],
    [npyFile('{}', four), /damaged/],
    [npyFile(dict('(1,)'), four).slice(0, 9), /does not begin/],
    [new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0]), /version 9/],
    [new Uint8Array(0), /empty/],
  ]);
  for (const [bytes, words] of cases) {
    assert.throws(
      () => readFile('a.npy', bytes),
      (/** @type {any} */ error) => {
        assertWorded(error);
        return error instanceof FileRefusal && words.test(error.message);
      },
      String(words),
    );
  }
});

test('a hostile .npz is refused before it takes any memory', () => {
  const npy = writeNpy({ shape: [1000], data: new Float64Array(1000) }, 'float64');
  const zip = zipSync({ 'a.npy': npy });
  assert.equal(items('a.npz', zip)[0].data.length, 1000);
  // the size that the directory states, after its signature "PK\x01\x02"
  const claim = (/** @type {number} */ size) => {
    const copy = zip.slice();
    const view = new DataView(copy.buffer);
    for (let at = 0; at < copy.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
    return copy;
  };
  assert.throws(() => readFile('a.npz', claim(2 ** 31)), /more than 256 MB unpacked/);
  assert.throws(() => readFile('a.npz', claim(500)), FileRefusal);
  assert.throws(() => readFile('a.npz', claim(2 ** 20)), FileRefusal);
  assert.throws(() => readFile('a.npz', zip.slice(0, 60)), /no zip that can be unpacked/);
  assert.throws(() => readFile('a.npz', strToU8('PK nothing')), /no zip/);
  assert.throws(() => readFile('a.npz', zipSync({ 'a.txt': strToU8('1') })), /no \.npy file/);
  const many = Object.fromEntries(
    Array.from({ length: 1001 }, (_, i) => [`${i}.txt`, strToU8('')]),
  );
  assert.throws(() => readFile('a.npz', zipSync(many)), /more than 1000 files/);
});

/** @param {unknown} header @param {number} size of the block @param {number} [length] what is said of the header */
function safetensors(header, size, length) {
  const text = strToU8(typeof header === 'string' ? header : JSON.stringify(header));
  const head = new DataView(new ArrayBuffer(8));
  head.setBigUint64(0, BigInt(length ?? text.length), true);
  return new Uint8Array([...new Uint8Array(head.buffer), ...text, ...new Uint8Array(size)]);
}

test('hostile .safetensors files are refused with their numbers', () => {
  const entry = (/** @type {any} */ change) => ({
    w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...change },
  });
  const cases = /** @type {[Uint8Array, RegExp][]} */ ([
    [safetensors(entry({}), 8, 2 ** 50), /1125899906842624 bytes long, but only/],
    [safetensors('not json', 8), /no JSON/],
    [safetensors('[]', 8), /no object/],
    [safetensors({}, 8), /no tensor/],
    [safetensors({ w: 3 }, 8), /no description/],
    [safetensors(entry({ dtype: 'F8_E4M3' }), 8), /F8_E4M3/],
    [safetensors(entry({ dtype: 'constructor' }), 8), /constructor/],
    [safetensors(entry({ shape: [-2] }), 8), /-2 in it/],
    [safetensors(entry({ shape: 'abc' }), 8), /no shape/],
    [safetensors(entry({ shape: [2 ** 30] }), 8), /more than 33554432/],
    [safetensors(entry({ shape: [3] }), 8), /has 8 bytes, but its shape 3 in F32 needs 12/],
    [safetensors(entry({ data_offsets: [0, 800] }), 8), /has 8 bytes of numbers/],
    [safetensors(entry({ data_offsets: [-8, 0] }), 8), /bytes of numbers/],
    [safetensors({ ...entry({}), v: entry({ data_offsets: [4, 12] }).w }, 12), /overlaps/],
    [new Uint8Array(5), /too short/],
  ]);
  for (const [bytes, words] of cases) {
    assert.throws(
      () => readFile('a.safetensors', bytes),
      (/** @type {any} */ error) => {
        assertWorded(error);
        return error instanceof FileRefusal && words.test(error.message);
      },
      String(words),
    );
  }
});

test('text is handed on to the parser, and what is neither is refused', async () => {
  const engine = await createEngine();
  const csv = readFile('a.csv', strToU8('1,2,3\n3,4,5\n'));
  assert.ok('text' in csv);
  const [item] = /** @type {any[]} */ (engine.parse(csv.text).items);
  assert.deepEqual(Array.from(item.data), [1, 2, 3, 3, 4, 5]);
  const excel = readFile('a.txt', new Uint8Array([0xff, 0xfe, ...Buffer.from('1\t2', 'utf16le')]));
  assert.deepEqual(excel, { text: '1\t2' });
  assert.throws(
    () => readFile('a.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0])),
    /neither text/,
  );
  assert.throws(() => readFile('a.txt', new Uint8Array(MAX_TEXT + 1)), /MB of text/);
});

test('the numbers of a file count as exact where they are compared', async () => {
  const engine = await createEngine();
  // 0.0010004… in float16: four decimals would show 0.0010 and forgive 0.00005
  const bytes = safetensors({ y: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }, 2);
  bytes.set([0x19, 0x14], bytes.length - 2);
  const [item] = items('y.safetensors', bytes);
  const compare = (/** @type {number} */ value) =>
    engine.compare({ shape: [1], data: [value] }, item).verdict;
  assert.equal(compare(item.data[0]), 'match');
  assert.equal(compare(item.data[0] + 3e-5), 'differs');
});
