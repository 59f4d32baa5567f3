// What the page remembers of its reader from one visit to the next, where storage is not switched off.

/** @param {string} key @returns {string|null} */
export function saved(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function save(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // then the choice lasts as long as the page
  }
}
