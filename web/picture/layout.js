// Where everything in a picture goes. Cells are as large as the width allows, and of one size in the whole picture,
// so that maps can be compared; what has too many cells for readable numbers is drawn in colours alone.

import { t } from '../i18n/index.js';
import { widthOf, wrap, wrapRuns } from './text.js';

/**
 * @typedef {import('./figure.js').Figure} Figure
 * @typedef {import('./figure.js').MapItem} MapItem
 * @typedef {import('./figure.js').Sign} Sign
 * @typedef {typeof FLOWS[number]} Flow
 * @typedef {Pick<Layout, 'grids'|'texts'|'rules'|'scales'>} Drawn
 * @typedef {{ x: number, y: number, cw: number, ch: number, fs: number, item: MapItem, numbers: boolean,
 *   line: number, at: number }} PlacedGrid  the grid is `item.lines[line][at]`, also in other frames
 * @typedef {{ x: number, y: number, size: number, text: string, role: 'title'|'facts'|'heading'|'label'|'sign'|'small'|'caption',
 *   anchor: 'start'|'middle', kind?: MapItem['kind'] }} PlacedText
 * @typedef {{ width: number, height: number, pad: number, grids: PlacedGrid[], texts: PlacedText[],
 *   rules: { y: number }[], story: { x: number, y: number, size: number, leading: number, width: number },
 *   legend: { x: number, y: number }, credit: { x: number, y: number }, scales: { x: number, y: number, width: number, item: MapItem }[] }} Layout
 */

/** How the channels of a map lie: as the page has them, turned, or one after the other. */
const FLOWS = /** @type {const} */ (['rows', 'columns', 'free']);
/** What a row loses of its worth by each line break. */
const BREAK = { equation: 0.6, way: 0.85 };
const LEADING = 18;
const GAP = 12;
const LABEL = 38;
const CAPTION = 17;
const SIGN = { width: 46, size: 26 };
const LEGEND_SWATCH = 15;
/** Smallest cell in which a number can still be read. */
const SMALLEST = 22;
/** Maps of more cells are drawn in colours alone in a picture. */
const MOST_CELLS = 420;

/**
 * @param {Figure[]} figures frames of one animation, or a single one: the layout fits them all
 * @param {{ width: number }} options in px
 * @returns {Layout}
 */
export function layoutOf(figures, { width }) {
  const [first] = figures;
  const pad = width >= 1000 ? 40 : 28;
  const inner = width - 2 * pad;
  const longest = longestTexts(figures);
  const maps = first.rows.flatMap((row) =>
    row.units.flat().flatMap((item) => (item.type === 'map' ? [item] : [])),
  );
  const colours = new Set(
    maps
      .filter((m) => m.lines[0]?.some((g) => !g.texts || g.rows * g.cols > MOST_CELLS))
      .map((m) => m.name),
  );
  const largest = width >= 1000 ? 54 : 44;
  const sizes = Array.from({ length: (largest - SMALLEST) / 2 + 1 }, (_, i) => largest - 2 * i);
  for (;;) {
    const best = sizes
      .map((size) => arrange(first, { inner, size, colours, longest, pad }))
      .filter((layout) => layout.fits)
      .map((layout) => ({ layout, worth: worthOf(layout, width) }))
      .reduce((a, b) => (a && a.worth >= b.worth ? a : b), /** @type {any} */ (null));
    if (best) return finish(best.layout, figures, { width, pad, inner });
    // Not even the smallest cells fit: the widest map gives up its numbers.
    const widest = maps
      .filter((m) => !colours.has(m.name))
      .sort((a, b) => cellsAcross(b) - cellsAcross(a))[0];
    if (!widest) {
      const how = { inner, size: SMALLEST, colours, longest, pad };
      return finish(arrange(first, how), figures, { width, pad, inner });
    }
    colours.add(widest.name);
  }
}

/** Large cells are good, broken rows are not, least of all in the equation; nor is a picture that fills a phone twice. @param {ReturnType<typeof arrange>} layout @param {number} width */
function worthOf({ size, breaks, height }, width) {
  const most = 1.1 * width;
  return (
    size *
    BREAK.equation ** breaks.equation *
    BREAK.way ** breaks.way *
    (height > most ? 0.5 * (most / height) : 1)
  );
}

/** @param {MapItem} map */
const cellsAcross = (map) => Math.max(0, ...map.lines.map((l) => (l[0] ? l[0].cols : 0)));

/** The longest number of each map, over all frames. @param {Figure[]} figures */
function longestTexts(figures) {
  /** @type {Record<string, number>} */
  const longest = {};
  for (const { rows } of figures)
    for (const item of rows.flatMap((row) => row.units.flat()))
      if (item.type === 'map')
        for (const grid of item.lines.flat())
          for (const text of grid.texts ?? [])
            if (text.length > (longest[item.name] ?? 1)) longest[item.name] = text.length;
  return longest;
}

/**
 * @typedef {{ inner: number, pad: number, size: number, colours: Set<string>, longest: Record<string, number> }} How
 */

/** The maps of a figure in rows from y = 0. @param {Figure} figure @param {How} how */
function arrange(figure, how) {
  /** @type {Drawn} */
  const drawn = { grids: [], texts: [], rules: [], scales: [] };
  const breaks = { equation: 0, way: 0 };
  let y = 0;
  let fits = true;
  for (const row of figure.rows) {
    if (row.heading) {
      drawn.rules.push({ y: y + 26 });
      drawn.texts.push({
        ...{ x: how.pad, y: y + 56, size: 16, text: row.heading },
        ...{ role: 'heading', anchor: 'start' },
      });
      y += 76;
    }
    const kind = row.heading ? 'way' : 'equation';
    // Channels of kernels and of all else lie as it suits this row: on few lines, and low.
    const cost = (/** @type {Lines} */ l) => l.height / BREAK[kind] ** (2 * (l.lines.length - 1));
    const best = flowsFor(row)
      .map(([maps, kernels]) => linesOf(row, how, maps, kernels))
      .reduce((a, b) => (a.fits === b.fits ? (cost(b) < cost(a) ? b : a) : a.fits ? a : b));
    fits &&= best.fits;
    breaks[kind] += best.lines.length - 1;
    for (const line of best.lines) {
      let x = how.pad + Math.max(0, (how.inner - line.width) / 2);
      const middle = y + LABEL + line.body / 2;
      for (const { before, boxes } of line.units) {
        x += before;
        for (const box of boxes) {
          place(drawn, box, x, middle);
          x += box.width;
        }
      }
      y += LABEL + line.body + LEADING;
    }
    y -= LEADING;
  }
  return { ...drawn, height: y, fits, breaks, size: how.size };
}

/** The ways to lay the channels of this row: one, where no map has several. @param {import('./figure.js').Row} row @returns {[Flow, Flow][]} maps, kernels */
function flowsFor(row) {
  const several = (/** @type {boolean} */ kernel) =>
    row.units
      .flat()
      .some(
        (m) => m.type === 'map' && (m.kind === 'kernel') === kernel && m.lines.flat().length > 1,
      );
  const [maps, kernels] = [several(false), several(true)].map((many) =>
    many ? FLOWS : FLOWS.slice(0, 1),
  );
  return maps.flatMap((m) => kernels.map((k) => /** @type {[Flow, Flow]} */ ([m, k])));
}

/**
 * @typedef {{ height: number, fits: boolean, lines: { width: number, body: number,
 *   units: { before: number, boxes: (SignBox|MapBox)[] }[] }[] }} Lines
 */

/** A row broken into lines between its units. @param {import('./figure.js').Row} row @param {How} how @param {Flow} maps @param {Flow} kernels @returns {Lines} */
function linesOf(row, how, maps, kernels) {
  /** @type {Lines['lines']} */
  const lines = [];
  let fits = true;
  for (const unit of row.units) {
    const boxes = unit.map((item) =>
      item.type === 'sign'
        ? { sign: item, width: SIGN.width + (item.text.length - 1) * 14, body: 0 }
        : boxOf(item, how, item.kind === 'kernel' ? kernels : maps),
    );
    const width = boxes.reduce((sum, b) => sum + b.width, 0);
    if (width > how.inner) fits = false;
    const body = Math.max(...boxes.map((b) => b.body));
    const line = lines[lines.length - 1];
    const before = line && !('sign' in boxes[0]) ? 30 : 0;
    if (line && line.width + before + width <= how.inner) {
      line.units.push({ before, boxes });
      line.width += before + width;
      line.body = Math.max(line.body, body);
    } else lines.push({ width, body, units: [{ before: 0, boxes }] });
  }
  const height = lines.reduce((sum, line) => sum + LABEL + line.body + LEADING, -LEADING);
  return { lines, fits, height };
}

/**
 * @typedef {{ width: number, body: number, sign: Sign }} SignBox
 * @typedef {{ width: number, body: number, item: MapItem, numbers: boolean, cw: number, ch: number, fs: number,
 *   scale: boolean, grids: { x: number, y: number, w: number, h: number, line: number, at: number, caption: string }[] }} MapBox
 */

/** A map's grids, relative to its own corner below the label. @param {MapItem} item @param {How} how @param {Flow} flow @returns {MapBox} */
function boxOf(item, { size, inner, colours, longest }, flow) {
  const numbers = !colours.has(item.name);
  const sample = item.lines[0]?.[0] ?? { rows: 0, cols: 0 };
  const many = item.lines.flat().length;
  const fs = Math.max(9.5, Math.min(20, size * 0.42));
  const side = Math.max(sample.rows, sample.cols, 1);
  const room = (inner * (many > 4 ? 0.2 : many > 1 ? 0.26 : 0.31)) / side;
  const ch = numbers ? size : Math.min(size, room >= 2 ? Math.floor(room) : Math.max(1, room));
  const cw = numbers
    ? Math.max(size, Math.ceil((longest[item.name] ?? 1) * fs * 0.62 + size * 0.22))
    : ch;
  const [w, h] = [sample.cols * cw + 1, sample.rows * ch + 1];
  const captioned = item.lines.flat().some((g) => g.caption);
  const across = Math.max(w, captioned ? widthOf(sample.caption ?? '') * 11.5 : 0);
  const stepX = across + GAP;
  const stepY = h + (captioned ? CAPTION : 0) + GAP;
  const lines = item.lines.map((l, o) => l.map((_, i) => [o, i]));
  const groups = { rows: lines, columns: turned(item.lines), free: [lines.flat()] }[flow];
  const most = Math.max(1, Math.floor((inner - 2 * SIGN.width + GAP) / stepX));
  const square = Math.ceil(Math.sqrt((many * 1.5 * stepY) / stepX));
  const perLine = flow === 'free' ? Math.min(most, square) : most;
  /** @type {MapBox['grids']} */
  const grids = [];
  let y = 0;
  let right = 0;
  for (const group of groups) {
    for (const [n, [line, at]] of group.entries()) {
      if (n && n % perLine === 0) y += stepY;
      const x = (n % perLine) * stepX;
      const { caption } = item.lines[line][at];
      grids.push({ x: x + (across - w) / 2, y, w, h, line, at, caption });
      right = Math.max(right, x + across);
    }
    y += stepY;
  }
  const scale = item.largest > 0 && (!numbers || item.lines.some((l) => l.some((g) => g.tones)));
  const body = Math.max(0, y - GAP) + (scale ? 22 : 0);
  const label = Math.max(widthOf(item.label, true) * 15, widthOf(item.size) * 12.5) + 4;
  const width = Math.max(right, label);
  for (const grid of grids) grid.x += (width - right) / 2;
  return { width, body, item, numbers, cw, ch, fs, grids, scale };
}

/** The first channel of each line, then the second of each. @param {MapItem['lines']} lines */
const turned = (lines) =>
  (lines[0] ?? []).map((_, i) => lines.map((_, o) => [o, i]).filter(([o]) => lines[o][i]));

/** @param {Pick<Layout, 'grids'|'texts'|'scales'>} drawn @param {SignBox|MapBox} box @param {number} x @param {number} middle */
function place(drawn, box, x, middle) {
  const centre = x + box.width / 2;
  if ('sign' in box) {
    const { text } = box.sign;
    const glyph = { x: centre, y: middle + SIGN.size * 0.34, size: SIGN.size, text };
    drawn.texts.push({ ...glyph, role: 'sign', anchor: 'middle' });
    return;
  }
  const { item, cw, ch, fs, numbers } = box;
  const top = middle - box.body / 2;
  drawn.texts.push({
    ...{ x: centre, y: top - 25, size: 15, text: item.label },
    ...{ role: 'label', anchor: 'middle', kind: item.kind },
  });
  drawn.texts.push({
    ...{ x: centre, y: top - 8, size: 12.5, text: item.size },
    ...{ role: 'small', anchor: 'middle' },
  });
  for (const g of box.grids) {
    const at = { x: round(x + g.x), y: round(top + g.y) };
    drawn.grids.push({ ...at, cw, ch, fs, item, numbers, line: g.line, at: g.at });
    if (g.caption)
      drawn.texts.push({
        ...{ x: at.x + g.w / 2, y: at.y + g.h + 13, size: 11.5, text: g.caption },
        ...{ role: 'small', anchor: 'middle' },
      });
  }
  if (box.scale)
    drawn.scales.push({ x: round(centre - 60), y: round(top + box.body - 12), width: 120, item });
}

/** Cells keep to whole pixels, and their lines to the middle of one. @param {number} v */
const round = (v) => Math.round(v) + 0.5;

/**
 * Words above and below the maps.
 * @param {ReturnType<typeof arrange>} maps @param {Figure[]} figures
 * @param {{ width: number, pad: number, inner: number }} page @returns {Layout}
 */
function finish(maps, figures, { width, pad, inner }) {
  const [{ title, facts, caption, legend: firstLegend }] = figures;
  /** @type {PlacedText[]} */
  const texts = [];
  let y = pad;
  const put = (
    /** @type {string[]} */ lines,
    /** @type {number} */ size,
    /** @type {'title'|'facts'|'caption'} */ role,
  ) => {
    for (const text of lines) {
      y += size * 1.3;
      texts.push({ x: pad, y: y - size * 0.3, size, text, role, anchor: 'start' });
    }
  };
  put(wrap(title, inner / 24, true), 24, 'title');
  if (title) y += 3;
  put(wrap(facts, inner / 14.5), 14.5, 'facts');
  y += 26;
  const shift = y;
  y += maps.height;
  const size = 16;
  const leading = 25;
  const storyLines = Math.max(...figures.map((f) => wrapRuns(f.story, inner / size).length));
  const story = { x: pad, y: y + 40, size, leading, width: inner / size };
  y += storyLines ? 26 + storyLines * leading : 8;
  if (caption) {
    y += 10;
    put(wrap(caption, inner / 15), 15, 'caption');
  }
  const legendWidth = (firstLegend.length ? figures : [figures[0]])
    .flatMap((f) => f.legend)
    .filter((name, n, all) => all.indexOf(name) === n)
    .reduce((sum, name) => sum + legendEntryWidth(name), 0);
  const creditWidth = widthOf(t('figure.credit')) * 12;
  y += 34;
  const legend = { x: pad, y };
  if (legendWidth + creditWidth > inner) y += 22;
  const credit = { x: width - pad, y };
  const grids = maps.grids.map((g) => ({ ...g, y: g.y + Math.round(shift) }));
  const moved = (/** @type {{ y: number }} */ part) => part.y + Math.round(shift);
  return {
    width,
    height: Math.ceil(y + pad * 0.72),
    pad,
    grids,
    texts: [...texts, ...maps.texts.map((text) => ({ ...text, y: moved(text) }))],
    rules: maps.rules.map((rule) => ({ y: Math.round(moved(rule)) + 0.5 })),
    scales: maps.scales.map((scale) => ({ ...scale, y: moved(scale) })),
    story,
    legend,
    credit,
  };
}

/** @param {Figure['legend'][number]} name */
export const legendEntryWidth = (name) =>
  LEGEND_SWATCH + 6 + widthOf(t(`figure.legend.${name}`)) * 12.5 + 18;
