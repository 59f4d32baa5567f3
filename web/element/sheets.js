// The page's own style sheets for a shadow tree: constructed once, shared by all figures, allowed by the strictest
// policy for styles.

import text from '../styles/element.css?inline';

/** @type {CSSStyleSheet|null} */
let sheet = null;

/** @param {ShadowRoot} root */
export function adoptStyles(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
  }
  root.adoptedStyleSheets = [sheet];
}
