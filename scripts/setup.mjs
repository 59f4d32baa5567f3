// `npm run setup`: provides all that the builds and tests need, and builds nothing.
import { provideCompiler } from './lib/emscripten.mjs';
import { provideModules } from './lib/modules.mjs';
import { command, heading, say } from './lib/report.mjs';
import { requireSystem, requireTools } from './lib/tools.mjs';

await command(async () => {
  heading('Setting up');
  requireSystem();
  await provideModules();
  await requireTools(['cmake', 'ninja', 'python3', 'compiler', 'clangTools', 'browser']);
  await provideCompiler();
  say('everything is there');
});
