// How the page in web/ becomes dist/site: static files that work from any sub-path, under a policy that allows neither
// inline scripts nor inline styles. Takes the engine from dist/engine, where CMake put it.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { reference, referenceInputs } from './scripts/lib/reference/plugin.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Emscripten's loader imports Node's own modules when it runs in Node; a page never gets there. They are replaced by
 * an empty module, without the warning that vite gives for a page that needs them.
 * @returns {import('vite').Plugin}
 */
function withoutNode() {
  const EMPTY = '\0no-node';
  return {
    name: 'convscope:without-node',
    enforce: 'pre',
    resolveId(id, importer) {
      const fromEngine = importer?.includes('/dist/engine/');
      return fromEngine && /^(node:)?(module|fs|path|url|crypto|worker_threads)$/.test(id)
        ? EMPTY
        : null;
    },
    load: (id) => (id === EMPTY ? 'export const createRequire = () => () => ({});' : null),
  };
}

/**
 * Beside the script of figures the whole engine stands once: figures of stacks and the worker ask for it, and compute nothing
 * that the faster build is for.
 * @returns {import('vite').Plugin}
 */
function plainEngine() {
  return {
    name: 'convscope:plain-engine',
    enforce: 'pre',
    resolveId: (id) =>
      id === '#wasm/convscope-relaxed.mjs' ? here('dist/engine/convscope.mjs') : null,
  };
}

/**
 * The engine's core is fetched beside the scripts, not after them.
 * @returns {import('vite').Plugin}
 */
function coreBesideScripts() {
  return {
    name: 'convscope:core-beside-scripts',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle, path }) {
        if (!ENGINE_FIRST.includes(path)) return []; // elsewhere figures may be out of view
        // The worker has a loader of its own, which is one of its assets.
        return Object.entries(bundle ?? {})
          .filter(
            ([name, { type }]) =>
              name.includes('convscope-core-') && (type === 'chunk' || name.endsWith('.wasm')),
          )
          .map(([name]) => ({
            tag: 'link',
            attrs: name.endsWith('.wasm')
              ? { rel: 'preload', as: 'fetch', crossorigin: '', href: `./${name}` }
              : { rel: 'modulepreload', crossorigin: '', href: `./${name}` },
            injectTo: 'head',
          }));
      },
    },
  };
}

/**
 * Each figure of the guide gets its numbers as tables, for readers without scripts.
 * @returns {import('vite').Plugin}
 */
function figuresAsTables() {
  return {
    name: 'convscope:figures-as-tables',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        // Not a part of this file: it reads the engine from where it is.
        const { withTables } = await import(here('scripts/lib/tables.mjs'));
        return withTables(html);
      },
    },
  };
}

/**
 * Of lit only its templates are used, not its base class for elements; and of their two builds, the one that can be
 * imported where there is no document, as when a server renders a page that has figures. They differ in nothing else.
 */
const LIT = [
  { find: /^lit$/, replacement: 'lit/html.js' },
  { find: /^lit-html$/, replacement: here('node_modules/lit-html/node/lit-html.js') },
  { find: /^lit-html\/(.+)$/, replacement: here('node_modules/lit-html/node/$1') },
];

/**
 * What page and figure have in common goes into one file, and what else each needs at once into one more: a browser that
 * asks for few has them sooner.
 * @returns {(id: string, context: { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }) => string | null}
 */
function neededAtOnce() {
  /** @type {Map<string, string> | undefined} */
  let fileOf;
  return (id, context) => {
    /** @param {string} entry */
    const reached = (entry) => {
      const ids = new Set([here(entry)]);
      for (const at of ids)
        for (const next of context.getModuleInfo(at)?.importedIds ?? []) ids.add(next);
      return ids;
    };
    if (!fileOf) {
      const ofPage = reached('web/main.js');
      const ofFigure = reached('web/element/conv-scope.js');
      fileOf = new Map();
      for (const each of ofFigure) fileOf.set(each, ofPage.has(each) ? 'figure' : 'element');
      for (const each of ofPage) if (!ofFigure.has(each)) fileOf.set(each, 'page');
    }
    return fileOf.get(id) ?? null;
  };
}

/** Pages on which a figure stands in view at once. */
const ENGINE_FIRST = ['/index.html', '/embed.html'];

/** The playground, the page for an iframe, the guide in each language, and the one script of <conv-scope>, whose name never changes. */
const SITE = {
  index: here('web/index.html'),
  embed: here('web/embed.html'),
  guide: here('web/guide.html'),
  'guide.zh': here('web/guide.zh.html'),
  'conv-scope': here('web/element/define.js'),
  ...referenceInputs(here('web')),
};

/** The script alone with what it loads: a folder to put beside a page, or to import from the package. */
const ELEMENT = { 'conv-scope': SITE['conv-scope'] };

export default defineConfig(({ mode }) => {
  const alone = mode === 'element';
  return {
    root: here('web'),
    base: './',
    resolve: { alias: LIT },
    worker: {
      format: 'es', // in one piece, it would hold every build of the engine
      plugins: () => [withoutNode(), ...(alone ? [plainEngine()] : [])],
      ...(alone && {
        rolldownOptions: {
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: 'worker-[name].js',
            assetFileNames: '[name][extname]',
          },
        },
      }),
    },
    plugins: [
      withoutNode(),
      figuresAsTables(),
      ...(alone ? [plainEngine()] : [coreBesideScripts(), reference(here('web'))]),
    ],
    build: {
      outDir: here(alone ? 'dist/element' : 'dist/site'),
      emptyOutDir: true,
      target: 'es2022',
      // These know light-dark(), by which a figure follows the color-scheme around it; what replaces it for older ones does not.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      assetsInlineLimit: 0, // data: URLs would need a wider policy
      modulePreload: alone ? false : { polyfill: false }, // the polyfill is an inline script
      rollupOptions: {
        input: alone ? ELEMENT : SITE,
        preserveEntrySignatures: alone ? 'exports-only' : 'allow-extension',
        output: {
          entryFileNames: ({ name }) =>
            name === 'conv-scope' ? '[name].js' : 'assets/[name]-[hash].js',
          ...(alone
            ? { chunkFileNames: '[name].js', assetFileNames: '[name][extname]' }
            : {
                codeSplitting: {
                  groups: [{ debugName: 'at-once', name: neededAtOnce() }],
                  includeDependenciesRecursively: false,
                },
              }),
        },
      },
    },
  };
});
