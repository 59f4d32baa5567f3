// The dialog that offers the current state to other pages. Loaded when somebody first asks for it.

import { render } from 'lit';
import './styles/share.css';
import { createDialog } from './dialog.js';
import { attributesOf } from './state/attributes/write.js';
import { SHARE_VIEWS, shareText } from './state/share.js';
import { share } from './views/share.js';
import { titleOf } from './views/title.js';

/**
 * @typedef {object} Shared what the page shows of a stack
 * @property {'stack'} of
 * @property {Content|null} content null: nothing can be computed
 * @typedef {{ title: string, own: Record<string, string> }} Content its name, and the attributes of an element that shows it
 */

/** The same of one layer. @param {import('./model.js').Model} model @returns {Content|null} */
const contentOf = (model) =>
  model.stale || !model.result ? null : { title: titleOf(model), own: attributesOf(model.state) };

/**
 * Opens the dialog; it goes when it is closed.
 * @param {HTMLElement} host where the dialog is put
 * @param {import('./model.js').Model|Shared} shown what the page shows
 * @param {{ link: string, home: string, lang: string, opener: Element|null }} page see ShareFrom; `opener` gets the focus
 *   back
 */
export function createShare(host, shown, { opener, ...page }) {
  const { of, content } =
    'of' in shown ? shown : { of: /** @type {const} */ ('layer'), content: contentOf(shown) };
  const from = { ...page, title: content?.title ?? '' };
  const dialog = createDialog(host, 'share', opener);

  /** @type {import('./views/share.js').ShareModel} */
  let model = {
    of,
    kind: 'link',
    look: { views: SHARE_VIEWS[of][0], theme: 'auto', readonly: false },
    copied: null,
    stale: !content,
  };
  const update = (/** @type {Partial<typeof model>} */ change) => {
    model = { ...model, ...change };
    const text = content ? shareText(model.kind, content.own, from, model.look) : '';
    render(share(model, text, ctx), dialog);
  };
  /** @type {import('./views/share.js').ShareContext} */
  const ctx = {
    choose: (kind) => update({ kind, copied: null }),
    look: (change) => update({ look: { ...model.look, ...change }, copied: null }),
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
