// Makes dist/site: the WebAssembly modules, then the page by vite. Does nothing that is already done.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './cmake.mjs';
import { ROOT, run } from './machine.mjs';
import { writeServiceWorker } from './offline.mjs';
import { Stop, say } from './report.mjs';

export const SITE = join(ROOT, 'dist/site');
const STAMP = join(ROOT, 'build/site.stamp');

/** The engine whole, for both kinds of SIMD, and its core. */
export async function buildEngine() {
  /** @type {[import('./cmake.mjs').Preset, string[]][]} */
  const modules = [
    ['wasm', ['convscope_wasm', 'convscope_wasm_core']],
    ['wasm-relaxed', ['convscope_wasm']],
  ];
  for (const [preset, targets] of modules) {
    if (!(await build(preset, targets)))
      throw new Stop(`The engine (${preset}) could not be built: see above.`);
  }
}

/** Everything that the page is made of, by name, size and date. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  const made = ['web', 'docs', 'dist/engine', 'scripts/lib/reference', 'scripts/lib/tables.mjs'];
  for (const path of [...made, 'vite.config.js', 'package.json', 'package-lock.json'])
    add(join(ROOT, path));
  return hash.digest('hex');
}

/** The page, and the script of <conv-scope> alone (dist/element), from the sources and the built engine. */
export async function buildPage() {
  const now = fingerprint();
  if (
    existsSync(join(SITE, 'index.html')) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === now
  ) {
    say('the page is up to date');
    return;
  }
  rmSync(STAMP, { force: true });
  const vite = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'];
  for (const args of [vite, [...vite, '--mode', 'element']]) {
    const { code } = await run(process.execPath, args);
    if (code !== 0) throw new Stop('The page could not be built: see above.');
  }
  writeServiceWorker(join(ROOT, 'web'), SITE);
  writeFileSync(STAMP, now);
}
