// What every command begins with: the machine is one we can work on, the npm packages, the programs, the compiler.
// Takes the programs that the command needs besides those of a build; stops with a sentence where one cannot be had.
import { compilerNeeds, provideCompiler } from './emscripten.mjs';
import { provideModules } from './modules.mjs';
import { heading } from './report.mjs';
import { requireSystem, requireTools } from './tools.mjs';

/** @param {...import('./tools.mjs').Need} needs */
export async function prepare(...needs) {
  heading('Setting up');
  requireSystem();
  await provideModules();
  // all at once, so that what is missing is installed, or named, in one go
  await requireTools([...new Set([...compilerNeeds(), 'cmake', 'ninja', ...needs])]);
  await provideCompiler();
}
