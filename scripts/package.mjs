// `npm pack` runs this first: the engine, the script of <conv-scope>, then dist/npm: what the npm package
// ships.
import { buildPackage } from './lib/package.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, heading } from './lib/report.mjs';
import { buildEngine, buildPage } from './lib/site.mjs';

await command(async () => {
  await prepare();
  heading('Building the engine');
  await buildEngine();
  heading('Building the page and its element');
  await buildPage();
  heading('Building the npm package');
  await buildPackage();
});
