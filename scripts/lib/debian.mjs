// Emscripten and the header-only libraries from Debian's own signed packages, unpacked into folders of this user:
// nothing is installed and no root is needed. Takes the folders to fill; the mirror is the one this machine's apt is
// set to use. Emscripten is release 13's with release 12's clang, since release 12's own is too old (no relaxed SIMD).
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isRoot, must, run, system } from './machine.mjs';
import { Stop, step } from './report.mjs';

const NEW = 'trixie';
const OLD = 'bookworm';
const LLVM = 19;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const TRIPLET = 'x86_64-linux-gnu';
const BIN = `usr/lib/llvm-${LLVM}/bin`;

// acorn must be an npm module beside emcc: its JS optimiser is an ES module, which Debian's node-acorn cannot serve
const ACORN = ['acorn@8.19.0', 'acorn-import-phases@1.0.4'];

const libraries = [`libllvm${LLVM}`, `libclang-cpp${LLVM}`, `libclang-common-${LLVM}-dev`];
const runtime = ['libc6', 'libstdc++6', 'libgcc-s1'];
/** @type {Record<'emscripten' | 'headers', Record<string, string[]>>} */
const packages = {
  emscripten: {
    [NEW]: ['emscripten', 'binaryen', ...runtime],
    [OLD]: [`clang-${LLVM}`, `lld-${LLVM}`, `llvm-${LLVM}`, ...libraries],
  },
  headers: {
    // release 12's xtensor 0.24.3 gives wrong values under C++20 (xtensor-stack/xtensor#2701)
    [NEW]: ['libxtensor-dev', 'xtl-dev'],
    [OLD]: ['catch2', 'nlohmann-json3-dev'],
  },
};

/** Whether Emscripten (or only the headers) can be had this way. */
export function suits(/** @type {'emscripten' | 'headers'} */ what) {
  const { id, arch } = system();
  return id === 'debian' && existsSync(KEYRING) && (what === 'headers' || arch === 'x64');
}

/** The mirrors this machine already uses, as `deb` addresses. */
async function mirrors() {
  const listed = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)'], { quiet: true });
  const uris = [...new Set(listed.output.split('\n').map((uri) => uri.trim().replace(/\/+$/, '')))];
  const main = uris.find((uri) => /:\/\/.*\/debian$/.test(uri));
  if (!main)
    throw new Stop(
      'No Debian mirror is set up in /etc/apt: add the usual sources and run `apt-get update`.',
    );
  return {
    main,
    security: uris.find((uri) => uri.endsWith('/debian-security')) ?? `${main}-security`,
  };
}

/**
 * An apt of our own below `folder`: returns the function that runs it for one release.
 * @param {string} folder
 */
async function privateApt(folder) {
  const { main, security } = await mirrors();
  const sources = {
    [NEW]: [`${main} ${NEW} main`],
    [OLD]: [`${main} ${OLD} main`, `${security} ${OLD}-security main`],
  };
  for (const [release, lines] of Object.entries(sources)) {
    const root = join(folder, release);
    for (const sub of [
      'etc/apt/apt.conf.d',
      'etc/apt/preferences.d',
      'etc/apt/sources.list.d',
      'etc/apt/trusted.gpg.d',
      'var/lib/apt/lists/partial',
      'var/cache/apt/archives/partial',
      'var/lib/dpkg',
    ]) {
      mkdirSync(join(root, sub), { recursive: true });
    }
    writeFileSync(join(root, 'var/lib/dpkg/status'), '');
    writeFileSync(
      join(root, 'etc/apt/sources.list'),
      lines.map((line) => `deb [signed-by=${KEYRING}] ${line}\n`).join(''),
    );
  }
  const sentence =
    'Debian’s packages could not be fetched (see above). Is the mirror of this machine reachable? ' +
    'Or set EMSDK to an Emscripten 3.1.60 or newer. Then run the same command again.';
  return (
    /** @type {string} */ release,
    /** @type {string[]} */ args,
    /** @type {string} */ cwd = folder,
  ) => {
    const root = join(folder, release);
    const options = [
      `Dir=${root}`,
      `Dir::State::status=${root}/var/lib/dpkg/status`,
      'Acquire::Languages=none',
      'Acquire::Retries=3',
      ...(isRoot ? ['APT::Sandbox::User=root'] : []),
    ].flatMap((option) => ['-o', option]);
    return must(sentence, 'apt-get', ['-qq', ...options, ...args], { cwd });
  };
}

/** @param {string} folder */
function megabytes(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  // a file may be renamed while we look
  const sizes = files.map(
    (entry) => statSync(join(entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6);
}

/** @typedef {{ name: string, to: string, args: string[] }} Job name of the package, where to, arguments for tar */

/**
 * @param {string} debs
 * @param {Job} job
 */
async function unpack(debs, { name, to, args }) {
  const file = readdirSync(debs).find((entry) => entry.startsWith(`${name}_`));
  if (!file) throw new Stop(`The package ${name} was not downloaded.`);
  mkdirSync(to, { recursive: true });
  const pipe = 'deb=$1 to=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$to" "$@"';
  await must(`${file} could not be unpacked.`, 'sh', [
    '-c',
    pipe,
    'sh',
    join(debs, file),
    to,
    ...args,
  ]);
}

/**
 * Fills the folders that are named. What is fetched lies in `work` meanwhile.
 * @param {{ work: string, emscripten?: string, headers?: string, finalPath: string }} options finalPath: where the
 *   `emscripten` folder will lie in the end, as its settings name full paths
 */
export async function fetchFromDebian({ work, emscripten, headers, finalPath }) {
  const debs = join(work, 'debs');
  mkdirSync(debs, { recursive: true });
  const apt = await privateApt(join(work, 'apt'));
  await step('reading Debian’s package lists', async () => {
    for (const release of [NEW, OLD]) await apt(release, ['update']);
  });
  const size = emscripten ? 290 : 5;
  await step(
    `downloading ${emscripten ? 'Emscripten and the C++ headers' : 'the C++ headers'} (${size} MB, once for all checkouts)`,
    async () => {
      for (const release of [NEW, OLD]) {
        const names = [
          ...(headers ? packages.headers[release] : []),
          ...(emscripten ? packages.emscripten[release] : []),
        ];
        await apt(release, ['download', ...names], debs);
      }
    },
    () => `${megabytes(debs)} of ${size} MB`,
  );
  await step('unpacking', async () => {
    const jobs = [
      ...(headers ? headerJobs(headers) : []),
      ...(emscripten ? emscriptenJobs(emscripten) : []),
    ];
    const work = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) await unpack(debs, job);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    if (emscripten) await finishEmscripten(emscripten, finalPath);
  });
}

/**
 * @param {string} to
 * @returns {Job[]}
 */
function headerJobs(to) {
  const names = Object.values(packages.headers).flat();
  return names.map((name) => ({ name, to, args: ['--exclude=./usr/share/doc'] }));
}

/**
 * What the builds use of each package; the largest first, as two are unpacked at a time.
 * @param {string} to
 * @returns {Job[]}
 */
function emscriptenJobs(to) {
  const job = (
    /** @type {string} */ name,
    /** @type {string} */ sub,
    /** @type {string[]} */ args,
  ) => ({
    name,
    to: join(to, sub),
    args,
  });
  const without = (/** @type {string[]} */ ...paths) =>
    paths.map((path) => `--exclude=./usr/share/${path}`);
  const sysroot = 'emscripten/cache/sysroot/lib/wasm32-emscripten';
  const tools = ['ar', 'ranlib', 'nm', 'objcopy', 'strip', 'objdump', 'readobj', 'readelf'];
  return [
    job(
      'emscripten',
      'em',
      without(`${sysroot}/lto*`, `${sysroot}/pic`, 'emscripten/test*', 'doc', 'man'),
    ),
    ...libraries.map((name) => job(name, 'llvm', [])),
    ...[`clang-${LLVM}`, `lld-${LLVM}`].map((name) => job(name, 'llvm', [])),
    job(
      `llvm-${LLVM}`,
      'llvm',
      tools.map((tool) => `./${BIN}/llvm-${tool}`),
    ),
    job('binaryen', 'em', without('doc')),
    ...runtime.map((name) => job(name, 'rt', ['--exclude=./usr/share'])),
  ];
}

/**
 * Joins the unpacked packages to an Emscripten that runs from where it lies.
 * @param {string} to
 * @param {string} finalPath
 */
async function finishEmscripten(to, finalPath) {
  const linked = join(to, `llvm/usr/lib/llvm-${LLVM}/lib/libLLVM.so.${LLVM}.1`);
  if (!existsSync(linked)) symlinkSync(`../../${TRIPLET}/libLLVM.so.${LLVM}.1`, linked);

  // binaryen wants a newer C library than release 12 has: it is run with that library's own loader
  mkdirSync(join(to, 'binaryen/bin'), { recursive: true });
  for (const name of readdirSync(join(to, 'em/usr/bin')).filter((entry) =>
    entry.startsWith('wasm'),
  )) {
    const libs = `usr/lib/${TRIPLET}`;
    const script = `#!/bin/sh\nd=\${0%/*}/../..\nexec "$d/rt/usr/lib64/ld-linux-x86-64.so.2" --library-path "$d/rt/${libs}:$d/em/${libs}" "$d/em/usr/bin/${name}" "$@"\n`;
    writeFileSync(join(to, 'binaryen/bin', name), script, { mode: 0o755 });
  }

  const root = join(to, 'em/usr/share/emscripten');
  // a package.json of its own: else one with "type": "module" in a parent folder makes emcc's helpers ES modules
  writeFileSync(join(root, 'package.json'), '{}\n');
  await must(
    'npm could not fetch acorn, which Emscripten needs (see above).',
    'npm',
    [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--prefix',
      root,
      ...ACORN,
    ],
    { cwd: root },
  );
  const final = join(finalPath, 'em/usr/share/emscripten');
  const settings = [
    'import shutil',
    `EMSCRIPTEN_ROOT = ${JSON.stringify(final)}`,
    `LLVM_ROOT = ${JSON.stringify(join(finalPath, 'llvm', BIN))}`,
    `BINARYEN_ROOT = ${JSON.stringify(join(finalPath, 'binaryen'))}`,
    `NODE_JS = shutil.which('node') or ${JSON.stringify(process.execPath)}`,
    'FROZEN_CACHE = True',
    `CACHE = ${JSON.stringify(join(final, 'cache'))}`,
  ];
  writeFileSync(join(root, '.emscripten'), `${settings.join('\n')}\n`);
}
