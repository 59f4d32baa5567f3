// Another thread: a worker of the browser's, or of Node's, behind one face. Knows nothing of what is computed there.

/**
 * @typedef {object} Thread
 * @property {(message: unknown, buffers: ArrayBuffer[]) => void} post hands the buffers over
 * @property {() => void} end at once, whatever it is doing
 * @property {(busy: boolean) => void} hold whether Node has to wait for it
 */

/** @typedef {{ message: (data: any) => void, failure: (reason: string) => void }} Ears */

/** Node's own workers; those of Node before 20.16 cannot be asked for without an import that bundlers stumble over. */
const ofNode = () =>
  /** @type {any} */ (globalThis.process)?.getBuiltinModule?.('node:worker_threads')?.Worker;

/** Whether there are threads at all. */
export const hasThreads = () => typeof Worker === 'function' || Boolean(ofNode());

/**
 * @param {Ears} ears
 * @param {string} [url] of the script worker.js, if it is not beside this one
 * @returns {Thread}
 * @throws {Error} where the browser allows no worker
 */
export function startThread(ears, url) {
  if (typeof Worker !== 'function') return startOfNode(ears, url);
  // Bundlers look for exactly this.
  const worker = url
    ? new Worker(url, { type: 'module' })
    : new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => ears.message(data);
  worker.onerror = (event) => {
    event.preventDefault(); // the error goes to whoever asked, not to the console
    ears.failure(event.message || 'its script could not be loaded');
  };
  return {
    post: (message, buffers) => worker.postMessage(message, buffers),
    end: () => worker.terminate(),
    hold() {},
  };
}

/** @param {Ears} ears @param {string} [url] @returns {Thread} */
function startOfNode(ears, url = import.meta.url.replace(/[^/]*$/, 'worker.js')) {
  // This program's own arguments may be none for a script of ours, as those of `node -e`.
  const worker = new (ofNode())(new URL(url), { execArgv: [] });
  worker.on('message', ears.message);
  worker.on('error', (/** @type {Error} */ error) => ears.failure(error.message));
  worker.unref();
  return {
    post: (message, buffers) => worker.postMessage(message, buffers),
    end: () => worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}
