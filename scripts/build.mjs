// `npm run build`: the engine (both WebAssembly builds, dist/engine) and the page (dist/site), ready to be published.
import { provideCompiler } from './lib/emscripten.mjs';
import { provideModules } from './lib/modules.mjs';
import { command, heading } from './lib/report.mjs';
import { buildEngine, buildPage } from './lib/site.mjs';
import { requireSystem, requireTools } from './lib/tools.mjs';

await command(async () => {
  heading('Setting up');
  requireSystem();
  await provideModules();
  await requireTools(['cmake', 'ninja']);
  await provideCompiler();
  heading('Building the engine');
  await buildEngine();
  heading('Building the page');
  await buildPage();
});
