// The page's own style sheets for a shadow tree: constructed once, shared by all figures, allowed by the strictest
// policy for styles.

import text from '../styles/element.css?inline';

/** By their text. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** @param {string} css */
function sheetOf(css) {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  return sheet;
}

/** @param {ShadowRoot} root @param {string[]} more texts of sheets that come with a kind of figure */
export function adoptStyles(root, ...more) {
  root.adoptedStyleSheets = [text, ...more].map(sheetOf);
}
