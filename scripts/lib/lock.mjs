// One at a time: two commands that fetch into the same folder wait for each other.
// A lock is a folder (made atomically) that its owner touches every second; one left behind by a killed command is
// seen to be stale and taken over.
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { say } from './report.mjs';

const STALE = 20_000; // milliseconds without a sign of life
const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {string} folder */
function isStale(folder) {
  try {
    const { pid, host } = JSON.parse(readFileSync(join(folder, 'owner'), 'utf8'));
    if (host === hostname()) {
      try {
        process.kill(pid, 0);
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return true;
      }
    }
  } catch {
    // the owner has not signed yet, or is gone by now: its age decides
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > STALE;
  } catch {
    return false; // gone: the next mkdir will tell
  }
}

/**
 * @template T
 * @param {string} folder the lock itself
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let told = false; ; ) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (isStale(folder)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) say('another run is setting this up: waiting for it …');
    told = true;
    await wait(500);
  }
  writeFileSync(join(folder, 'owner'), JSON.stringify({ pid: process.pid, host: hostname() }));
  const timer = setInterval(() => {
    try {
      utimesSync(folder, new Date(), new Date());
    } catch {
      // taken over while this machine slept: the work is atomic by itself, so go on
    }
  }, 1000);
  const release = () => rmSync(folder, { recursive: true, force: true });
  const stop = () => process.exit(130); // so that Ctrl+C runs the exit handler
  process.once('exit', release);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    process.off('exit', release);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    release();
  }
}
