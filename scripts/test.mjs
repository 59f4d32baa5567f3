// `npm test`: every check and every test, each stage to its end; `npm test -- lint native fuzz wasm js browser package`
// only those named.
// Sets up what is missing first. The last line is "N passed, N failed", summed over all runners.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { build } from './lib/cmake.mjs';
import { list } from './lib/files.mjs';
import { fuzz } from './lib/fuzz.mjs';
import { packPackage } from './lib/package.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, heading, Stop, say, seconds } from './lib/report.mjs';
import { serve } from './lib/serve.mjs';
import { buildEngine, buildPage, SITE } from './lib/site.mjs';
import { catch2, nodeTest, relaxedFlags } from './lib/suites.mjs';

/** @typedef {import('./lib/suites.mjs').Count} Count */

/** @type {{ name: string, title: string, needs: import('./lib/tools.mjs').Need[], run: () => Promise<Count> }[]} */
const stages = [
  {
    name: 'lint',
    title: 'Format, rules and types',
    needs: ['compiler', 'clangTools'],
    run: async () => {
      const { passed, failed } = await runChecks();
      return { passed, failed: failed.length };
    },
  },
  {
    name: 'native',
    title: 'C++ tests on this machine, with sanitizers',
    needs: ['compiler'],
    run: async () => {
      await mustBuild('native', 'convscope_tests');
      return catch2('build/native/convscope_tests', []);
    },
  },
  {
    name: 'fuzz',
    title: 'Fuzzing, with sanitizers',
    needs: ['compiler'],
    run: fuzz,
  },
  {
    name: 'wasm',
    title: 'The same tests as WebAssembly',
    needs: [],
    run: async () => {
      await mustBuild('wasm', 'convscope_tests');
      return catch2(process.execPath, ['build/wasm/convscope_tests.cjs']);
    },
  },
  {
    name: 'wasm',
    title: 'The same tests as WebAssembly with relaxed SIMD',
    needs: [],
    run: async () => {
      await mustBuild('wasm-relaxed', 'convscope_tests');
      return catch2(process.execPath, [
        ...relaxedFlags(),
        'build/wasm-relaxed/convscope_tests.cjs',
      ]);
    },
  },
  {
    name: 'js',
    title: 'JavaScript tests',
    needs: [],
    run: async () => {
      await buildEngine();
      return nodeTest(list('tests/js', '.test.js'));
    },
  },
  {
    name: 'js',
    title: 'The engine’s JavaScript tests with relaxed SIMD',
    needs: [],
    run: async () => {
      const flags = relaxedFlags();
      if (flags.length === 0) {
        say('this Node has relaxed SIMD by itself: the tests above ran with it');
        return { passed: 0, failed: 0 };
      }
      await buildEngine();
      const files = list('tests/js', '.test.js').filter((path) => path.includes('/engine'));
      return nodeTest(files, { flags });
    },
  },
  {
    name: 'browser',
    title: 'The page in a browser',
    needs: ['browser'],
    run: async () => {
      await buildEngine();
      await buildPage();
      const server = await serve(SITE);
      try {
        const env = { ...process.env, CONVSCOPE_SITE_URL: server.url };
        return await nodeTest(list('tests/browser', '.test.js'), { env });
      } finally {
        await server.close();
      }
    },
  },
  {
    name: 'package',
    title: 'The npm package, installed into an empty folder',
    needs: ['browser'],
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'convscope-tarball-'));
      try {
        const env = { ...process.env, CONVSCOPE_TARBALL: await packPackage(folder) };
        return await nodeTest(list('tests/package', '.test.mjs'), { env });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];

/**
 * @param {import('./lib/cmake.mjs').Preset} preset
 * @param {string} target
 */
async function mustBuild(preset, target) {
  if (!(await build(preset, [target])))
    throw new Stop(`${target} (${preset}) could not be built: see above.`);
}

await command(async () => {
  const names = process.argv.slice(2);
  const known = [...new Set(stages.map(({ name }) => name))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Stop(`There is no stage "${unknown}": choose from ${known.join(', ')}.`);
  const chosen = stages.filter(({ name }) => names.length === 0 || names.includes(name));

  await prepare(...chosen.flatMap(({ needs }) => needs));

  const total = { passed: 0, failed: 0 };
  const summary = [];
  for (const { title, run } of chosen) {
    heading(title);
    const since = Date.now();
    /** @type {Count} */
    let count;
    try {
      count = await run();
    } catch (error) {
      console.error(error instanceof Stop ? error.message : error);
      count = { passed: 0, failed: 1 };
    }
    total.passed += count.passed;
    total.failed += count.failed;
    const verdict = count.failed > 0 ? 'FAILED' : 'ok    ';
    summary.push(
      `${verdict} ${title}: ${count.passed} passed, ${count.failed} failed (${seconds(since)})`,
    );
  }
  heading('Summary');
  for (const line of summary) say(line);
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
});
