// What waits for the other thread: one task at a time, in the order in which they were asked for. Taking one back that
// is being computed ends the thread, and the next task starts a fresh one: nothing else can stop a long loop.
import { startThread } from './thread.js';

/** @typedef {import('./background.js').Watching} Watching */

/**
 * @typedef {object} Job
 * @property {(thread: object) => { message: import('./worker.js').Task, buffers: ArrayBuffer[] }} write for that thread
 * @property {() => any} inPlace the same in this thread, where there is no other
 * @property {(share: number) => void} onProgress told only what is more than before
 * @property {(value: any) => void} resolve
 * @property {(reason: unknown) => void} reject
 */

/**
 * @param {(refusal: import('./error.js').Refusal) => Error} refused makes the error of a refusal
 * @param {string} [url] of the worker's script
 */
export function createQueue(refused, url) {
  /** @type {Job[]} */
  const waiting = [];
  /** @type {Job | null} */
  let current = null;
  /** @type {import('./thread.js').Thread | null} */
  let thread = null;
  let isReady = false;
  /** where a worker's script cannot be loaded, as under a policy that forbids it */
  let isAlone = false;

  const end = () => {
    thread?.end();
    thread = null;
    isReady = false;
  };

  /** @param {(job: Job) => void} settle */
  const finish = (settle) => {
    const job = current;
    current = null;
    thread?.hold(false);
    try {
      if (job) settle(job);
    } finally {
      next(); // whatever a listener of somebody else's does
    }
  };

  /** @param {Job} job */
  const computeHere = ({ inPlace, onProgress, resolve, reject }) => {
    let value;
    try {
      value = inPlace();
    } catch (error) {
      reject(error);
      return;
    }
    resolve(value);
    onProgress(1);
  };

  /** @param {string} reason */
  const failed = (reason) => {
    isAlone = !isReady;
    end();
    if (isAlone) finish(computeHere);
    else finish(({ reject }) => reject(new Error(`The background worker stopped: ${reason}`)));
  };

  /** @param {import('./worker.js').Told} told */
  const hear = (told) => {
    if ('ready' in told) {
      isReady = true;
      send();
    } else if ('share' in told) {
      current?.onProgress(told.share);
    } else if ('value' in told) {
      finish(({ onProgress, resolve }) => {
        resolve(told.value);
        onProgress(1);
      });
    } else {
      const error = 'refusal' in told ? refused(told.refusal) : new Error(told.failure);
      finish(({ reject }) => reject(error));
    }
  };

  const send = () => {
    if (!current || !thread) return;
    const { message, buffers } = current.write(thread);
    thread.post(message, buffers);
  };

  const begin = () => {
    // What a thread said before its end may still arrive after it.
    const now = (/** @type {(told: any) => void} */ take) => (/** @type {any} */ told) =>
      thread === begun && take(told);
    const begun = startThread({ message: now(hear), failure: now(failed) }, url);
    return begun;
  };

  const next = () => {
    if (current) return;
    current = waiting.shift() ?? null;
    if (!current) return;
    if (isAlone) {
      finish(computeHere);
      return;
    }
    try {
      thread ??= begin();
    } catch (error) {
      failed(String(error));
      return;
    }
    thread.hold(true);
    if (isReady) send();
  };

  return {
    /** @param {Pick<Job, 'write' | 'inPlace'> & { watching: Watching }} asked @returns {Promise<any>} */
    ask({ write, inPlace, watching: { signal, onProgress } }) {
      let told = 0;
      return new Promise((resolve, reject) => {
        const unlisten = () => signal?.removeEventListener('abort', cancel);
        /** @type {Job} */
        const job = {
          ...{ write, inPlace },
          onProgress: (share) => {
            if (share <= told) return;
            told = share;
            onProgress?.(share);
          },
          resolve: (value) => {
            unlisten();
            resolve(value);
          },
          reject: (reason) => {
            unlisten();
            reject(reason);
          },
        };
        const cancel = () => {
          if (job === current) {
            end();
            finish(() => job.reject(signal?.reason));
          } else {
            waiting.splice(waiting.indexOf(job), 1);
            job.reject(signal?.reason);
          }
        };
        signal?.addEventListener('abort', cancel, { once: true });
        waiting.push(job);
        next();
      });
    },
    /** Without an answer, if there is a thread that is not busy with something else. @param {(thread: object) => import('./worker.js').Task | null} write */
    tell(write) {
      const message = thread && write(thread);
      if (thread && message) thread.post(message, []);
    },
    /** Rejects all that waits. @param {unknown} reason */
    close(reason) {
      end();
      for (const job of [current, ...waiting.splice(0)]) job?.reject(reason);
      current = null;
    },
  };
}
