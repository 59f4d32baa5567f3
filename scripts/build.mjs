// `npm run build`: the engine (both WebAssembly builds, dist/engine) and the page (dist/site), ready to be published.
import { prepare } from './lib/prepare.mjs';
import { command, heading } from './lib/report.mjs';
import { buildEngine, buildPage } from './lib/site.mjs';

await command(async () => {
  await prepare();
  heading('Building the engine');
  await buildEngine();
  heading('Building the page');
  await buildPage();
});
