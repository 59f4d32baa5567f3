// Finds Emscripten and the C++ headers, or fetches them into this user's cache, once for all checkouts.
// Gives their paths and writes them to build/local.cmake for CMake. A fetch is complete or it is not there: it is
// made under another name, renamed, tried out, and only then marked as ready.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchFromDebian, suits } from './debian.mjs';
import { withLock } from './lock.mjs';
import { atLeast, CACHE, must, ROOT, versionOf, which } from './machine.mjs';
import { Stop, say, step } from './report.mjs';

const MINIMUM = '3.1.60'; // older ones cannot emit relaxed SIMD as browsers run it
const PINNED = '3.1.69';

// A new name for each new content: what an older checkout uses stays as it is.
const debianFolder = join(CACHE, `emscripten-${PINNED}-debian-1`);
const emsdkFolder = join(CACHE, `emsdk-${PINNED}`);
const headersFolder = join(CACHE, 'headers-1');

const rootIn = {
  debian: join(debianFolder, 'em/usr/share/emscripten'),
  emsdk: join(emsdkFolder, 'upstream/emscripten'),
  headers: join(headersFolder, 'usr/include'),
};

/** @param {string} folder */
const stampOf = (folder) => join(folder, 'ready.json');

/** @param {string} folder */
function isReady(folder) {
  try {
    return JSON.parse(readFileSync(stampOf(folder), 'utf8')).path === folder;
  } catch {
    return false;
  }
}

/** @type {string | null | undefined} */
let own;

/** As searchOwn, which takes a second, once. */
function ownEmscripten() {
  if (own === undefined) {
    own = searchOwn();
    if (own) say(`using the Emscripten in ${own}`);
  }
  return own;
}

/** An Emscripten that the user brought: EMSDK, or emcc on PATH, if it is new enough. */
function searchOwn() {
  const emcc = which('emcc');
  const beside = emcc && dirname(realpathSync(emcc));
  const candidates = [
    process.env.EMSDK && join(process.env.EMSDK, 'upstream/emscripten'),
    beside,
    beside && join(beside, '../libexec'), // Homebrew
  ];
  for (const root of candidates) {
    if (!root || !existsSync(join(root, 'cmake/Modules/Platform/Emscripten.cmake'))) continue;
    const version = versionOf(join(root, 'emcc'));
    if (atLeast(version, MINIMUM)) return root;
    say(`Emscripten ${version ?? ''} in ${root} is older than ${MINIMUM}: not used`);
  }
  return null;
}

/** Compiles and runs a few lines that need a working compiler, linker, optimiser and exceptions. */
async function tryOut(/** @type {string} */ root, /** @type {string} */ work) {
  mkdirSync(work, { recursive: true });
  const source = join(work, 'tiny.cpp');
  const program = join(work, 'tiny.cjs');
  writeFileSync(
    source,
    '#include <cstdio>\n#include <string>\nint main() { try { throw std::string("works"); } catch (const std::string& s) { std::puts(s.c_str()); } }\n',
  );
  const env = emscriptenEnv();
  const broken =
    'The Emscripten that was fetched does not work (see above). Set EMSDK to one that does.';
  await must(
    broken,
    join(root, 'emcc'),
    [source, '-O2', '-msimd128', '-fwasm-exceptions', '-o', program],
    { env },
  );
  const said = await must(broken, process.execPath, [program]);
  if (said.trim() !== 'works') throw new Stop(broken);
}

/** The environment for emcc: settings of another Emscripten must not reach ours. */
export function emscriptenEnv() {
  const env = { ...process.env };
  for (const key of ['EM_CONFIG', 'EM_CACHE', 'EM_LLVM_ROOT', 'EM_BINARYEN_ROOT']) delete env[key];
  return env;
}

/** @param {string} folder a fetched one, by its new name */
function replace(/** @type {string} */ from, folder) {
  rmSync(folder, { recursive: true, force: true });
  renameSync(from, folder);
}

/** @param {string} folder */
function markReady(folder) {
  writeFileSync(
    `${stampOf(folder)}.new`,
    JSON.stringify({ path: folder, date: new Date().toISOString() }),
  );
  renameSync(`${stampOf(folder)}.new`, stampOf(folder));
}

/** @param {{ emscripten: boolean, headers: boolean }} want */
async function fetchDebian(want) {
  const work = join(CACHE, `partial-${process.pid}`);
  const emscripten = join(work, 'emscripten');
  const headers = join(work, 'headers');
  await fetchFromDebian({
    work,
    emscripten: want.emscripten ? emscripten : undefined,
    headers: want.headers ? headers : undefined,
    finalPath: debianFolder,
  });
  if (want.headers) {
    replace(headers, headersFolder);
    markReady(headersFolder);
  }
  if (want.emscripten) {
    replace(emscripten, debianFolder);
    await step('trying it out', () => tryOut(rootIn.debian, join(work, 'try')));
    markReady(debianFolder);
  }
}

async function fetchEmsdk() {
  const work = join(CACHE, `partial-${process.pid}`);
  const help = `Emscripten ${PINNED} could not be fetched (see above). Install Emscripten ${MINIMUM} or newer yourself (emscripten.org), put emcc on PATH or set EMSDK, and run the same command again.`;
  const clone = [
    'clone',
    '--quiet',
    '--depth',
    '1',
    '--branch',
    PINNED,
    'https://github.com/emscripten-core/emsdk.git',
    work,
  ];
  await step(
    `fetching Emscripten ${PINNED} with emsdk (300 MB, once for all checkouts)`,
    async () => {
      await must(help, 'git', clone, { cwd: CACHE });
      replace(work, emsdkFolder);
      await must(help, join(emsdkFolder, 'emsdk'), ['install', PINNED], { cwd: emsdkFolder });
      await must(help, join(emsdkFolder, 'emsdk'), ['activate', PINNED], { cwd: emsdkFolder });
    },
  );
  await step('trying it out', () =>
    tryOut(rootIn.emsdk, join(CACHE, `partial-${process.pid}-try`)),
  );
  markReady(emsdkFolder);
}

/** What an interrupted fetch left behind. Only under the lock: a fetch that is going on has such a folder too. */
function sweep() {
  for (const name of readdirSync(CACHE)) {
    if (name.startsWith('partial-'))
      rmSync(join(CACHE, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * What must be on the machine for the compiler that provideCompiler will find or fetch.
 * @returns {import('./tools.mjs').Need[]}
 */
export function compilerNeeds() {
  const headers =
    suits('headers') && !isReady(headersFolder) ? /** @type {const} */ (['dpkg']) : [];
  if (ownEmscripten()) return [...headers];
  if (suits('emscripten')) return ['dpkg', 'python3', 'emscriptenLibraries'];
  return [...headers, 'git', 'python3'];
}

/**
 * Provides what the builds need and tells CMake. Headers are left to CMake's own fetch where Debian's do not suit.
 */
export async function provideCompiler() {
  const brought = ownEmscripten();
  const fromDebian = suits('emscripten');
  const folder = fromDebian ? debianFolder : emsdkFolder;
  const lacking = () => ({
    emscripten: !brought && !isReady(folder),
    headers: suits('headers') && !isReady(headersFolder),
  });
  if (Object.values(lacking()).some(Boolean)) {
    mkdirSync(CACHE, { recursive: true });
    await withLock(join(CACHE, 'lock'), async () => {
      const want = lacking(); // another run may have fetched it meanwhile
      try {
        sweep();
        if (want.headers || (want.emscripten && fromDebian)) {
          await fetchDebian({ headers: want.headers, emscripten: want.emscripten && fromDebian });
        }
        if (want.emscripten && !fromDebian) await fetchEmsdk();
      } finally {
        sweep();
      }
    });
  }
  const root = brought ?? rootIn[fromDebian ? 'debian' : 'emsdk'];
  tellCMake({
    CONVSCOPE_EMSCRIPTEN: root,
    CONVSCOPE_HEADERS: suits('headers') ? rootIn.headers : '',
  });
}

/** Writes build/local.cmake, only if it changes: the builds are configured anew when it does. */
function tellCMake(/** @type {Record<string, string>} */ values) {
  const path = join(ROOT, 'build/local.cmake');
  const lines = Object.entries(values).map(([key, value]) => `set(${key} "${value}")\n`);
  const text = `# Written by scripts/lib/emscripten.mjs: what this machine builds with. Not part of the project.\n${lines.join('')}`;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
