// What is checked without running the program: format and rules of JavaScript (biome) and of C++ (clang-format,
// clang-tidy), and the types that JSDoc states (tsc). Gives a list of checks, each true or false; changes no file.
import { join } from 'node:path';
import { clangTidy } from './clang-tidy.mjs';
import { list } from './files.mjs';
import { ROOT, run, versionOf } from './machine.mjs';
import { say } from './report.mjs';

/** The release that formats the C++ files: others differ in details. */
const CLANG_FORMAT = 14;

export const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');

/** All C++ files that are formatted. */
export const cppFiles = () => [...list('cpp', '.cpp', '.hpp'), ...list('tests', '.cpp', '.hpp')];

/** @type {{ name: string, passes: () => Promise<boolean> }[]} */
export const checks = [
  {
    name: 'biome (format and rules of JavaScript, JSON, CSS)',
    passes: async () => {
      const options = ['check', '--error-on-warnings', '--max-diagnostics=50', '.'];
      return (await run(process.execPath, [biome, ...options])).code === 0;
    },
  },
  {
    name: 'tsc (types)',
    passes: async () =>
      (await run(process.execPath, [tsc, '--noEmit', '--pretty', 'false'])).code === 0,
  },
  { name: 'clang-format', passes: clangFormat },
  { name: 'clang-tidy', passes: clangTidy },
];

async function clangFormat() {
  const files = cppFiles();
  if (files.length === 0) return true;
  const version = versionOf('clang-format');
  const { code } = await run('clang-format', ['--dry-run', '-Werror', ...files]);
  if (code !== 0 && Number.parseInt(version ?? '', 10) !== CLANG_FORMAT) {
    say(
      `clang-format ${version} formats some lines otherwise than ${CLANG_FORMAT}, which counts: not a failure`,
    );
    return true;
  }
  return code === 0;
}

/**
 * Runs all checks, each to its end.
 * @returns {Promise<{ passed: number, failed: string[] }>}
 */
export async function runChecks() {
  const failed = [];
  for (const { name, passes } of checks) {
    const since = Date.now();
    const good = await passes();
    say(`${good ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
    if (!good) failed.push(name);
  }
  return { passed: checks.length - failed.length, failed };
}
