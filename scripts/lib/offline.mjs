// The service worker of the site: web/service-worker.js with the names of all files of the build, and which build it is.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Stop } from './report.mjs';

const NAME = 'service-worker.js';
const BLANK = "{ version: '', files: [] }";

/** @param {string} source its folder @param {string} site the built one, in which it is written */
export function writeServiceWorker(source, site) {
  const text = readFileSync(join(source, NAME), 'utf8');
  if (!text.includes(BLANK)) throw new Stop(`web/${NAME} has no place for the files of the build.`);
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== NAME)
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  const hash = createHash('sha256').update(text);
  for (const file of files) hash.update(file.slice(site.length)).update(readFileSync(file));
  const build = {
    version: hash.digest('hex').slice(0, 16),
    files: files.map((file) => `.${file.slice(site.length).split(sep).join('/')}`),
  };
  writeFileSync(join(site, NAME), text.replace(BLANK, JSON.stringify(build)));
}
