// Serves a folder of static files on this machine only, as a web host would: right MIME types, and a strict
// content security policy, so that what works here works anywhere. Gives the address; never writes.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * @param {string} folder
 * @param {string} policy
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(folder, policy, request, response) {
  const refuse = (/** @type {number} */ status) =>
    response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`${status}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  let path;
  try {
    path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  } catch {
    return refuse(400);
  }
  if (path.endsWith('/')) path += 'index.html';
  const file = normalize(join(folder, path));
  if (path.includes('\0') || !file.startsWith(folder + sep)) return refuse(404);
  const content = await readFile(file).catch(() => null);
  if (!content) return refuse(404);
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': content.length,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/**
 * @param {string} folder
 * @param {string} policy
 * @param {number} port 0: any free one
 * @param {string} host
 * @returns {Promise<import('node:http').Server>}
 */
function listen(folder, policy, port, host) {
  const server = createServer((request, response) => {
    answer(folder, policy, request, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/**
 * @param {string} folder
 * @param {{ port?: number, policy?: string }} [options] port: the first to try, then the next ones; without it, any
 *   free one
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve(folder, { port = 0, policy = POLICY } = {}) {
  for (let tries = 0; ; tries++) {
    /** @type {import('node:http').Server[]} */
    const servers = [];
    try {
      servers.push(await listen(folder, policy, port && port + tries, '127.0.0.1'));
      const { port: actual } = /** @type {import('node:net').AddressInfo} */ (servers[0].address());
      try {
        servers.push(await listen(folder, policy, actual, '::1')); // "localhost" may mean either
      } catch (error) {
        // this machine may have no IPv6; but another program on that port would be shown in our place
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE') throw error;
      }
      return {
        url: `http://localhost:${actual}/`,
        port: actual,
        close: async () => {
          for (const server of servers) {
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
          }
        },
      };
    } catch (error) {
      for (const server of servers) server.close();
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if ((code !== 'EADDRINUSE' && code !== 'EACCES') || tries === 100) throw error;
    }
  }
}
