// Copies texts, and says for a moment which it was.

/** Milliseconds for which a button says that it has copied. */
const COPIED = 2000;

/** @param {() => void} changed is called when `copied` becomes another */
export function createCopier(changed) {
  /** @type {string|null} */
  let copied = null;
  let timer = 0;
  return {
    /** What has just been copied. */
    get copied() {
      return copied;
    },
    /** @param {string} what the name that `copied` gets @param {string} text */
    async copy(what, text) {
      await navigator.clipboard?.writeText(text).catch(() => {});
      copied = what;
      changed();
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        copied = null;
        changed();
      }, COPIED);
    },
    stop: () => clearTimeout(timer),
  };
}
