// What this machine is and what is on it: paths, programs, their versions, the kind of system; and running a program.
// Takes names, gives facts; never installs anything.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stop } from './report.mjs';

/** The checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is fetched once for all checkouts of this user. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'convscope');

export const isRoot = process.getuid?.() === 0;

/** @returns {{ id: string, like: string[], arch: string }} id: 'debian', 'ubuntu', 'macos', … */
export function system() {
  if (process.platform === 'darwin') return { id: 'macos', like: [], arch: process.arch };
  /** @type {Record<string, string>} */
  const fields = {};
  try {
    for (const line of readFileSync('/etc/os-release', 'utf8').split('\n')) {
      const [, key, value] = /^(\w+)="?(.*?)"?$/.exec(line) ?? [];
      if (key) fields[key] = value;
    }
  } catch {
    // no such file: an unknown system
  }
  return {
    id: fields.ID ?? process.platform,
    like: (fields.ID_LIKE ?? '').split(' '),
    arch: process.arch,
  };
}

/**
 * The full path of a program on PATH, or null.
 * @param {string} name
 */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder || '.', name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // not here
    }
  }
  return null;
}

/**
 * The version a program reports, as "3.25.1", or null if it is not there or does not start.
 * @param {string} program
 * @param {string[]} [args]
 */
export function versionOf(program, args = ['--version']) {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
  if (result.status !== 0) return null;
  return /(\d+\.\d+(\.\d+)?)/.exec(result.stdout)?.[1] ?? null;
}

/**
 * @param {string | null} version
 * @param {string} minimum
 */
export function atLeast(version, minimum) {
  if (!version) return false;
  const have = version.split('.').map(Number);
  const need = minimum.split('.').map(Number);
  for (let i = 0; i < need.length; i++) {
    if ((have[i] ?? 0) !== need[i]) return (have[i] ?? 0) > need[i];
  }
  return true;
}

/**
 * Runs a program to its end. Its output goes to the terminal, or, with `quiet`, is kept and returned.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, both?: boolean }} [options] both: shown and kept
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd = ROOT, env = process.env, quiet, both } = {}) {
  return new Promise((resolve, reject) => {
    const piped = quiet || both;
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', piped ? 'pipe' : 'inherit', piped ? 'pipe' : 'inherit'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (/** @type {string} */ text) => {
        output += text;
        if (both) process.stdout.write(text);
      });
    }
    child.on('error', (error) =>
      reject(new Stop(`${program} could not be started: ${error.message}`)),
    );
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}\n${signal}` : output }),
    );
  });
}

/**
 * Like run, quietly, but a failure ends the command: with the sentence, and the end of what the program said.
 * @param {string} sentence
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function must(sentence, program, args, options = {}) {
  const { code, output } = await run(program, args, { ...options, quiet: true });
  if (code !== 0)
    throw new Stop(`${output.trimEnd().split('\n').slice(-12).join('\n')}\n\n${sentence}`);
  return output;
}
