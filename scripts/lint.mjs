// `npm run lint`: every check that runs nothing. Changes no file; `npm run format` does.
import { runChecks } from './lib/checks.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, heading, Stop } from './lib/report.mjs';

await command(async () => {
  await prepare('compiler', 'clangTools');
  heading('Checks');
  const { failed } = await runChecks();
  if (failed.length > 0)
    throw new Stop(
      `Failed: ${failed.join(', ')}. \`npm run format\` repairs what is only a matter of format.`,
    );
});
