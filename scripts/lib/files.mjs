// Which files there are: `list('cpp', '.cpp')` gives the paths below a folder of the checkout that end so, sorted.
// (Node 20 has no glob of its own.)
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './machine.mjs';

/**
 * @param {string} folder
 * @param {...string} endings
 * @returns {string[]} relative to the checkout, with slashes
 */
export function list(folder, ...endings) {
  const root = join(ROOT, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(ROOT, join(entry.path, entry.name)))
    .sort();
}
