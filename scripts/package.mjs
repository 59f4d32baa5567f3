// `npm pack` runs this first: the engine, then dist/npm, the folder that the npm package ships.
import { buildPackage } from './lib/package.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, heading } from './lib/report.mjs';
import { buildEngine } from './lib/site.mjs';

await command(async () => {
  await prepare();
  heading('Building the engine');
  await buildEngine();
  heading('Building the npm package');
  await buildPackage();
});
