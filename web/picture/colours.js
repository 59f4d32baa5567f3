// The colours of pictures. A picture stands alone, without the page's style sheet, so it carries them itself; a test
// holds them equal to styles/tokens.css and styles/grid.css.

/** @typedef {'light'|'dark'} Theme */

/** Each as [light, dark], by the name of the custom property in tokens.css. */
export const TOKENS = /** @type {const} */ ({
  bg: ['#f5f6f8', '#0f1419'],
  card: ['#ffffff', '#182028'],
  ink: ['#16202b', '#e8edf2'],
  soft: ['#55616e', '#a3b0bd'],
  line: ['#d9dee4', '#2e3944'],
  'line-strong': ['#8b96a3', '#66737f'],
  input: ['#005a8f', '#7cc7f5'],
  'input-bg': ['#e3f1fa', '#12344a'],
  'input-fill': ['#0072b2', '#57b4ea'],
  kernel: ['#7d4a00', '#f3bd58'],
  'kernel-bg': ['#fdf0d9', '#3d2b0c'],
  'kernel-fill': ['#eda01a', '#f0ad32'],
  output: ['#00634a', '#63d3ac'],
  'output-bg': ['#dff4ec', '#0e3a2d'],
  'output-fill': ['#00855f', '#3fbf93'],
  minus: ['#7b3294', '#c79be0'],
  void: ['#6b7682', '#93a0ac'],
  'void-bg': ['#f0f2f4', '#1d262e'],
  hatch: ['#d5dae0', '#36424d'],
  'on-input': ['#ffffff', '#06202f'],
  'on-kernel': ['#2b1a00', '#2b1a00'],
  'on-output': ['#ffffff', '#04231a'],
});

/** The lines between cells, by the class of the grid in grid.css. */
export const CELL_LINES = /** @type {const} */ ({
  input: ['#9cc6e2', '#2f6688'],
  kernel: ['#e2bd7c', '#7a5a1c'],
  output: ['#8ccdb6', '#26735b'],
  padded: ['#a9c4d6', '#365b73'],
});

/** The middle of a map drawn in colours alone, from grid.css. */
export const HEAT_ZERO = /** @type {const} */ (['#f7f8f9', '#10161c']);

/** @typedef {Record<keyof typeof TOKENS, string> & { heatZero: string, lines: Record<keyof typeof CELL_LINES, string> }} Colours */

/** @param {Theme} theme @returns {Colours} */
export function coloursOf(theme) {
  const n = theme === 'dark' ? 1 : 0;
  const pick = (/** @type {Record<string, readonly string[]>} */ table) =>
    Object.fromEntries(Object.entries(table).map(([name, pair]) => [name, pair[n]]));
  return /** @type {any} */ ({ ...pick(TOKENS), lines: pick(CELL_LINES), heatZero: HEAT_ZERO[n] });
}

/** `share` of one colour over another, as CSS mixes them in sRGB. @param {string} over @param {number} share 0 to 1 @param {string} under */
export function mix(over, share, under) {
  const channel = (/** @type {string} */ c, /** @type {number} */ at) =>
    Number.parseInt(c.slice(1 + at * 2, 3 + at * 2), 16);
  return `#${[0, 1, 2]
    .map((at) => Math.round(channel(over, at) * share + channel(under, at) * (1 - share)))
    .map((v) => v.toString(16).padStart(2, '0'))
    .join('')}`;
}
