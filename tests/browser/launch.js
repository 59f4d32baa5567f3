// The browser of the tests: `launch()` gives a headless Chromium, `findBrowser()` where it is.
// CHROMIUM_PATH, else the usual places, else the one that playwright downloaded; never downloads one itself.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string | null} the program, or null if there is none */
export function findBrowser() {
  const candidates = [process.env.CHROMIUM_PATH, ...places, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/** @param {import('playwright-core').LaunchOptions} [options] */
export function launch(options = {}) {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no Chromium found: install one or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    ...options,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(options.args ?? []),
    ],
  });
}
