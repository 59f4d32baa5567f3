// The npm packages of the lock file: `npm ci` when they are missing, incomplete or of other versions.
// Compares contents, not dates, so that packages installed by hand count too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { must, ROOT } from './machine.mjs';
import { step } from './report.mjs';

/** @param {string} path */
const packagesIn = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages;

function areThere() {
  try {
    const wanted = packagesIn('package-lock.json');
    const installed = packagesIn('node_modules/.package-lock.json'); // npm writes it last
    return Object.keys(wanted).every(
      (path) =>
        path === '' || wanted[path].optional || installed[path]?.version === wanted[path].version,
    );
  } catch {
    return false;
  }
}

export async function provideModules() {
  if (areThere()) return;
  await withLock(join(ROOT, 'build/npm.lock'), async () => {
    if (areThere()) return;
    const sentence =
      'npm could not install the packages (see above). Is the npm registry of this machine reachable?';
    await step('installing the npm packages', () =>
      must(sentence, 'npm', ['ci', '--no-audit', '--no-fund']),
    );
  });
}
