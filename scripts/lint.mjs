// `npm run lint`: every check that runs nothing. Changes no file; `npm run format` does.
import { runChecks } from './lib/checks.mjs';
import { provideCompiler } from './lib/emscripten.mjs';
import { provideModules } from './lib/modules.mjs';
import { command, heading, Stop } from './lib/report.mjs';
import { requireSystem, requireTools } from './lib/tools.mjs';

await command(async () => {
  requireSystem();
  await provideModules();
  await requireTools(['cmake', 'ninja', 'compiler', 'clangTools']);
  await provideCompiler();
  heading('Checks');
  const { failed } = await runChecks();
  if (failed.length > 0)
    throw new Stop(
      `Failed: ${failed.join(', ')}. \`npm run format\` repairs what is only a matter of format.`,
    );
});
