// Frames as an animated GIF that starts over for ever. One palette for all; each frame holds only the pixels that
// differ from the one before.

import { applyPalette, GIFEncoder, quantize } from 'gifenc';

/** One colour of the palette stands for "as before". */
const COLOURS = 255;

/**
 * @typedef {{ data: Uint8ClampedArray, width: number, height: number }} Pixels  RGBA
 */

/**
 * @param {(frame: number) => Promise<Pixels>} pixelsOf all of one size
 * @param {number[]} delays milliseconds of each frame
 * @param {{ signal?: AbortSignal, progress?: (done: number, total: number) => void }} [how]
 * @returns {Promise<Uint8Array>} refuses with the signal's reason
 */
export async function encodeGif(pixelsOf, delays, { signal, progress } = {}) {
  const gif = GIFEncoder();
  const palette = await paletteOf(pixelsOf, delays.length);
  /** @type {Uint8Array|null} */
  let before = null;
  for (const [frame, delay] of delays.entries()) {
    // Decoding the picture of the next frame leaves the page its turn.
    const { data, width, height } = await pixelsOf(frame);
    signal?.throwIfAborted();
    const indices = applyPalette(data, palette);
    const shown = before ? differing(indices, before) : indices;
    gif.writeFrame(shown, width, height, {
      ...(before ? {} : { palette: [...palette, ...Array(256 - palette.length).fill([0, 0, 0])] }),
      ...{ delay, repeat: 0, dispose: 1 },
      ...{ transparent: before !== null, transparentIndex: COLOURS },
    });
    before = indices;
    progress?.(frame + 1, delays.length);
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  }
  gif.finish();
  return gif.bytes();
}

/** Colours of the first, the middle and the last frame: every look of a cell is in one of them. @param {(frame: number) => Promise<Pixels>} pixelsOf @param {number} count */
async function paletteOf(pixelsOf, count) {
  const samples = [0, Math.floor(count / 2), count - 1];
  /** @type {Uint8ClampedArray[]} */
  const parts = [];
  for (const frame of samples) parts.push((await pixelsOf(frame)).data.slice());
  const all = new Uint8ClampedArray(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return quantize(all, COLOURS);
}

/** @param {Uint8Array} now @param {Uint8Array} before */
function differing(now, before) {
  const shown = new Uint8Array(now.length);
  for (let i = 0; i < now.length; i++) shown[i] = now[i] === before[i] ? COLOURS : now[i];
  return shown;
}
