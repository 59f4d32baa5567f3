// Runs the suites of tests and counts: Catch2 programs (native, or WebAssembly under Node) and Node's own test runner.
// Each gives { passed, failed }; a suite that runs no test at all counts as a failure.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, ROOT, run } from './machine.mjs';
import { say } from './report.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** Node before 22 needs a flag for relaxed SIMD; later ones have it on and know the flag no more. */
export const relaxedFlags = () =>
  atLeast(process.versions.node, '22') ? [] : ['--experimental-wasm-relaxed-simd'];

/**
 * @param {string} what
 * @param {Count} count
 * @param {number} code the exit code of the runner
 * @returns {Count}
 */
function judge(what, { passed, failed }, code) {
  if (passed + failed === 0) {
    say(`${what}: no test ran, which is a failure`);
    return { passed: 0, failed: 1 };
  }
  if (code !== 0 && failed === 0) {
    say(`${what}: ended with exit code ${code}, which is a failure`);
    return { passed, failed: 1 };
  }
  return { passed, failed };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Count>} in test cases
 */
export async function catch2(program, args) {
  const { code, output } = await run(program, [...args, '--use-colour', 'no'], { both: true });
  const all = /All tests passed \(.* in (\d+) test cases?\)/.exec(output);
  const some = /^test cases:\s*\d+ \|(.*)$/m.exec(output)?.[1] ?? '';
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(some)?.[1] ?? 0);
  const count = all
    ? { passed: Number(all[1]), failed: 0 }
    : { passed: number(/(\d+) passed/), failed: number(/(\d+) failed(?! as)/) };
  return judge(program, count, code);
}

/**
 * @param {string[]} files
 * @param {{ flags?: string[], env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Count>} in tests
 */
export async function nodeTest(files, { flags = [], env = process.env } = {}) {
  if (files.length === 0) return judge('node --test', { passed: 0, failed: 0 }, 0);
  const tap = join(ROOT, `build/node-test-${process.pid}.tap`); // two runs at once must not mix
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
  ];
  const { code } = await run(process.execPath, [...flags, '--test', ...reporters, ...files], {
    env,
  });
  const text = readFileSync(tap, 'utf8');
  rmSync(tap);
  const number = (/** @type {string} */ key) =>
    Number(new RegExp(`^# ${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return judge(
    files.join(' '),
    { passed: number('pass'), failed: number('fail') + number('cancelled') },
    code,
  );
}
