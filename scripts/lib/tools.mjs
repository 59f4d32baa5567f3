// The programs that must be on the machine itself. Takes the names a command needs; as root on Debian or Ubuntu
// installs what is missing, elsewhere stops with one sentence that names it and the command that gets it.
// Never replaces a program that is there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { atLeast, isRoot, must, ROOT, run, system, versionOf, which } from './machine.mjs';
import { Stop, say, step } from './report.mjs';

const { id, like } = system();
const usesApt = (id === 'debian' || like.includes('debian')) && which('apt-get') !== null;

/** Libraries that Debian's Emscripten links to; asked of dpkg, as they have no program. */
const debianLibraries = ['libz3-4', 'libedit2', 'libxml2'];

/** @param {string} name */
async function isInstalled(name) {
  const { code, output } = await run('dpkg-query', ['--status', name], { quiet: true });
  return code === 0 && output.includes('ok installed');
}

/** Where the browser for the tests is, or null. The one place that knows is the tests' own helper. */
async function browser() {
  if (!existsSync(join(ROOT, 'node_modules/playwright-core'))) return null; // npm ci comes first
  const helper = await import(pathToFileURL(join(ROOT, 'tests/browser/launch.js')).href);
  return helper.findBrowser();
}

/**
 * What each need is called, how to see that it is met, and which packages bring it.
 * @type {Record<string, { what: string, met: () => boolean | Promise<boolean>, apt: string[], brew?: string,
 *   dnf?: string, pacman?: string, other?: string }>}
 */
const needs = {
  cmake: {
    what: 'CMake 3.25 or newer',
    met: () => atLeast(versionOf('cmake'), '3.25'),
    apt: ['cmake'],
    brew: 'cmake',
    dnf: 'cmake',
    pacman: 'cmake',
    other: 'python3 -m pip install --user "cmake>=3.25"',
  },
  ninja: {
    what: 'Ninja',
    met: () => which('ninja') !== null,
    apt: ['ninja-build'],
    brew: 'ninja',
    dnf: 'ninja-build',
    pacman: 'ninja',
  },
  python3: {
    what: 'Python 3.8 or newer',
    met: () => atLeast(versionOf('python3'), '3.8'),
    apt: ['python3'],
    brew: 'python3',
    dnf: 'python3',
    pacman: 'python',
  },
  emscriptenLibraries: {
    what: 'the libraries of Debian’s Emscripten',
    met: async () => (await Promise.all(debianLibraries.map(isInstalled))).every(Boolean),
    apt: debianLibraries,
  },
  compiler: {
    // clang is preferred for the sanitizers: it builds the tests three times as fast as g++
    what: 'a C++20 compiler (clang 14 or g++ 12 or newer)',
    met: () =>
      atLeast(versionOf('clang++'), '14') ||
      (!(isRoot && usesApt) && ['g++', 'c++'].some((name) => atLeast(versionOf(name), '12'))),
    apt: ['clang', 'libclang-rt-dev', 'llvm'],
    brew: 'llvm',
    dnf: 'clang compiler-rt llvm',
    pacman: 'clang llvm',
  },
  clangTools: {
    what: 'clang-format and clang-tidy 14 or newer',
    met: () => atLeast(versionOf('clang-format'), '14') && atLeast(versionOf('clang-tidy'), '14'),
    apt: ['clang-format', 'clang-tidy'],
    brew: 'llvm',
    dnf: 'clang-tools-extra',
    pacman: 'clang',
  },
  browser: {
    what: 'Chromium',
    met: async () => (await browser()) !== null,
    apt: ['chromium'],
    other: 'npx playwright-core install chromium',
  },
  git: {
    what: 'git',
    met: () => which('git') !== null,
    apt: ['git'],
    brew: 'git',
    dnf: 'git',
    pacman: 'git',
  },
  dpkg: {
    what: 'dpkg and tar',
    met: () => which('dpkg-deb') !== null && which('tar') !== null,
    apt: ['dpkg', 'tar'],
  },
};

/** @typedef {keyof typeof needs} Need */

/** @param {string[]} packages */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Dpkg::Use-Pty=0'];
  // the lists have a lock of their own that apt does not wait for
  for (let attempt = 1; ; attempt++) {
    const { code, output } = await run('apt-get', [...options, 'update'], { env, quiet: true });
    if (code === 0) break;
    if (attempt === 5)
      throw new Stop(
        `${output.trim()}\n\napt-get update failed: are this machine’s package sources reachable?`,
      );
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  await must(
    `\`${command}\` failed (see above).`,
    'apt-get',
    [...options, '-y', 'install', '--no-install-recommends', ...packages],
    { env },
  );
}

/**
 * The command that would bring what is missing, on this system.
 * @param {Need[]} missing
 */
function remedy(missing) {
  const of = (/** @type {'brew' | 'dnf' | 'pacman' | 'other'} */ key) =>
    [...new Set(missing.flatMap((name) => needs[name][key] ?? []))].join(' ');
  const apt = missing.flatMap((name) => needs[name].apt).join(' ');
  const command =
    id === 'debian' || (usesApt && !missing.includes('browser'))
      ? `${isRoot ? '' : 'sudo '}apt-get update && ${isRoot ? '' : 'sudo '}apt-get install --no-install-recommends ${apt}`
      : id === 'macos' && of('brew')
        ? `brew install ${of('brew')}`
        : id === 'fedora' || like.includes('fedora')
          ? of('dnf') && `sudo dnf install ${of('dnf')}`
          : id === 'arch' || like.includes('arch')
            ? of('pacman') && `sudo pacman -S ${of('pacman')}`
            : '';
  const rest = missing.flatMap((name) =>
    command.includes('apt-get') ? [] : (needs[name].other ?? []),
  );
  return (
    [command, ...rest].filter(Boolean).join('\n  ') ||
    `install ${apt} with this system’s package manager`
  );
}

/**
 * Makes sure that all of these are there.
 * @param {Need[]} names
 */
export async function requireTools(names) {
  const missing = await unmet(names);
  if (missing.length === 0) return;
  const packages = missing.flatMap((name) => needs[name].apt);
  if (isRoot && usesApt) {
    await step(`installing ${packages.join(', ')}`, () => aptInstall(packages));
    const still = await unmet(missing);
    if (still.length === 0) return;
    throw new Stop(
      `Convscope needs ${list(still)}, which the packages of this system do not give (${packages.join(', ')} installed).\n` +
        `Get it, then run the same command again:\n\n  ${still.map((name) => needs[name].other ?? `a newer ${needs[name].apt[0]}`).join('\n  ')}`,
    );
  }
  throw new Stop(
    `Convscope needs ${list(missing)}, not found on this machine. Get it, then run the same command again:\n\n  ${remedy(missing)}`,
  );
}

/** @param {Need[]} names */
async function unmet(names) {
  const missing = [];
  for (const name of names) {
    if (!(await needs[name].met())) missing.push(name);
  }
  return missing;
}

/** @param {Need[]} names */
function list(names) {
  const said = names.map((name) => needs[name].what);
  return [said.slice(0, -1).join(', '), ...said.slice(-1)].filter(Boolean).join(' and ');
}

/** Convscope's own demands, checked before anything else. */
export function requireSystem() {
  if (process.platform === 'win32') {
    throw new Stop(
      'On Windows, Convscope is built inside WSL (`wsl --install`): run the same command there.',
    );
  }
  if (!atLeast(process.versions.node, '20.19')) {
    throw new Stop(
      `Convscope needs Node 20.19 or newer, this is ${process.versions.node}: get one from nodejs.org or your version manager.`,
    );
  }
  if (isRoot && usesApt)
    say('(root on a Debian system: missing packages are installed with apt-get)');
}
