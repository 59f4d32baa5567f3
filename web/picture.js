// Makes pictures of the page to take home, and the dialog for it. Loaded when somebody first asks for a picture.

import { render } from 'lit';
import { createDialog } from './dialog.js';
import './styles/picture.css';
import { phrases, t } from './i18n/index.js';
import { toAnimatedSvg } from './picture/animate.js';
import { coloursOf } from './picture/colours.js';
import { figure } from './picture/figure.js';
import { delaysOf, framesOf, stepsOf } from './picture/frames.js';
import { encodeGif } from './picture/gif.js';
import { layoutOf } from './picture/layout.js';
import { dataUrl, rasterise, toPng } from './picture/raster.js';
import { toSvg } from './picture/svg.js';
import { FORMATS, picture } from './views/picture.js';
import { titleOf } from './views/title.js';

/**
 * @typedef {import('./model.js').Model} Model
 * @typedef {import('./views/picture.js').Choice} Choice
 * @typedef {import('./views/picture.js').PictureModel} PictureModel
 */

const SPEED = { slow: 0.6, normal: 1, fast: 1.8 };
const NAMES = { svg: 'svg', png: 'png', animated: 'svg', gif: 'gif' };
/** Milliseconds without typing after which the preview follows. */
const SETTLE = 120;

/**
 * Opens the dialog; it goes when it is closed.
 * @param {HTMLElement} host where the dialog is put
 * @param {Model} model what the page shows
 * @param {{ modelOf: (state: Model['state']) => Model, theme: 'light'|'dark', opener: Element|null,
 *   save: (name: string, content: Blob, type: string) => void }} page `modelOf` gives the other steps; `opener` gets the
 *   focus back
 */
export function createPicture(host, model, { modelOf, theme, opener, save }) {
  const dialog = createDialog(host, 'picture', opener, () => {
    clearTimeout(timer);
    drawing.abort();
    encoding.abort();
  });
  const stale = model.stale || !model.result;

  /** @type {PictureModel} */
  let shown = {
    stale,
    choice: {
      ...{ what: 'step', format: 'svg', width: 720, scale: 2, theme, speed: 'normal', caption: '' },
      title: stale ? '' : titleOf(model),
    },
    ...{ preview: null, description: '', facts: '', busy: null, note: '', failed: false },
  };
  /** What the preview shows, as text and as figures. */
  let made = { svg: '', frames: /** @type {import('./picture/figure.js').Figure[]} */ ([]) };
  let drawing = new AbortController();
  let encoding = new AbortController();
  let timer = 0;

  const update = (/** @type {Partial<PictureModel>} */ change) => {
    shown = { ...shown, ...change };
    render(picture(shown, ctx), dialog);
  };

  /** Draws the preview anew, which is the very picture except where it is a GIF. */
  const draw = async () => {
    drawing.abort();
    drawing = new AbortController();
    const { signal } = drawing;
    const { choice } = shown;
    try {
      const { steps, every } = stepsOf(model);
      const frames =
        choice.what === 'step'
          ? [figure(model, choice)]
          : await framesOf(modelOf, model, steps, choice, { signal });
      const delays = delaysOf(frames.length, SPEED[choice.speed]);
      const svg =
        choice.what === 'step'
          ? toSvg(frames[0], choice)
          : toAnimatedSvg(frames, { ...choice, delays });
      made = { svg, frames };
      const { description } = frames[frames.length - 1];
      update({ preview: dataUrl(svg), description, facts: '', failed: false });
      const facts = await factsOf(choice, svg, frames, every, signal);
      if (!signal.aborted) update({ facts });
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  };

  const fail = (/** @type {unknown} */ _error) =>
    update({ busy: null, note: t('figure.failed'), failed: true });

  /** The picture as a file. @returns {Promise<Blob>} */
  const make = async () => {
    const { choice } = shown;
    if (choice.format === 'png') return toPng(made.svg, choice.scale);
    if (choice.format !== 'gif') return new Blob([made.svg], { type: 'image/svg+xml' });
    encoding = new AbortController();
    const { frames } = made;
    update({ busy: { done: 0, total: frames.length }, note: '', failed: false });
    const delays = delaysOf(frames.length, SPEED[choice.speed]);
    const bytes = await encodeGif(pixelsFor(choice, frames), delays, {
      signal: encoding.signal,
      progress: (done, total) => update({ busy: { done, total } }),
    });
    return new Blob([/** @type {BlobPart} */ (bytes)], { type: 'image/gif' });
  };

  /** @type {import('./views/picture.js').PictureContext} */
  const ctx = {
    choose: (change) => {
      const choice = { ...shown.choice, ...change };
      if (!(/** @type {readonly string[]} */ (FORMATS[choice.what]).includes(choice.format)))
        choice.format = FORMATS[choice.what][0];
      const redraw = change.what !== undefined;
      update({ choice, note: '', failed: false, ...(redraw ? { preview: null, facts: '' } : {}) });
      clearTimeout(timer);
      timer = window.setTimeout(draw, SETTLE);
    },
    download: async () => {
      try {
        const blob = await make();
        const name = nameOf(model, shown.choice);
        save(name, blob, blob.type);
        update({ busy: null, note: t('figure.saved', { name }) });
      } catch (error) {
        if (encoding.signal.aborted) update({ busy: null, note: t('figure.cancelled') });
        else fail(error);
      }
    },
    copy: async () => {
      try {
        if (shown.choice.format === 'png')
          await navigator.clipboard.write([new ClipboardItem({ 'image/png': make() })]);
        else await navigator.clipboard.writeText(made.svg);
        update({ note: t('figure.copied'), failed: false });
      } catch {
        update({ note: t('figure.notCopied'), failed: true });
      }
    },
    cancel: () => encoding.abort(),
    close: () => dialog.close(),
  };

  update({});
  dialog.showModal();
  if (!stale) draw();
}

/** Each frame as pixels, drawn on one canvas. @param {Choice} choice @param {import('./picture/figure.js').Figure[]} frames */
function pixelsFor(choice, frames) {
  const canvas = document.createElement('canvas');
  const layout = layoutOf(frames, choice);
  const ground = coloursOf(choice.theme).card; // GIF has no half-transparent corners
  return async (/** @type {number} */ frame) => {
    await rasterise(toSvg(frames[frame], { ...choice, layout }), choice.scale, { canvas, ground });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  };
}

/** Frames from which the size of a GIF is guessed. */
const SAMPLES = 5;

/**
 * Pixels, bytes and frames in words.
 * @param {Choice} choice @param {string} svg @param {import('./picture/figure.js').Figure[]} frames @param {number} every
 * @param {AbortSignal} signal
 */
async function factsOf(choice, svg, frames, every, signal) {
  const [, width, height] = /** @type {RegExpExecArray} */ (
    /width="(\d+)" height="(\d+)"/.exec(svg)
  ).map(Number);
  const scale = choice.format === 'png' || choice.format === 'gif' ? choice.scale : 1;
  const size = { width: width * scale, height: height * scale };
  const count =
    choice.what === 'all'
      ? [t(every > 1 ? 'figure.every' : 'figure.frames', { n: frames.length, every })]
      : [];
  if (choice.format === 'gif') {
    const middle = Math.max(0, Math.floor((frames.length - SAMPLES) / 2));
    const some = frames.slice(middle, middle + SAMPLES);
    const pixels = pixelsFor({ ...choice }, some);
    const bytesOf = async (/** @type {number} */ n) =>
      (await encodeGif(pixels, Array(n).fill(100), { signal })).length;
    const first = await bytesOf(1);
    const each = ((await bytesOf(some.length)) - first) / Math.max(1, some.length - 1);
    const bytes = first + each * (frames.length - 1);
    return phrases([t('figure.sizeAbout', { ...size, size: bytesText(bytes) }), ...count]);
  }
  const bytes =
    choice.format === 'png' ? (await toPng(svg, choice.scale)).size : new Blob([svg]).size;
  return phrases([t('figure.size', { ...size, size: bytesText(bytes) }), ...count]);
}

/** @param {number} bytes */
const bytesText = (bytes) =>
  bytes < 1e6
    ? t('figure.kilobytes', { n: Math.max(1, Math.round(bytes / 1000)) })
    : t('figure.megabytes', { n: (bytes / 1e6).toFixed(1) });

/** "convscope-conv_transpose2d-scatter.gif" @param {Model} model @param {Choice} choice */
const nameOf = ({ state, result }, choice) =>
  `convscope-${state.example ?? state.op}-${result?.method}${choice.what === 'all' ? '-steps' : ''}.${NAMES[choice.format]}`;
