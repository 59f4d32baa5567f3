// Copies texts, and says for a moment which it was.

/** Milliseconds for which a button says that it has copied. */
const COPIED = 2000;

/**
 * Where the clipboard is closed, as in a frame of another site or without https, by the way of old browsers.
 * @param {string} text @returns {Promise<boolean>} whether it is in the clipboard
 */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const back = document.activeElement;
    const box = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
    box.style.cssText = 'position: fixed; opacity: 0';
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    return done;
  }
}

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
      if (!(await written(text))) return;
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
