// The installed package in Node: what is in it, import, require, types, the command line, sizes.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { install, ROOT, run, write } from './install.mjs';

/** Bytes that the core and its loader may have together, compressed. */
const BUDGET = 110 * 1024;

const project = await install();
after(project.remove);

const shipped = /** @type {string[]} */ (readdirSync(project.package, { recursive: true }))
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => statSync(join(project.package, path)).isFile())
  .sort();

const manifest = JSON.parse(readFileSync(join(project.package, 'package.json'), 'utf8'));

/** The opening example, and what a refusal looks like; prints its findings as JSON. */
const SMOKE = `
const request = {
  op: 'conv_transpose2d',
  input: { shape: [1, 1, 2, 2], data: new Float32Array([1, 2, 0, 1]) },
  weight: { shape: [1, 1, 3, 3], data: new Float32Array([1, 0, 1, 1, 1, 0, 0, 0, 1]) },
  stride: 2,
};
async function smoke({ createEngine, ConvError }) {
  const engine = await createEngine();
  const core = await createEngine({ part: 'core' });
  const { shape, data } = engine.run(request);
  let refusal = null;
  try {
    core.run({ ...request, op: 'conv2d' });
  } catch (error) {
    refusal = [error instanceof ConvError, error.code];
  }
  const { items } = engine.parse('[1 2; 3 4]');
  return { shape, data: [...data], core: [...core.run(request).data], refusal, kind: items[0].kind };
}
`;

const FINDINGS = {
  shape: [1, 1, 5, 5],
  data: [1, 0, 3, 0, 2, 1, 1, 2, 2, 0, 0, 0, 2, 0, 3, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1],
  core: [1, 0, 3, 0, 2, 1, 1, 2, 2, 0, 0, 0, 2, 0, 3, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1],
  refusal: [true, 'kernel_exceeds_input'],
  kind: 'tensor',
};

/** @param {string} name @param {string} code prints JSON */
function findings(name, code) {
  write(project.folder, { [name]: code });
  const { code: exit, out, err } = run(process.execPath, [name], project.folder);
  assert.deepEqual([exit, err], [0, '']);
  return JSON.parse(out);
}

/**
 * What does not belong into the package, or is missing from it.
 * @param {string[]} files
 */
function wrongIn(files) {
  const needed = ['LICENSE', 'README.md', 'package.json', 'dist/npm/index.js', 'dist/npm/cli.js'];
  const modules = ['convscope', 'convscope-relaxed', 'convscope-core'];
  needed.push('dist/npm/global.js', 'dist/npm/types/index.d.ts');
  needed.push(...['background', 'thread', 'worker'].map((name) => `dist/npm/${name}.js`));
  needed.push(
    ...['conv-scope.js', 'convscope-core.wasm', 'convscope.wasm'].map(
      (name) => `dist/element/${name}`,
    ),
  );
  needed.push(...modules.flatMap((name) => [`dist/npm/${name}.mjs`, `dist/npm/${name}.wasm`]));
  const allowed =
    /^(LICENSE|README\.md|package\.json|docs\/errors\.md|dist\/npm\/[^/]+\.(js|mjs|wasm|md)|dist\/npm\/types\/.+\.d\.ts|dist\/element\/[^/]+\.(js|wasm))$/;
  return [
    ...needed.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => !allowed.test(file)).map((file) => `${file} does not belong here`),
  ];
}

test('the package holds what it needs and nothing else', () => {
  assert.deepEqual(wrongIn(shipped), []);
});

test('a file too many and a file too few are found', () => {
  assert.equal(wrongIn([...shipped, 'tests/js/engine.test.js', 'cpp/tensor.hpp']).length, 2);
  assert.equal(wrongIn([...shipped, 'dist/engine/convscope.wasm', 'web/main.js']).length, 2);
  assert.equal(wrongIn(shipped.filter((file) => file !== 'LICENSE')).length, 1);
  assert.equal(
    wrongIn(shipped.filter((file) => file !== 'dist/npm/convscope-core.wasm')).length,
    1,
  );
});

test('it needs no other package, and what the manifest names is there', () => {
  assert.deepEqual(
    readdirSync(join(project.folder, 'node_modules')).filter((name) => !name.startsWith('.')),
    ['convscope'],
  );
  assert.equal(manifest.dependencies, undefined);
  const paths = [
    manifest.bin.convscope,
    ...Object.values(manifest.exports['.']),
    ...Object.values(manifest.exports['./element']),
    ...manifest.sideEffects,
  ];
  for (const path of paths) assert.ok(existsSync(join(project.package, path)), path);
  assert.equal(manifest.scripts.prepack, 'node scripts/package.mjs');
});

test('what is shipped imports only what is shipped, and Node’s own', () => {
  for (const file of shipped.filter((path) => /\.(js|mjs|d\.ts)$/.test(path))) {
    const text = readFileSync(join(project.package, file), 'utf8');
    // in JavaScript, types stand in comments and bind nothing
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
    assert.doesNotMatch(code, /["'`]#wasm\//, file);
    const names = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`](?!:)([\w.@#:/-]+)["'`]/g);
    for (const [, name] of names) {
      if (name.startsWith('node:')) continue;
      assert.ok(name.startsWith('.'), `${file} imports ${name}`);
      const target = join(project.package, file, '..', name);
      const typed = file.endsWith('.d.ts') ? target.replace(/\.js$/, '.d.ts') : target;
      assert.ok(existsSync(typed), `${file} imports ${name}`);
    }
  }
});

test('the core and its loader stay within what a first view may weigh', () => {
  const size = (/** @type {string} */ file) =>
    gzipSync(readFileSync(join(project.package, 'dist/npm', file)), { level: 9 }).length;
  const total = size('convscope-core.wasm') + size('convscope-core.mjs');
  assert.ok(total <= BUDGET, `${total} bytes, ${BUDGET} are allowed`);
});

test('import works', () => {
  const code = `import * as convscope from 'convscope';${SMOKE}console.log(JSON.stringify(await smoke(convscope)));`;
  assert.deepEqual(findings('smoke.mjs', code), FINDINGS);
});

test('require works where Node lets it load modules; import() works everywhere', () => {
  const print = 'found => console.log(JSON.stringify(found))';
  const late = `${SMOKE}import('convscope').then(smoke).then(${print});`;
  assert.deepEqual(findings('late.cjs', late), FINDINGS);
  const required = `${SMOKE}smoke(require('convscope')).then(${print});`;
  if (/** @type {any} */ (process.features).require_module) {
    assert.deepEqual(findings('required.cjs', required), FINDINGS);
  } else {
    write(project.folder, { 'required.cjs': required });
    const { code, err } = run(process.execPath, ['required.cjs'], project.folder);
    assert.notEqual(code, 0);
    assert.match(err, /ERR_REQUIRE_ESM/);
  }
});

test('a worker of Node runs it, and the .wasm may lie elsewhere', () => {
  const worker = `import * as convscope from 'convscope';import { parentPort } from 'node:worker_threads';${SMOKE}parentPort.postMessage(await smoke(convscope));`;
  write(project.folder, { 'worker.mjs': worker });
  const main = `import { Worker } from 'node:worker_threads';
new Worker(new URL('worker.mjs', import.meta.url)).on('message', (found) => console.log(JSON.stringify(found)));`;
  assert.deepEqual(findings('main.mjs', main), FINDINGS);
  const elsewhere = `import { createEngine } from 'convscope';import { copyFileSync } from 'node:fs';${SMOKE}
copyFileSync('node_modules/convscope/dist/npm/convscope-core.wasm', 'elsewhere.wasm');
const engine = await createEngine({ part: 'core', wasmUrl: new URL('elsewhere.wasm', import.meta.url) });
console.log(JSON.stringify([...engine.run(request).data]));`;
  assert.deepEqual(findings('elsewhere.mjs', elsewhere), FINDINGS.data);
});

test('long work goes to a worker of Node’s, which does not keep the program from ending', () => {
  const code = `import { createBackground, ConvError } from 'convscope';
const request = { op: 'conv2d', input: { shape: [1, 1, 300, 300], data: new Float32Array(90000).fill(1) },
  weight: { shape: [1, 1, 5, 5], data: new Float32Array(25).fill(1) } };
const background = await createBackground();
let told = 0;
const { data } = await background.run(request, { onProgress: () => { told++; } });
const aborted = await background.run(request, { signal: AbortSignal.abort() }).catch(({ name }) => name);
const refused = await background.run({ ...request, stride: 0 }).catch((error) => error instanceof ConvError && error.code);
console.log(JSON.stringify([data[0], told > 5, aborted, refused]));`;
  assert.deepEqual(findings('background.mjs', code), [
    ...[25, true, 'AbortError', 'stride_not_positive'],
  ]);
});

test('where there are no elements, the element can be imported and defines nothing', () => {
  const code = `import { ConvScopeChangeEvent, ConvScopeElement } from 'convscope/element';
console.log(JSON.stringify([typeof ConvScopeElement, typeof ConvScopeChangeEvent, ConvScopeElement.observedAttributes.includes('stride'),
  ...['HTMLElement', 'customElements', 'document', 'window'].map((name) => name in globalThis)]));`;
  assert.deepEqual(findings('server.mjs', code), [
    ...['function', 'function', true],
    ...[false, false, false, false],
  ]);
});

test('what is behind the entry cannot be imported', () => {
  write(project.folder, { 'behind.mjs': "import 'convscope/dist/npm/convscope.mjs';" });
  const { code, err } = run(process.execPath, ['behind.mjs'], project.folder);
  assert.notEqual(code, 0);
  assert.match(err, /ERR_PACKAGE_PATH_NOT_EXPORTED/);
});

test('the command line is installed', () => {
  const args = [
    'conv_transpose2d',
    '--input',
    '1 2; 0 1',
    '--kernel',
    '1 0 1; 1 1 0; 0 0 1',
    '--stride',
    '2',
  ];
  const program = join('node_modules', '.bin', 'convscope');
  const { code, out } = run(program, args, project.folder);
  assert.equal(code, 0);
  assert.match(out, /^tensor\(\[\[\[\[1\., 0\., 3\., 0\., 2\.\],\n/);
  assert.equal(run('npx', ['--offline', 'convscope', ...args], project.folder).out, out);
  assert.equal(run(program, ['--version'], project.folder).out, `${manifest.version}\n`);
  assert.equal(run(program, ['conv2d'], project.folder).code, 2);
  assert.equal(run(program, ['conv2d', '-i', '1', '-k', '1 2'], project.folder).code, 3);
});

const CONSUMER = `
import { ConvError, createBackground, createEngine, type Background, type CoreEngine, type Engine, type Request, type Trace } from 'convscope';
const request: Request = {
  op: 'conv2d',
  input: { shape: [1, 1, 1, 2], data: [1, 2] },
  weight: { shape: [1, 1, 1, 1], data: new Float32Array([2]) },
  padding: [[1, 0], [0, 1]],
};
const engine: Engine = await createEngine();
const core: CoreEngine = await createEngine({ part: 'core', wasmUrl: 'convscope-core.wasm' });
const sizes: number[] = core.inferShape(request).outputShape;
const trace: Trace = engine.trace(request, { method: 'direct' });
const first: number = trace.maps.output.data[0];
const background: Background = await createBackground({ workerUrl: 'worker.js' });
const shape: number[] = (await background.run(request, { signal: AbortSignal.timeout(9), onProgress: (share: number) => share })).shape;
for (const item of engine.parse('[1]').items) if (item.kind === 'tensor') console.log(item.data.length);
try {
  engine.run(request);
} catch (error) {
  if (error instanceof ConvError) console.log(error.code, error.torch?.length, sizes, first, shape);
}
export {};
`;

/**
 * @param {string} code of a consumer
 * @param {'nodenext' | 'bundler'} resolution
 * @returns {string} what tsc complains of
 */
function complaints(code, resolution) {
  write(project.folder, {
    'typed/consumer.ts': code,
    'typed/package.json': '{ "type": "module" }\n',
    'typed/tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2023', 'dom'], types: [] },
        ...{
          module: resolution === 'bundler' ? 'esnext' : 'nodenext',
          moduleResolution: resolution,
        },
      },
    }),
  });
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['-p', join(project.folder, 'typed'), '--pretty', 'false'];
  const { out } = run(process.execPath, [tsc, ...options], project.folder);
  return out.trim();
}

const FIGURE = `
import { ConvScopeChangeEvent, ConvScopeElement } from 'convscope/element';
const figure: ConvScopeElement = new ConvScopeElement();
figure.addEventListener('change', (event) => {
  if (!(event instanceof ConvScopeChangeEvent)) return;
  const { detail } = event;
  const first: number | null = 'layers' in detail ? detail.layer : detail.output.data[0];
  const link: string = detail.link;
  console.log(first, link);
});
`;

test('the types let a right program pass, in Node and for bundlers', () => {
  for (const resolution of /** @type {const} */ (['nodenext', 'bundler'])) {
    assert.equal(complaints(CONSUMER, resolution), '');
    assert.equal(complaints(FIGURE, resolution), '');
    const wrong = FIGURE.replace('link: string', 'link: number');
    assert.match(complaints(wrong, resolution), /'string' is not assignable to type 'number'/);
  }
});

for (const [name, from, to, words] of /** @type {[string, string, string, RegExp][]} */ ([
  ['a wrong operation', "'conv2d'", "'conv2b'", /"conv2b"/],
  ['a missing field', 'input: { shape: [1, 1, 1, 2], data: [1, 2] },', '', /'input' is missing/],
  ['an unknown field', 'padding:', 'pading:', /'pading' does not exist/],
  ['a wrong method', "'direct'", "'winograd'", /"winograd"/],
  [
    'text where numbers belong',
    'shape: [1, 1, 1, 1]',
    'shape: "1x1"',
    /'string' is not assignable/,
  ],
  [
    'a text function of the core',
    "engine.parse('[1]')",
    "core.parse('[1]')",
    /'parse' does not exist/,
  ],
])) {
  test(`the types refuse ${name}`, () => {
    const changed = CONSUMER.replace(from, to);
    assert.notEqual(changed, CONSUMER);
    assert.match(complaints(changed, 'nodenext'), words);
  });
}
