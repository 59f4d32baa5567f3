// `npm run setup`: provides all that the builds and tests need, and builds nothing.
import { prepare } from './lib/prepare.mjs';
import { command, say } from './lib/report.mjs';

await command(async () => {
  await prepare('compiler', 'clangTools', 'browser');
  say('everything is there');
});
