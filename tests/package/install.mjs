// The npm package as somebody gets it: packed, and installed into an empty folder without a network.
// `npm test` packs it once, with all that `npm pack` does first; a file run by itself packs what dist/npm holds.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packPackage } from '../../scripts/lib/package.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
export function run(program, args, cwd) {
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...{ cwd, env, encoding: 'utf8', timeout: 120_000 },
  });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}

/** @param {string} folder @param {Record<string, string>} files paths to contents */
export function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/**
 * @returns {Promise<{ folder: string, package: string, remove: () => void }>} the folder of a project
 *   that has nothing but the package in it
 */
export async function install() {
  const folder = mkdtempSync(join(tmpdir(), 'convscope-package-'));
  const tarball = process.env.CONVSCOPE_TARBALL ?? (await packPackage(folder, { asItIs: true }));
  write(folder, { 'package.json': '{ "name": "empty", "private": true }\n' });
  const quiet = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { code, err } = run('npm', ['install', tarball, ...quiet], folder);
  assert.equal(code, 0, err);
  return {
    ...{ folder, package: join(folder, 'node_modules/convscope') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
