// How the page in web/ becomes dist/site: static files that work from any sub-path, under a policy that allows neither
// inline scripts nor inline styles. Takes the engine from dist/engine, where CMake put it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

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

/** The pages there are: the playground, and the one for an iframe once it exists. */
const pages = ['index', 'embed']
  .map((name) => here(`web/${name}.html`))
  .filter((path) => existsSync(path));

export default defineConfig({
  root: here('web'),
  base: './',
  plugins: [withoutNode()],
  build: {
    outDir: here('dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // data: URLs would need a wider policy
    modulePreload: { polyfill: false }, // an inline script
    rollupOptions: { input: pages },
  },
});
