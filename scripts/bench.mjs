// `npm run bench [-- NAME… --FLAG…]`: runs tests/bench/*.mjs one after another, on a quiet machine best, each in a Node of
// its own with the built page at CONVSCOPE_SITE_URL and with the flags. A bench prints its own numbers; nothing is judged
// here.
import { basename } from 'node:path';
import { list } from './lib/files.mjs';
import { run } from './lib/machine.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, heading, Stop, say } from './lib/report.mjs';
import { serve } from './lib/serve.mjs';
import { buildEngine, buildPage, SITE } from './lib/site.mjs';
import { relaxedFlags } from './lib/suites.mjs';

await command(async () => {
  const asked = process.argv.slice(2);
  const flags = asked.filter((each) => each.startsWith('--'));
  const names = asked.filter((each) => !each.startsWith('--'));
  const benches = list('tests/bench', '.mjs').filter(
    (path) => names.length === 0 || names.some((name) => basename(path).includes(name)),
  );
  if (benches.length === 0) {
    say('There is no benchmark in tests/bench yet that fits: nothing to measure.');
    return;
  }
  await prepare('browser');
  heading('Building');
  await buildEngine();
  await buildPage();
  const server = await serve(SITE);
  const env = { ...process.env, CONVSCOPE_SITE_URL: server.url };
  const failed = [];
  for (const path of benches) {
    heading(path);
    if ((await run(process.execPath, [...relaxedFlags(), path, ...flags], { env })).code !== 0)
      failed.push(path);
  }
  await server.close();
  if (failed.length > 0) throw new Stop(`Did not run to the end: ${failed.join(', ')}`);
});
