// The built page (dist/site) under the strict policy that a web host may send. Gives its address.
// `npm test` builds the page first and serves it once for all files; a file run by itself serves it for itself.
import { fileURLToPath } from 'node:url';
import { serve } from '../../scripts/lib/serve.mjs';

const folder = fileURLToPath(new URL('../../dist/site', import.meta.url));

/** @returns {Promise<{ url: string, close: () => Promise<void> }>} url ends with a slash */
export async function site() {
  const url = process.env.CONVSCOPE_SITE_URL;
  return url ? { url, close: async () => {} } : serve(folder);
}
