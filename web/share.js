// The dialog that offers the current state to other pages. Loaded when somebody first asks for it.

import { render } from 'lit';
import './styles/share.css';
import { createDialog } from './dialog.js';
import { shareText } from './state/share.js';
import { share } from './views/share.js';
import { titleOf } from './views/title.js';

/**
 * Opens the dialog; it goes when it is closed.
 * @param {HTMLElement} host where the dialog is put
 * @param {import('./model.js').Model} model what the page shows
 * @param {{ link: string, home: string, lang: string, opener: Element|null }} page see ShareFrom; `opener` gets the focus
 *   back
 */
export function createShare(host, model, { opener, ...page }) {
  const stale = model.stale || !model.result;
  const from = { ...page, title: stale ? '' : titleOf(model) };
  const dialog = createDialog(host, 'share', opener);

  /** @type {import('./views/share.js').ShareModel} */
  let shown = {
    kind: 'link',
    look: { views: 'all', theme: 'auto', readonly: false },
    copied: null,
    stale,
  };
  const update = (/** @type {Partial<typeof shown>} */ change) => {
    shown = { ...shown, ...change };
    const text = stale ? '' : shareText(shown.kind, model.state, from, shown.look);
    render(share(shown, text, ctx), dialog);
  };
  /** @type {import('./views/share.js').ShareContext} */
  const ctx = {
    choose: (kind) => update({ kind, copied: null }),
    look: (change) => update({ look: { ...shown.look, ...change }, copied: null }),
    copy: (text) =>
      navigator.clipboard.writeText(text).then(
        () => update({ copied: true }),
        () => update({ copied: false }),
      ),
    close: () => dialog.close(),
  };

  update({});
  dialog.showModal();
}
