// Where the layers are measured: in this process, or in a page of headless Chromium. Both give the same functions.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { serve } from '../../../scripts/lib/serve.mjs';
import { launch } from '../../browser/launch.js';

/** @typedef {Pick<typeof import('./compare.js'), 'peak' | 'timesOf' | 'growthOf'> & { name: string, close: () => Promise<void> }} Place */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = join(ROOT, 'build/bench');

/** One thread needs neither the headers for shared memory nor workers; the other engines make code and read data: URLs. */
const POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:";

const cpu = () => cpus()[0].model.trim();

/** @returns {Promise<Place>} */
export async function inNode() {
  const compare = await import('./compare.js');
  return { ...compare, name: `Node ${process.versions.node}, ${cpu()}`, close: async () => {} };
}

/** The page with all three engines in it. */
async function buildPage() {
  const { build } = await import('vite');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'source'), { recursive: true });
  const entry = join(ROOT, 'tests/bench/engines/page.js');
  writeFileSync(
    join(FOLDER, 'source/index.html'),
    `<!doctype html><title>Convscope bench</title><link rel="icon" href="data:,"><script type="module" src="${entry}"></script>\n`,
  );
  await build({
    ...{ root: join(FOLDER, 'source'), base: './', configFile: false, logLevel: 'error' },
    build: { outDir: join(FOLDER, 'site'), target: 'es2022', assetsInlineLimit: 0 },
  });
  const tfjs = join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  cpSync(tfjs, join(FOLDER, 'site/tfjs'), {
    recursive: true,
    filter: (path) => path === tfjs || path.endsWith('.wasm'),
  });
  return join(FOLDER, 'site');
}

/** @returns {Promise<Place>} */
export async function inChromium() {
  const server = await serve(await buildPage(), { policy: POLICY });
  const browser = await launch();
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(String(error)));
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    const call =
      (/** @type {string} */ name) =>
      (/** @type {unknown[]} */ ...args) =>
        page.evaluate(
          ([asked, all]) => /** @type {any} */ (globalThis).bench[asked](...all),
          /** @type {[string, any[]]} */ ([name, args]),
        );
    return {
      name: `Chromium ${browser.version()}, ${cpu()}`,
      ...{ peak: call('peak'), timesOf: call('timesOf'), growthOf: call('growthOf'), close },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Bytes of each engine's module after one layer, from a fresh thread; null where it cannot. @param {number} index @returns {Promise<(number | null)[]>} */
export function memoryOf(index) {
  const worker = new Worker(new URL('memory.js', import.meta.url), { workerData: index });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  }).finally(() => worker.terminate());
}
