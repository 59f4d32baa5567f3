// Holds the one way through the house: which C++ file may include which, and which module may import which.
// The tables below are the rule; a new file has to be given its place in them. Reads the sources, runs none of them.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/**
 * The C++ stages, first to last: a file includes its own header and those of earlier stages. Files of one stage do
 * not know each other. `check_*` are the parts of the stage `checks`, all files of bindings/ one stage.
 */
const CPP = [
  ['limits', 'progress', 'value', 'tensor', 'say'],
  ['compare'],
  ['error'],
  ['request'],
  ['checks'],
  ['geometry'],
  ['turn'],
  ['reference'],
  ['maps', 'gradients', 'matrix', 'phases', 'coverage', 'sizes'],
  ['trace'],
  ['contributions', 'agreement'],
  ['vector'],
  ['tile', 'tame', 'work', 'canvas', 'kernel', 'ceiling'],
  ['group'],
  ['direct', 'panels', 'pairs', 'parts'],
  ['weaves'],
  ['tiles', 'winograd', 'product', 'depthwise', 'terms'],
  ['layer'],
  ['item', 'characters'],
  ['numbers', 'labels'],
  ['brackets', 'calls', 'attributes', 'messages'],
  ['lines', 'operations', 'statements'],
  ['prints', 'rows', 'layers', 'names'],
  ['script'],
  ['parse'],
  ['constants'],
  ['catalogue', 'reads', 'fields', 'values'],
  ['plan'],
  ['pool', 'resize', 'features', 'elementwise'],
  ['planner', 'sequences'],
  ['stack', 'solve'],
  ['summary', 'repair', 'windows', 'pointwise', 'from_text'],
  ['receptive', 'run'],
  ['edits'],
  ['hypotheses'],
  ['arguments', 'layouts', 'channels', 'clauses', 'fit'],
  ['evaluation'],
  ['diagnose'],
  ['changes', 'shapes'],
  ['bindings'],
];

/**
 * The views, first to last, as above. A view draws what it is given: it imports earlier views, the words, and the
 * parts of state/ that are plain tables and functions; never the store, the engine or the model.
 */
const VIEWS = [
  ['format', 'grid-editor', 'grid-events', 'arrows', 'channels', 'method-maps', 'tool', 'waiting'],
  ['cells', 'sentence'],
  ['grid', 'terms'],
  ['heat-picture'],
  ['heat', 'volume', 'stepper'],
  ['maps'],
  ['matrix', 'overlap', 'phases', 'gradients', 'export', 'translate'],
  ['steps'],
  ['formula'],
  ['panels', 'verdict'],
  ['board', 'controls', 'gallery', 'paste', 'picture'],
  ['frame'],
  ['app', 'figure'],
  // of a stack
  ['counts', 'arguments', 'sources', 'small-map'],
  ['problem', 'stack-title'],
  ['layers', 'seen', 'sequential', 'solver', 'stack-bar', 'take-out', 'values'],
  ['stack', 'stack-figure'],
];

/** What the JavaScript below each folder (or one file) may import: prefixes of paths in web/, or names of packages. */
const WEB = {
  'engine/': ['engine/', '#wasm/'],
  'i18n/': ['i18n/'],
  'state/export/': ['state/', 'pbf'],
  'state/files/': ['state/', 'fflate'],
  'state/packed.js': ['fflate'],
  'state/': ['state/'],
  'views/': ['views/', 'i18n/', 'state/', 'lit'],
  'picture/': [
    ...['picture/', 'i18n/', 'state/', 'gifenc', 'views/arrows.js', 'views/cells.js'],
    ...['views/format.js', 'views/method-maps.js', 'views/sentence.js', 'views/title.js'],
  ],
  'element/': [
    ...['element/', 'engine/', 'views/', 'state/', 'stack/', 'i18n/', 'scope.js', 'waiting.js'],
    ...['styles/', 'lit'],
  ],
  'marks.js': ['state/'],
  'reasons.js': ['state/'],
  'verdict.js': ['state/'],
  'problems.js': ['engine/', 'state/', 'i18n/'],
  'compared.js': ['state/', 'problems.js', 'verdict.js'],
  'model.js': [
    ...['engine/', 'state/', 'i18n/', 'marks.js', 'reasons.js', 'problems.js', 'compared.js'],
  ],
  'waiting.js': [],
  'player.js': ['state/'],
  'paste.js': ['engine/', 'state/', 'i18n/'],
  'diagnosis.js': ['state/'],
  'tools.js': ['state/'],
  'picture.js': [
    'dialog.js',
    'picture/',
    'i18n/',
    'views/picture.js',
    'views/title.js',
    'styles/',
    'lit',
  ],
  'share.js': ['dialog.js', 'state/', 'views/share.js', 'views/title.js', 'styles/', 'lit'],
  'stack/': ['stack/', 'state/'],
  'stack.js': [
    'copier.js',
    'stack/',
    'engine/',
    'state/',
    'i18n/',
    'views/stack/',
    'styles/',
    'lit',
  ],
  'copier.js': [],
  'dialog.js': [],
  'saved.js': [],
  'language.js': ['i18n/', 'saved.js'],
  'offline.js': [],
  'service-worker.js': [],
  'scope.js': ['copier.js', 'state/', 'model.js', 'player.js'],
  'core.js': ['engine/'],
  'main.js': [
    ...['core.js', 'engine/', 'state/', 'i18n/', 'views/', 'styles/', 'lit'],
    ...['scope.js', 'model.js', 'paste.js', 'picture.js', 'share.js', 'diagnosis.js', 'tools.js'],
    ...['stack.js', 'language.js', 'offline.js', 'saved.js', 'waiting.js'],
  ],
  'embed.js': ['element/', 'i18n/', 'state/', 'styles/'],
  'cli/': [
    ...['cli/', 'engine/', 'state/', 'i18n/', 'stack/values.js'],
    ...['node:fs', 'node:path', 'node:url', 'node:util'],
  ],
};
const NOT_FOR_VIEWS = ['state/store.js'];
/** Folders that the page loads when they are asked for: from outside, only `import()` reaches them. */
const LAZY = ['state/export/', 'state/translate/', 'state/files/', 'element/stack/'];

/** @typedef {Map<string, string>} Sources path, with slashes, to text */

/**
 * Whether `to` stands before `from` in the order; names that have no place are reported.
 * @param {string[][]} order
 * @param {string} from
 * @param {string} to
 * @returns {string | null} what is wrong
 */
function outOfOrder(order, from, to) {
  const place = (/** @type {string} */ name) => order.findIndex((stage) => stage.includes(name));
  for (const name of [from, to]) {
    if (place(name) < 0) return `"${name}" has no place in the table of tests/js/layers.test.js`;
  }
  return place(to) < place(from) ? null : 'stands no earlier in the order';
}

/** @param {string} text C++ or JavaScript; imports in comments are types, which bind nothing */
const withoutComments = (text) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');

/**
 * @param {Sources} sources of cpp/
 * @returns {string[]} the violations, as sentences
 */
function cppViolations(sources) {
  const found = [];
  const stage = (/** @type {string} */ path) => {
    if (path.startsWith('bindings/')) return 'bindings';
    const name = posix.basename(path);
    return name.startsWith('check_') ? 'checks' : name.replace(/\.\w+$/, '');
  };
  for (const [path, text] of sources) {
    const code = withoutComments(text);
    if (!path.startsWith('bindings/') && /<emscripten|__EMSCRIPTEN__/.test(code)) {
      found.push(`${path} knows Emscripten: only bindings/ may`);
    }
    if (/<(catch2|nlohmann)\//.test(code)) found.push(`${path} includes what only tests may`);
    if (!CPP.flat().includes(stage(path)))
      found.push(`${path}: ${outOfOrder(CPP, stage(path), '')}`);
    for (const [, name] of code.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
      const header = posix.join(posix.dirname(path), name);
      if (stage(header) === stage(path)) continue;
      const wrong = outOfOrder(CPP, stage(path), stage(header));
      if (wrong) found.push(`${path} includes ${header}: ${wrong}`);
    }
  }
  return found;
}

/**
 * What a module imports, in code: paths in web/, or the names of packages.
 * @param {string} path
 * @param {string} code
 * @returns {{ name: string, isLater: boolean }[]}
 */
function importsOf(path, code) {
  const statement = /^\s*(?:import|export)\b(?:[^'"`;]*\bfrom)?\s*(['"])([^'"]+)\1/gm;
  const call = /\bimport\s*\(\s*(['"])([^'"]+)\1/g;
  return [statement, call].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(([, , name]) => ({
      name: name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
      isLater: pattern === call,
    })),
  );
}

/**
 * @param {Sources} sources of web/, *.js
 * @returns {string[]} the violations, as sentences
 */
function webViolations(sources) {
  const found = [];
  const stem = (/** @type {string} */ path) => posix.basename(path, '.js');
  for (const [path, text] of sources) {
    const code = withoutComments(text);
    const key = Object.keys(WEB).find((prefix) => path.startsWith(prefix));
    const allowed = WEB[/** @type {keyof typeof WEB} */ (key)];
    if (!allowed) {
      found.push(`${path} has no place in the table of tests/js/layers.test.js`);
      continue;
    }
    if (key !== 'engine/' && /\bWebAssembly\s*\.\s*[a-z]\w*\(/i.test(code)) {
      found.push(`${path} knows WebAssembly: only engine/ may`);
    }
    for (const { name, isLater } of importsOf(path, code)) {
      const isAllowed = allowed.some((prefix) =>
        /[/#]/.test(prefix)
          ? name.startsWith(prefix)
          : name === prefix || name.startsWith(`${prefix}/`),
      );
      const isKept = key === 'views/' && NOT_FOR_VIEWS.includes(name);
      if (!isAllowed || isKept) found.push(`${path} imports ${name}: not allowed there`);
      if (key === 'views/' && name.startsWith('views/')) {
        const wrong = outOfOrder(VIEWS, stem(path), stem(name));
        if (wrong) found.push(`${path} imports ${name}: ${wrong}`);
      }
      const lazy = LAZY.find((folder) => name.startsWith(folder));
      if (lazy && !isLater && !path.startsWith(lazy) && key !== 'cli/')
        found.push(`${path} imports ${name}: ${lazy} is loaded by import() only`);
      // from outside, the engine is its entry: what lies behind may change
      if (key !== 'engine/' && name.startsWith('engine/') && name !== 'engine/index.js') {
        found.push(`${path} imports ${name}: outside engine/ only engine/index.js may be`);
      }
    }
  }
  return found;
}

/**
 * @param {string} folder of the checkout
 * @param {RegExp} ending
 * @returns {Sources}
 */
function read(folder, ending) {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  const sources = new Map();
  if (!existsSync(root)) return sources;
  for (const entry of /** @type {string[]} */ (readdirSync(root, { recursive: true }))) {
    const path = entry.replaceAll('\\', '/');
    if (ending.test(path)) sources.set(path, readFileSync(join(root, entry), 'utf8'));
  }
  return sources;
}

test('every C++ file includes only earlier stages, and only the bindings know Emscripten', () => {
  const sources = read('cpp', /\.[ch]pp$/);
  assert.ok(sources.size > 10, 'the C++ sources were found');
  assert.deepEqual(cppViolations(sources), []);
});

test('every module imports only what its layer may, and only the engine knows WebAssembly', () => {
  const sources = read('web', /\.js$/);
  assert.ok(sources.size > 10, 'the modules were found');
  assert.deepEqual(webViolations(sources), []);
});

test('a planted C++ violation is found', () => {
  const planted = (/** @type {string} */ path, /** @type {string} */ text) =>
    cppViolations(new Map([[path, text]])).length;
  assert.equal(planted('reference.cpp', '#include "reference.hpp"\n#include "geometry.hpp"\n'), 0);
  assert.equal(planted('check_kernel.cpp', '#include "checks.hpp"\n'), 0);
  assert.equal(
    planted(
      'bindings/core.cpp',
      '#include <emscripten/bind.h>\n#include "../trace.hpp"\n#include "marshal.hpp"\n',
    ),
    0,
  );
  assert.equal(planted('text/parse.cpp', '#include "../bindings/marshal.hpp"\n'), 1);
  assert.equal(planted('geometry.cpp', '// #include "trace.hpp"\n'), 0);
  assert.equal(planted('geometry.cpp', '#include "trace.hpp"\n'), 1);
  assert.equal(planted('maps.cpp', '#include "gradients.hpp"\n'), 1);
  assert.equal(planted('trace.cpp', '#include <emscripten/val.h>\n'), 1);
  assert.equal(planted('trace.cpp', '#ifdef __EMSCRIPTEN__\n#endif\n'), 1);
  assert.equal(planted('trace.cpp', '#include <nlohmann/json.hpp>\n'), 1);
  assert.equal(planted('newcomer.cpp', ''), 1);
  assert.equal(planted('trace.hpp', '#include "newcomer.hpp"\n'), 1);
});

test('a planted import is found', () => {
  const planted = (/** @type {string} */ path, /** @type {string} */ text) =>
    webViolations(new Map([[path, text]])).length;
  assert.equal(planted('views/app.js', "import { html } from 'lit';\nimport './board.js';"), 0);
  assert.equal(planted('views/grid.js', "import { directive } from 'lit/directive.js';"), 0);
  assert.equal(planted('i18n/en.js', "export const text = { a: 'taken from ', b: 'lit' };"), 0);
  assert.equal(planted('views/grid.js', "import {\n  a,\n  b,\n} from '../model.js';"), 1);
  assert.equal(planted('views/grid.js', "/** @type {import('../engine/index.js').X} */"), 0);
  assert.equal(
    planted('engine/load.js', "await import('#wasm/convscope.mjs'); WebAssembly.validate(x)"),
    0,
  );
  assert.equal(planted('views/grid.js', "import { createEngine } from '../engine/index.js';"), 1);
  assert.equal(
    planted('views/grid.js', "const { createStore } = await import('../state/store.js');"),
    1,
  );
  assert.equal(planted('views/grid.js', "import { createModel } from '../model.js';"), 1);
  assert.equal(planted('views/controls.js', "export * from './board.js';"), 1);
  assert.equal(planted('views/newcomer.js', "import { format } from './format.js';"), 1);
  assert.equal(planted('state/export/onnx.js', "import { PbfWriter } from 'pbf';"), 0);
  assert.equal(planted('state/store.js', "import { PbfWriter } from 'pbf';"), 1);
  assert.equal(planted('state/store.js', "import { PbfWriter } from './export/onnx.js';"), 1);
  assert.equal(planted('main.js', "import { translate } from './state/translate/index.js';"), 1);
  assert.equal(planted('main.js', "await import('./state/translate/index.js')"), 0);
  assert.equal(
    planted('element/conv-scope.js', "import { loadStackFigure } from './stack/figure.js';"),
    1,
  );
  assert.equal(planted('element/conv-scope.js', "await import('./stack/figure.js')"), 0);
  assert.equal(planted('state/store.js', "import { t } from '../i18n/index.js';"), 1);
  assert.equal(planted('state/store.js', "import create from '#wasm/convscope.mjs';"), 1);
  assert.equal(planted('model.js', 'WebAssembly.instantiate(bytes)'), 1);
  assert.equal(planted('main.js', "import { load } from './engine/load.js';"), 1);
  assert.equal(planted('views/grid.js', "import confetti from 'literally-confetti';"), 1);
  assert.equal(
    planted('cli/main.js', "import { printTensor } from '../state/export/print.js';"),
    0,
  );
  assert.equal(planted('cli/main.js', "import { t } from '../views/format.js';"), 1);
  assert.equal(planted('cli/main.js', "import { spawn } from 'node:child_process';"), 1);
  assert.equal(planted('main.js', "import { run } from './cli/main.js';"), 1);
  assert.equal(planted('newcomer.js', ''), 1);
});
