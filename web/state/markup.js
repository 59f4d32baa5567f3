// Text made safe for XML and HTML.

const ENTITIES = /** @type {Record<string, string>} */ ({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

/** Text for an element or an attribute; characters that XML has no place for become a replacement sign. @param {string} text */
export const escapeXml = (text) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML refuses
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITIES[c]);
