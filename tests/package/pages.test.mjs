// The installed package on pages: bundled by vite, and by plain script tags without a bundler, in workers too; each
// in a real browser under a strict content security policy.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, createLogger } from 'vite';
import { POLICY, serve } from '../../scripts/lib/serve.mjs';
import { launch } from '../browser/launch.js';
import { install, write } from './install.mjs';

const project = await install();

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  project.remove();
});

/**
 * Shows the output, whether a refusal is one, and what came out in the background, as the page's title. Only a worker tells
 * more than once how far it is.
 */
const RUN = `
async function run({ createBackground, createEngine, ConvError }) {
  const request = {
    op: 'conv_transpose2d',
    input: { shape: [1, 1, 2, 2], data: new Float32Array([1, 2, 0, 1]) },
    weight: { shape: [1, 1, 3, 3], data: new Float32Array([1, 0, 1, 1, 1, 0, 0, 0, 1]) },
    stride: 2,
  };
  const parts = [await createEngine({ part: 'core' }), await createEngine()];
  const outputs = parts.map((engine) => engine.run(request).data.join(''));
  try {
    parts[0].run({ ...request, stride: 0 });
  } catch (error) {
    outputs.push(error instanceof ConvError ? error.code : String(error));
  }
  const long = {
    op: 'conv2d',
    input: { shape: [1, 1, 300, 300], data: new Float32Array(90000).fill(1) },
    weight: { shape: [1, 1, 5, 5], data: new Float32Array(25).fill(1) },
  };
  const background = await createBackground();
  let told = 0;
  const { data } = await background.run(long, { onProgress: () => { told++; } });
  outputs.push(told > 5 ? 'worker:' + data[0] : 'in place');
  try {
    await background.gradients(long, { shape: [1], data: [1] });
  } catch (error) {
    outputs.push(error instanceof ConvError ? error.code : String(error));
  }
  background.dispose();
  return outputs.join(' ');
}
const fail = (error) => 'failed: ' + (error.message ?? error);
`;
const SHOW = 'const show = (text) => { document.title = text; };\n';

const EXPECTED =
  '1030211220002030011000001 1030211220002030011000001 stride_not_positive worker:25 grad_output_shape';

/** @param {string} scripts the script elements */
const page = (scripts) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title></title><link rel="icon" href="data:,"></head><body>${scripts}</body></html>\n`;

/**
 * Opens a folder's index.html.
 * @param {string} folder
 * @param {string} [policy] of the page, if not the strict one
 * @returns {Promise<{ title: string, complaints: string[], hosts: string[] }>}
 */
async function open(folder, policy) {
  const server = await serve(folder, { policy });
  const tab = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  const hosts = new Set();
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('request', (request) => hosts.add(new URL(request.url()).origin));
  try {
    await tab.goto(`${server.url}index.html`);
    await tab.waitForFunction(() => document.title !== '', undefined, { timeout: 20_000 });
    return { title: await tab.title(), complaints, hosts: [...hosts] };
  } finally {
    await tab.close();
    await server.close();
  }
}

/** @param {string} name @param {Record<string, string>} files @returns {string} a folder with the package beside */
function site(name, files) {
  const folder = join(project.folder, name);
  write(folder, files);
  cpSync(join(project.package, 'dist/npm'), join(folder, 'convscope'), { recursive: true });
  return folder;
}

/** @param {string} folder */
async function works(folder) {
  const { title, complaints, hosts } = await open(folder);
  assert.equal(title, EXPECTED);
  assert.deepEqual(complaints, []);
  assert.equal(hosts.length, 1, hosts.join(' '));
}

test('bundled by vite, without a warning', async () => {
  const folder = join(project.folder, 'bundled');
  write(folder, {
    'index.html': page('<script type="module" src="./main.js"></script>'),
    'main.js': `import * as convscope from 'convscope';\n${RUN}${SHOW}run(convscope).catch(fail).then(show);\n`,
  });
  await bundled(folder);
  const assets = readdirSync(join(folder, 'dist/assets')).filter((name) => name.endsWith('.wasm'));
  assert.ok(assets.some((name) => name.startsWith('convscope-core-')) && assets.length > 1);
  await works(join(folder, 'dist'));
});

/** As vite builds a page; it may warn of nothing. @param {string} folder */
async function bundled(folder) {
  /** @type {string[]} */
  const warnings = [];
  const customLogger = createLogger('warn');
  customLogger.warn = (text) => warnings.push(text);
  customLogger.warnOnce = customLogger.warn;
  await build({
    ...{ root: folder, base: './', configFile: false, customLogger },
    build: { modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
  assert.deepEqual(warnings, []);
}

test('by a module of the page, without a bundler', async () => {
  const main = `import * as convscope from './convscope/index.js';\n${RUN}${SHOW}run(convscope).catch(fail).then(show);\n`;
  const html = page('<script type="module" src="main.js"></script>');
  await works(site('module', { 'index.html': html, 'main.js': main }));
});

test('where a policy forbids workers, what is long is computed in place', async () => {
  const main = `import * as convscope from './convscope/index.js';\n${RUN}${SHOW}run(convscope).catch(fail).then(show);\n`;
  const html = page('<script type="module" src="main.js"></script>');
  const folder = site('no-worker', { 'index.html': html, 'main.js': main });
  const policy = POLICY.replace("worker-src 'self'", "worker-src 'none'");
  assert.notEqual(policy, POLICY);
  const { title, complaints } = await open(folder, policy);
  assert.equal(title, EXPECTED.replace('worker:25', 'in place'));
  assert.ok(complaints.every((text) => text.includes('worker-src')));
});

test('by a plain script tag, without modules', async () => {
  const main = `${RUN}${SHOW}run(convscope).catch(fail).then(show);\n`;
  // below another path than the page: what is loaded later is looked for beside the script
  const html = page(
    '<script src="convscope/global.js"></script><script src="scripts/main.js"></script>',
  );
  await works(site('plain', { 'index.html': html, 'scripts/main.js': main }));
});

/** Shows what the figures say that they computed, of a layer and of a stack, once both have something. */
const FIGURE =
  '<conv-scope input="1 2; 0 1" kernel="1 0 1; 1 1 0; 0 0 1" stride="2" views="maps"></conv-scope>' +
  '<conv-scope stack="nn.Sequential(nn.ConvTranspose2d(100, 64, 4), nn.ReLU())" shape="1,100,1,1"></conv-scope>';
const WATCH = `
const found = (at, selector) => [...(document.querySelectorAll('conv-scope')[at].shadowRoot?.querySelectorAll(selector) ?? [])];
const timer = setInterval(() => {
  const [cells, shapes] = [found(0, '.grid.output .cell'), found(1, '.layer .fact-shape b')];
  if (!cells.length || !shapes.length) return;
  clearInterval(timer);
  document.title = cells.map((cell) => cell.textContent).join('') + ' ' + shapes.at(-1).textContent;
}, 20);
`;

/** @param {string} folder */
async function shows(folder) {
  const { title, complaints, hosts } = await open(folder);
  assert.equal(title, `${EXPECTED.split(' ')[0]} 1×64×4×4`);
  assert.deepEqual(complaints, []);
  assert.equal(hosts.length, 1, hosts.join(' '));
}

test('the element, by one script tag of the page', async () => {
  const folder = join(project.folder, 'figure');
  const scripts =
    '<script type="module" src="figures/conv-scope.js"></script><script src="main.js"></script>';
  write(folder, { 'index.html': page(FIGURE + scripts), 'main.js': WATCH });
  cpSync(join(project.package, 'dist/element'), join(folder, 'figures'), { recursive: true });
  await shows(folder);
});

test('the element, bundled by vite, without a warning', async () => {
  const folder = join(project.folder, 'figure-bundled');
  write(folder, {
    'index.html': page(`${FIGURE}<script type="module" src="./main.js"></script>`),
    'main.js': `import 'convscope/element';\n${WATCH}`,
  });
  await bundled(folder);
  await shows(join(folder, 'dist'));
});

test('in workers of both kinds', async () => {
  for (const [type, head] of [
    ['module', "import * as convscope from './convscope/index.js';"],
    ['classic', "importScripts('convscope/global.js');"],
  ]) {
    const html = page('<script src="main.js"></script>');
    const main = `${SHOW}new Worker('worker.js', { type: '${type}' }).onmessage = ({ data }) => show(data);\n`;
    const worker = `${head}\n${RUN}run(convscope).catch(fail).then((text) => postMessage(text));\n`;
    await works(
      site(`worker-${type}`, { 'index.html': html, 'main.js': main, 'worker.js': worker }),
    );
  }
});

test('a .wasm that is missing is told, and not taken for a result', async () => {
  const main = `${RUN}${SHOW}run(convscope).catch(fail).then(show);\n`;
  const html = page('<script src="convscope/global.js"></script><script src="main.js"></script>');
  const folder = join(project.folder, 'missing');
  write(folder, { 'index.html': html, 'main.js': main });
  cpSync(join(project.package, 'dist/npm'), join(folder, 'convscope'), {
    recursive: true,
    filter: (path) => !path.endsWith('.wasm'),
  });
  assert.equal(existsSync(join(folder, 'convscope/convscope-core.wasm')), false);
  const { title } = await open(folder);
  assert.match(title, /^failed: The Convscope engine could not be loaded/);
});
