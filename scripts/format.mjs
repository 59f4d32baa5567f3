// `npm run format`: formats all JavaScript, JSON, CSS and C++ in place, and applies biome's safe repairs.
import { biome, cppFiles } from './lib/checks.mjs';
import { run } from './lib/machine.mjs';
import { provideModules } from './lib/modules.mjs';
import { command, Stop } from './lib/report.mjs';
import { requireSystem, requireTools } from './lib/tools.mjs';

await command(async () => {
  requireSystem();
  await provideModules();
  await requireTools(['clangTools']);
  const js = await run(process.execPath, [biome, 'check', '--write', '.']);
  const files = cppFiles();
  const cpp = files.length > 0 ? await run('clang-format', ['-i', ...files]) : { code: 0 };
  if (js.code !== 0 || cpp.code !== 0) throw new Stop('Some files need a hand: see above.');
});
