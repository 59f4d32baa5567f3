// Makes dist/npm, the folder that the npm package ships: the engine's modules with their .wasm, one file each for
// `import` and for a plain script tag, the command line, and the types that JSDoc states. Everything in it is made
// from web/ and dist/engine; it needs nothing beside it, so it can be copied to any web host as it is.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { list } from './files.mjs';
import { must, ROOT } from './machine.mjs';
import { Stop, say } from './report.mjs';

export const PACKAGE = join(ROOT, 'dist/npm');

/** @typedef {import('vite').InlineConfig} Config */

/**
 * Emscripten's loader imports Node's `module` when it runs in Node. Bundlers for pages would stop there, or warn: they
 * must neither follow the import nor take it for a page's.
 * @param {string} code minified
 * @param {string} name
 */
function hideNode(code, name) {
  const hidden = code.replace(
    /\bimport\(\s*(["'`])module\1\s*\)/g,
    'import(/* @vite-ignore */ /* webpackIgnore: true */ ["module"][0])',
  );
  if (hidden === code) throw new Stop(`${name} imports no "module": has Emscripten changed?`);
  return hidden;
}

/** The engine's modules, what the entry loads when it is asked for, and where bundlers are to see a worker begin. */
const OWN_FILES = /^#wasm\/|\/(background|thread)\.js$/;

/** Every build of the engine, its loader made smaller. */
async function modules() {
  const { minify } = await import('vite');
  for (const path of list('dist/engine', '.mjs')) {
    const name = basename(path);
    const { code, errors } = await minify(name, readFileSync(join(ROOT, path), 'utf8'), {
      module: true,
      compress: { target: 'es2022' },
      mangle: true,
    });
    if (errors.length > 0) throw new Stop(`${path}: ${errors[0].message}`);
    writeFileSync(join(PACKAGE, name), hideNode(code, name));
    copyFileSync(
      join(ROOT, path.replace(/mjs$/, 'wasm')),
      join(PACKAGE, name.replace(/mjs$/, 'wasm')),
    );
  }
}

/**
 * One file out of an entry and what it imports; what is external stays in files of its own.
 * @param {{ entry: string, file: string, format: 'es' | 'iife', minify: boolean, external: RegExp, license?: string }}
 *   options license: the file for the licences of what is taken in from other packages
 */
async function bundle({ entry, file, format, minify, external, license }) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: PACKAGE,
      emptyOutDir: false,
      target: 'es2022',
      minify: minify && 'oxc',
      license: license !== undefined && { fileName: license },
      lib: { entry: join(ROOT, entry), formats: [format], name: 'convscope', fileName: () => file },
      rolldownOptions: {
        external: (id, importer) =>
          importer !== undefined && (external.test(id) || id.startsWith('node:')),
        output: {
          // as they lie in dist/npm
          paths: (id) => id.replace(/^(#wasm|.*\/web\/engine)\//, './'),
        },
      },
    },
  });
}

/** All of dist/npm, anew. Needs the engine and the npm packages. */
export async function buildPackage() {
  rmSync(PACKAGE, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  await modules();
  for (const [name, file, format] of /** @type {[string, string, 'es' | 'iife'][]} */ ([
    ['index', 'index.js', 'es'],
    ['index', 'global.js', 'iife'],
    ['background', 'background.js', 'es'],
    ['worker', 'worker.js', 'es'],
  ])) {
    const minify = format === 'iife';
    await bundle({ entry: `web/engine/${name}.js`, file, format, minify, external: OWN_FILES });
  }
  copyFileSync(join(ROOT, 'web/engine/thread.js'), join(PACKAGE, 'thread.js'));
  await bundle({
    entry: 'web/cli/main.js',
    file: 'cli.js',
    format: 'es',
    minify: false,
    external: /(^|\/)engine\/index\.js$/,
    license: 'cli-licenses.md',
  });
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await must('The types could not be made: see above.', process.execPath, [
    ...[tsc, '-p', 'tsconfig.types.json', '--pretty', 'false'],
  ]);
  await must('The types of the element could not be made: see above.', process.execPath, [
    ...[tsc, '-p', 'tsconfig.element.json', '--pretty', 'false'],
  ]);
  // What these three say names no other file of ours.
  mkdirSync(join(PACKAGE, 'types/element'));
  for (const name of ['define', 'conv-scope', 'event'])
    copyFileSync(
      join(ROOT, `build/element-types/element/${name}.d.ts`),
      join(PACKAGE, `types/element/${name}.d.ts`),
    );
  say(`dist/npm: ${list('dist/npm', '').length} files`);
}

/**
 * Packs as `npm pack` does.
 * @param {string} folder an empty one, where the tarball goes
 * @param {{ asItIs?: boolean }} [options] asItIs: without building dist/npm first
 * @returns {Promise<string>} the path of the tarball
 */
export async function packPackage(folder, { asItIs = false } = {}) {
  await must('The package could not be packed: see above.', 'npm', [
    ...['pack', '--pack-destination', folder],
    ...(asItIs ? ['--ignore-scripts'] : []),
  ]);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  return join(folder, tarball);
}
