// Configures and builds one CMake preset. Takes the preset and the targets; does only what changes ask for:
// ninja knows which sources changed, and a preset is configured anew only when its settings or the machine's did.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { emscriptenEnv } from './emscripten.mjs';
import { ROOT, run } from './machine.mjs';

/** @typedef {'native' | 'release' | 'fuzz' | 'wasm' | 'wasm-relaxed'} Preset */

function settings() {
  const hash = createHash('sha256');
  for (const path of ['CMakePresets.json', 'build/local.cmake'])
    hash.update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

/**
 * @param {Preset} preset
 * @returns {Promise<boolean>} whether it succeeded; what went wrong is on the terminal
 */
export async function configure(preset) {
  const folder = join(ROOT, 'build', preset);
  const stamp = join(folder, 'configured');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === settings()) return true;
  rmSync(stamp, { force: true });
  const { code, output } = await run('cmake', ['--fresh', '--preset', preset], {
    env: emscriptenEnv(),
    quiet: true,
  });
  if (code !== 0) {
    console.log(output);
    return false;
  }
  writeFileSync(stamp, settings());
  return true;
}

/**
 * @param {Preset} preset
 * @param {string[]} targets
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function build(preset, targets) {
  if (!(await configure(preset))) return false;
  const env = { ...emscriptenEnv(), NINJA_STATUS: `   [${preset} %f/%t] ` };
  const options = [
    '--build',
    '--preset',
    preset,
    '--parallel',
    String(availableParallelism()),
    '--target',
    ...targets,
  ];
  return (await run('cmake', options, { env })).code === 0;
}
