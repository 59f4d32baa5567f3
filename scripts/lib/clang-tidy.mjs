// Runs clang-tidy on cpp/*.cpp, one file on each core. A file that passed is not looked at again until it, a header it
// includes, or the rules change: each costs several seconds, nearly all of them for xtensor's headers.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, posix } from 'node:path';
import { configure } from './cmake.mjs';
import { list } from './files.mjs';
import { ROOT, run, versionOf } from './machine.mjs';

const PASSED = join(ROOT, 'build/clang-tidy');

/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * A file of cpp/ and all headers of cpp/ that it includes, directly or not.
 * @param {string} path
 * @param {Set<string>} [seen]
 */
function withHeaders(path, seen = new Set()) {
  seen.add(path);
  for (const [, name] of read(path).matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
    const header = posix.join(posix.dirname(path), name);
    if (!seen.has(header) && readIfThere(join(ROOT, header)) !== null) withHeaders(header, seen);
  }
  return seen;
}

/** @returns {Promise<boolean>} whether all files pass; what does not is on the terminal */
export async function clangTidy() {
  const files = list('cpp', '.cpp').filter((path) => !path.startsWith('cpp/bindings/')); // need Emscripten's headers
  if (files.length === 0) return true;
  if (!(await configure('release'))) return false; // the preset without precompiled headers
  mkdirSync(PASSED, { recursive: true });
  const rules = createHash('sha256').update(versionOf('clang-tidy') ?? '');
  for (const path of [
    '.clang-tidy',
    'CMakeLists.txt',
    'build/local.cmake',
    ...list('cmake', '.cmake'),
  ]) {
    rules.update(read(path));
  }
  const queue = [...files];
  let good = true;
  const work = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      const hash = rules.copy();
      for (const part of [...withHeaders(path)].sort()) hash.update(part).update(read(part));
      const state = hash.digest('hex');
      const stamp = join(PASSED, path.replaceAll('/', '-'));
      if (readIfThere(stamp) === state) continue;
      const { code, output } = await run('clang-tidy', ['--quiet', '-p', 'build/release', path], {
        quiet: true,
      });
      if (code === 0) writeFileSync(stamp, state);
      else {
        good = false;
        console.log(output.replace(/^\d+ warnings? (generated|treated as errors?).*\n/gm, ''));
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return good;
}
