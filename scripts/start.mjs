// `npm start`: provides and builds only what serving needs, serves the page on this machine and opens the browser.
// `npm start -- --no-open` or CONVSCOPE_NO_OPEN=1 leaves the browser alone; PORT is the first port to try.
import { spawn } from 'node:child_process';
import { which } from './lib/machine.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, heading, say } from './lib/report.mjs';
import { serve } from './lib/serve.mjs';
import { buildEngine, buildPage, SITE } from './lib/site.mjs';

/** Opens the default browser where there is a display; its absence is no error. */
function open(/** @type {string} */ url) {
  if (process.argv.includes('--no-open') || process.env.CONVSCOPE_NO_OPEN || process.env.CI) return;
  const isMac = process.platform === 'darwin';
  const hasDisplay =
    isMac || process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.env.WSL_DISTRO_NAME;
  const opener = (isMac ? ['open'] : ['wslview', 'xdg-open']).find(which);
  if (!hasDisplay || !opener) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

await command(async () => {
  await prepare();
  heading('Building the engine');
  await buildEngine();
  heading('Building the page');
  await buildPage();
  const server = await serve(SITE, { port: Number(process.env.PORT) || 5173 });
  say('');
  console.log(`Convscope is running at ${server.url} (Ctrl+C stops)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
  open(server.url);
});
