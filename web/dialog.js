// A dialog over the page, which goes when it is closed: what those have in common that are loaded when asked for.

/**
 * Puts a dialog there; `showModal()` is for its owner to call, once it is drawn.
 * @param {HTMLElement} host where it is put
 * @param {string} name of its class and, with "-title", the id of its heading
 * @param {Element|null} opener gets the focus back
 * @param {() => void} [closed] called before it goes
 */
export function createDialog(host, name, opener, closed) {
  // A double click asks for it twice.
  const before = host.querySelector(`:scope > dialog.${name}-dialog`);
  /** @type {HTMLDialogElement|null} */ (before)?.close();
  const dialog = document.createElement('dialog');
  dialog.className = `dialog ${name}-dialog`;
  dialog.setAttribute('aria-labelledby', `${name}-title`);
  // The second click of a double click on the opener falls beside the dialog, and is not meant to close it.
  dialog.addEventListener('click', (e) => e.target === dialog && e.detail < 2 && dialog.close());
  // Keys meant for the dialog are none of the page's.
  dialog.addEventListener('keydown', (e) => e.stopPropagation());
  dialog.addEventListener('close', () => {
    closed?.();
    dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  host.append(dialog);
  return dialog;
}
