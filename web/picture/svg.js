// A figure as SVG text that stands alone: its own colours, no script, no style sheet, no reference to anything outside.

import { currentLanguage, LANGUAGES, sentences, t } from '../i18n/index.js';
import { escapeXml } from '../state/markup.js';
import { arc } from '../views/arrows.js';
import { MARK } from '../views/cells.js';
import { formatAlone } from '../views/format.js';
import { coloursOf } from './colours.js';
import { layoutOf, legendEntryWidth } from './layout.js';
import { family, heatOf, lookOf, PATTERNS } from './look.js';
import { wrapRuns } from './text.js';

/**
 * @typedef {import('./figure.js').Figure} Figure
 * @typedef {import('./figure.js').Grid} Grid
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./layout.js').PlacedGrid} PlacedGrid
 * @typedef {import('./colours.js').Colours} Colours
 * @typedef {{ theme?: import('./colours.js').Theme, width?: number, layout?: Layout }} Options  `width` in px
 */

const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif";

/** @param {Figure} figure @param {Options} [options] @returns {string} */
export function toSvg(figure, { theme = 'light', width = 720, layout } = {}) {
  const place = layout ?? layoutOf([figure], { width });
  const c = coloursOf(theme);
  const paint = painter(c, theme);
  const grids = place.grids.map((g) => paint.grid(g, gridAt(figure, g))).join('');
  return wholePicture(place, figure, c, theme, {
    maps: grids,
    story: storyText(place, figure, c),
    style: '',
  });
}

/** The grid that a place is for, in this figure: frames of an animation share their places. @param {Figure} figure @param {PlacedGrid} place @returns {Grid} */
export function gridAt(figure, { item, line, at }) {
  for (const row of figure.rows)
    for (const other of row.units.flat())
      if (other.type === 'map' && other.name === item.name && other.label === item.label)
        return other.lines[line][at];
  throw new Error(`no map "${item.name}"`);
}

/**
 * The picture around its maps.
 * @param {Layout} place @param {Figure} figure @param {Colours} c @param {string} theme
 * @param {{ maps: string, story: string, style: string }} parts
 */
export function wholePicture(place, figure, c, theme, { maps, story, style }) {
  const { width, height } = place;
  const title = escapeXml(figure.title || figure.facts);
  const description = escapeXml(sentences(figure.description, t('figure.licence')));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" lang="${LANGUAGES[currentLanguage()].tag}" role="img" font-family="${FONT}">
<title>${title}</title><desc>${description}</desc>
${style}<defs>${patterns(c, theme)}${gradients(place, c, theme)}</defs>
<rect width="${width}" height="${height}" rx="12" fill="${c.card}"/>
${place.rules.map(({ y }) => `<path d="M${place.pad} ${y}H${width - place.pad}" stroke="${c.line}"/>`).join('')}
${place.texts.map((text) => textElement(text, c)).join('\n')}
${maps}
${scales(place, c, theme)}
${story}
${legend(place, figure, c, theme)}<text x="${place.credit.x}" y="${place.credit.y}" font-size="12" text-anchor="end" fill="${c.soft}">${escapeXml(t('figure.credit'))}</text>
</svg>
`;
}

/** Two pictures of one theme in one page have the same definitions, so it does not matter whose are used. @param {string} theme @param {string} name */
const id = (theme, name) => `convscope-${theme}-${name}`;

/** @param {Colours} c @param {string} theme */
function patterns(c, theme) {
  const stripes = (/** @type {'padding'|'cut'} */ name, /** @type {number} */ turn) =>
    `<pattern id="${id(theme, name)}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})"><rect width="5" height="5" fill="${c['void-bg']}"/><rect width="1.2" height="5" fill="${c.hatch}"/></pattern>`;
  const dots = `<pattern id="${id(theme, 'inserted')}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${c['void-bg']}"/><circle cx="3" cy="3" r="1.1" fill="${c.hatch}"/></pattern>`;
  return stripes('padding', 45) + dots + stripes('cut', -45);
}

/** From the most negative colour, where there is one, over zero to the full colour. @param {PlacedGrid['item']} item @param {Colours} c */
const scaleColours = (item, c) => [
  ...(item.negative ? [c.minus] : []),
  item.grey ? '#000000' : item.lines[0]?.[0]?.tones ? c.card : c.heatZero,
  item.grey ? '#ffffff' : c[`${family(item.kind)}-fill`],
];

/** @param {Layout} place @param {Colours} c @param {string} theme */
const gradients = ({ scales: list }, c, theme) =>
  [...new Map(list.map(({ item }) => [scaleId(item, theme), item]))]
    .map(
      ([name, item]) =>
        `<linearGradient id="${name}">${scaleColours(item, c)
          .map(
            (colour, n, all) => `<stop offset="${n / (all.length - 1)}" stop-color="${colour}"/>`,
          )
          .join('')}</linearGradient>`,
    )
    .join('');

/** @param {PlacedGrid['item']} item @param {string} theme */
const scaleId = (item, theme) =>
  id(
    theme,
    `scale-${item.grey ? 'grey' : family(item.kind)}${item.lines[0]?.[0]?.tones ? '-tint' : ''}${item.negative ? '' : '-plus'}`,
  );

/** From the most negative to the most positive value. @param {Layout} place @param {Colours} c @param {string} theme */
const scales = (place, c, theme) =>
  place.scales
    .map(({ x, y, width, item }) => {
      const label = (
        /** @type {string} */ anchor,
        /** @type {number} */ at,
        /** @type {number} */ v,
      ) =>
        `<text x="${at}" y="${y + 8}" font-size="11" text-anchor="${anchor}" fill="${c.soft}">${formatAlone(Number(v.toPrecision(3)))}</text>`;
      const [from, to] = [x + 34, x + width - 34];
      return `<rect x="${from}" y="${y}" width="${to - from}" height="8" fill="url(#${scaleId(item, theme)})" stroke="${c.line}"/>${label('end', from - 5, item.negative ? -item.largest : 0)}${label('start', to + 5, item.largest)}`;
    })
    .join('');

/** @param {import('./layout.js').PlacedText} text @param {Colours} c */
function textElement({ x, y, size, text, role, anchor, kind }, c) {
  const colour = {
    title: c.ink,
    facts: c.soft,
    heading: c.ink,
    label: kind ? c[family(kind)] : c.ink,
    sign: c.soft,
    small: c.soft,
    caption: c.ink,
  }[role];
  const bold = ['title', 'heading', 'label'].includes(role) ? ' font-weight="700"' : '';
  const middle = anchor === 'middle' ? ' text-anchor="middle"' : '';
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}"${middle}${bold} fill="${colour}">${escapeXml(text)}</text>`;
}

/** @param {number} v */
const n = (v) => Number(v.toFixed(2));

/** @param {Layout} place @param {Figure} figure @param {Colours} c */
export function storyText({ story }, figure, c) {
  const colours = {
    plain: c.ink,
    soft: c.soft,
    input: c.input,
    kernel: c.kernel,
    output: c.output,
  };
  return wrapRuns(figure.story, story.width)
    .map(
      (line, row) =>
        `<text x="${story.x}" y="${story.y + row * story.leading}" font-size="${story.size}" xml:space="preserve">${line
          .map(
            (run, at) =>
              `<tspan fill="${colours[run.tone]}"${/^(input|kernel|output)$/.test(run.tone) ? ' font-weight="700"' : ''}>${escapeXml(at ? run.text : run.text.trimStart())}</tspan>`,
          )
          .join('')}</text>`,
    )
    .join('');
}

/** @param {Layout} place @param {Figure} figure @param {Colours} c @param {string} theme */
function legend({ legend: at }, figure, c, theme) {
  let { x } = at;
  return figure.legend
    .map((name) => {
      const swatch =
        name === 'lit'
          ? `<rect x="${x}" y="${at.y - 11}" width="5" height="13" fill="${c['input-fill']}"/><rect x="${x + 5}" y="${at.y - 11}" width="5" height="13" fill="${c['kernel-fill']}"/><rect x="${x + 10}" y="${at.y - 11}" width="5" height="13" fill="${c['output-fill']}"/>`
          : `<rect x="${x + 0.5}" y="${at.y - 10.5}" width="14" height="13" fill="url(#${id(theme, name)})" stroke="${c['line-strong']}"${name === 'padding' ? '' : ' stroke-dasharray="2 2"'}/>`;
      const text = `<text x="${x + 21}" y="${at.y}" font-size="12.5" fill="${c.soft}">${escapeXml(t(`figure.legend.${name}`))}</text>`;
      x += legendEntryWidth(name);
      return `${swatch}${text}\n`;
    })
    .join('');
}

/**
 * Draws cells of a grid: all of them, or those that an animation changes.
 * @param {Colours} c @param {string} theme
 */
export function painter(c, theme) {
  const pattern = (/** @type {typeof PATTERNS[number]} */ name) => `url(#${id(theme, name)})`;
  /** @param {PlacedGrid} place @param {Grid} grid @param {number[]} [cells] without: all, and what lies over them */
  const grid = (place, grid, cells) => {
    const which = cells ?? Array.from(grid.bits, (_, i) => i);
    const body = place.numbers
      ? numbered(place, grid, which, c, pattern)
      : coloured(place, grid, which, c);
    return `<g transform="translate(${n(place.x)} ${n(place.y)})">${body}</g>`;
  };
  return { grid };
}

/** @param {PlacedGrid} place @param {Grid} grid @param {number[]} cells @param {Colours} c @param {(name: typeof PATTERNS[number]) => string} pattern */
function numbered(place, grid, cells, c, pattern) {
  const { cw, ch, fs, item } = place;
  /** Cells of one look are one path. @type {Map<string, { look: import('./look.js').Look, cells: number[] }>} */
  const groups = new Map();
  for (const i of cells) {
    const tone = grid.tones ? grid.tones[i] : null;
    const key = `${grid.bits[i]} ${tone}`;
    const group = groups.get(key);
    if (group) group.cells.push(i);
    else groups.set(key, { look: lookOf(item.kind, grid.bits[i], tone, c, pattern), cells: [i] });
  }
  const at = (/** @type {number} */ i) => [(i % grid.cols) * cw, Math.floor(i / grid.cols) * ch];
  const drawn = [...groups.values()].map(({ look, cells: list }) => {
    const boxes = list.map((i) => `M${at(i).join(' ')}h${cw}v${ch}h-${cw}z`).join('');
    const dash = look.dash ? ' stroke-dasharray="3 2"' : '';
    const inset = look.frameWidth / 2 + 0.5;
    const frames = look.frame
      ? `<path d="${list
          .map((i) => {
            const [x, y] = at(i);
            const [w, h] = [cw - 2 * inset, ch - 2 * inset];
            return `M${x + inset} ${y + inset}h${w}v${h}h-${w}z`;
          })
          .join('')}" fill="none" stroke="${look.frame}" stroke-width="${look.frameWidth}"/>`
      : '';
    const texts = list
      .filter((i) => grid.texts?.[i])
      .map((i) => {
        const [x, y] = at(i);
        return `<text x="${n(x + cw / 2)}" y="${n(y + ch / 2 + fs * 0.36)}">${escapeXml(grid.texts?.[i] ?? '')}</text>`;
      })
      .join('');
    const letters = texts
      ? `<g font-size="${n(fs)}" text-anchor="middle" fill="${look.ink}"${look.bold ? ' font-weight="700"' : ''}>${texts}</g>`
      : '';
    const cell = `<path d="${boxes}" fill="${look.fill}" stroke="${look.line}"${dash}/>${frames}`;
    return { cell, letters };
  });
  const all = cells.length === grid.bits.length;
  // Numbers stay readable above the arrows.
  return `${drawn.map((d) => d.cell).join('')}${all ? arrows(place, grid, c) : ''}${drawn.map((d) => d.letters).join('')}`;
}

/** Cells of one colour are one path, neighbours in a row one box of it. @param {PlacedGrid} place @param {Grid} grid @param {number[]} cells @param {Colours} c */
function coloured({ ch, item }, grid, cells, c) {
  /** @type {Map<string, string>} */
  const paths = new Map();
  /** @type {{ i: number, count: number, colour: string }|null} */
  let run = null;
  const flush = () => {
    if (!run) return;
    const [x, y] = [run.i % grid.cols, Math.floor(run.i / grid.cols)];
    const box = `M${x} ${y}h${run.count}v1h-${run.count}z`;
    paths.set(run.colour, (paths.get(run.colour) ?? '') + box);
    run = null;
  };
  for (const i of cells) {
    const colour = heatOf(item, grid.values[i], grid.bits[i], c);
    if (run && run.colour === colour && i === run.i + run.count && i % grid.cols) run.count++;
    else {
      flush();
      run = { i, count: 1, colour };
    }
  }
  flush();
  const fills = [...paths].map(([colour, d]) => `<path d="${d}" fill="${colour}"/>`).join('');
  const outlines = (/** @type {number} */ mark, /** @type {number} */ width) => {
    const d = cells
      .filter((i) => grid.bits[i] & mark)
      .map((i) => `M${i % grid.cols} ${Math.floor(i / grid.cols)}h1v1h-1z`)
      .join('');
    return d
      ? `<path d="${d}" fill="none" stroke="${c.ink}" stroke-width="${width}" vector-effect="non-scaling-stroke"/>`
      : '';
  };
  const edge =
    cells.length === grid.bits.length
      ? `<path d="M0 0h${grid.cols}v${grid.rows}h-${grid.cols}z" fill="none" stroke="${c['line-strong']}" vector-effect="non-scaling-stroke"/>`
      : '';
  // Half a pixel back: colours meet at whole pixels, where lines do not.
  return `<g transform="translate(-.5 -.5) scale(${ch})" shape-rendering="crispEdges">${fills}${edge}${outlines(MARK.lit, 1)}${outlines(MARK.selected, 2.5)}</g>`;
}

/** From a value of the input to its copies in the padding. @param {PlacedGrid} place @param {Grid} grid @param {Colours} c */
function arrows({ cw, ch }, grid, c) {
  if (!grid.arrows.length) return '';
  const lines = grid.arrows.map(([from, to]) => `<path d="${arc(from, to, grid.cols)}"/>`).join('');
  const ends = grid.arrows
    .map(([, to]) => {
      const [x, y] = [(to % grid.cols) + 0.5, Math.floor(to / grid.cols) + 0.5];
      return `<circle cx="${n(x * cw)}" cy="${n(y * ch)}" r="3"/>`;
    })
    .join('');
  return `<g transform="scale(${cw} ${ch})" fill="none" stroke="${c['kernel-fill']}" opacity=".7">${lines.replaceAll('<path ', '<path vector-effect="non-scaling-stroke" stroke-width="1.6" ')}</g><g fill="${c['kernel-fill']}">${ends}</g>`;
}
