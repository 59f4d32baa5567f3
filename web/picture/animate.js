// Frames as one SVG that plays by itself, also inside an <img>. What stays is drawn once; only cells and words that
// change are drawn again, for the frames in which they are so. By CSS key frames: where nothing moves (readers who
// ask for less motion, programs without CSS animation) the last frame stands.

import { coloursOf } from './colours.js';
import { layoutOf } from './layout.js';
import { gridAt, painter, storyText, wholePicture } from './svg.js';

/**
 * @typedef {import('./figure.js').Figure} Figure
 * @typedef {import('./layout.js').PlacedGrid} PlacedGrid
 */

/**
 * @param {Figure[]} frames of one state, the last one whole
 * @param {{ theme?: import('./colours.js').Theme, width?: number, delays: number[] }} options `delays`: milliseconds of each frame
 * @returns {string}
 */
export function toAnimatedSvg(frames, { theme = 'light', width = 720, delays }) {
  const place = layoutOf(frames, { width });
  const c = coloursOf(theme);
  const paint = painter(c, theme);
  const last = frames[frames.length - 1];

  /** What is drawn in which frames. @type {Map<string, Map<PlacedGrid, Map<number, number[]>>>} */
  const changes = new Map();
  const grids = place.grids.map((at) => {
    const all = frames.map((f) => gridAt(f, at));
    const final = all[all.length - 1];
    for (let i = 0; i < final.bits.length; i++)
      for (const [when, frame] of momentsOf(all, i, at.numbers)) {
        const maps = changes.get(when) ?? new Map();
        changes.set(when, maps);
        const cells = maps.get(at) ?? new Map();
        maps.set(at, cells);
        cells.set(frame, [...(cells.get(frame) ?? []), i]);
      }
    return paint.grid(at, final);
  });
  const stories = frames.map((f) => storyText(place, f, c));
  /** @type {Map<string, number[]>} */
  const told = new Map();
  for (const [n, story] of stories.entries()) told.set(story, [...(told.get(story) ?? []), n]);

  const times = [0];
  for (const delay of delays) times.push(times[times.length - 1] + delay);
  const total = times[times.length - 1];
  const name = `c${hash(stories.join('') + grids.join('') + delays.join())}`;
  /** @type {string[]} */
  const rules = [];
  const percent = (/** @type {number} */ frame) => `${+((100 * times[frame]) / total).toFixed(3)}%`;
  /** The class of what is visible in these runs of frames only. @param {number[][]} runs @param {boolean} [rest] visible also where nothing moves */
  const visibleIn = (runs, rest = false) => {
    const key = `${name}-${rules.length}`;
    const on = runs.some(([from]) => from === 0);
    const stops = [`0%{visibility:${on ? 'visible' : 'hidden'}}`];
    for (const [from, to] of runs) {
      if (from) stops.push(`${percent(from)}{visibility:visible}`);
      if (to < frames.length) stops.push(`${percent(to)}{visibility:hidden}`);
    }
    rules.push(`@keyframes ${key}{${stops.join('')}}.${key}{animation-name:${key}}`);
    return `${name}${rest ? 'r' : ''} ${key}`;
  };
  const overlays = [...changes].map(([when, maps]) => {
    const drawn = [...maps].flatMap(([at, cells]) =>
      [...cells].map(([frame, list]) => paint.grid(at, gridAt(frames[frame], at), list)),
    );
    return `<g class="${visibleIn(when.split(' ').map((run) => run.split('-').map(Number)))}">${drawn.join('')}</g>`;
  });
  const words = [...told].flatMap(([story, at]) =>
    story
      ? [
          `<g class="${visibleIn(runsOf(at), at[at.length - 1] === frames.length - 1)}">${story}</g>`,
        ]
      : [],
  );
  const animation = `animation-duration:${total}ms;animation-timing-function:step-end;animation-iteration-count:infinite`;
  const style = `<style>.${name},.${name}r{${animation}}.${name}{visibility:hidden}${rules.join('')}@media (prefers-reduced-motion:reduce){.${name},.${name}r{animation-name:none!important}}</style>\n`;
  return wholePicture(place, { ...last, legend: legendOf(frames), story: [] }, c, theme, {
    maps: [...grids, ...overlays].join('\n'),
    story: words.join('\n'),
    style,
  });
}

/**
 * How one cell differs from its last look: for each other look the runs of frames "from-to from-to" in which it has
 * it (`to` excluded), and one frame to draw it from.
 * @param {import('./figure.js').Grid[]} all the grid in each frame @param {number} i @param {boolean} numbers
 * @returns {[string, number][]}
 */
function momentsOf(all, i, numbers) {
  const look = (/** @type {import('./figure.js').Grid} */ g) =>
    numbers
      ? `${g.bits[i]} ${g.tones?.[i]} ${g.texts?.[i]}`
      : `${g.bits[i]} ${g.bits[i] & 128 ? '' : g.values[i]}`;
  const final = look(all[all.length - 1]);
  /** @type {Map<string, number[]>} */
  const other = new Map();
  for (const [n, grid] of all.entries()) {
    const now = look(grid);
    if (now === final) continue;
    const frames = other.get(now);
    if (frames) frames.push(n);
    else other.set(now, [n]);
  }
  return [...other.values()].map((frames) => [
    runsOf(frames)
      .map((run) => run.join('-'))
      .join(' '),
    frames[0],
  ]);
}

/** Frames in order as runs [from, to), `to` excluded. @param {number[]} frames */
function runsOf(frames) {
  /** @type {number[][]} */
  const runs = [];
  for (const n of frames) {
    const run = runs[runs.length - 1];
    if (run && run[1] === n) run[1]++;
    else runs.push([n, n + 1]);
  }
  return runs;
}

/** Every mark that some frame has. @param {Figure[]} frames */
const legendOf = (frames) =>
  /** @type {const} */ (['lit', 'padding', 'inserted', 'cut']).filter((mark) =>
    frames.some((f) => f.legend.includes(mark)),
  );

/** FNV-1a: names that do not meet those of another picture in the same page. @param {string} text */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}
