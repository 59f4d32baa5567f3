// .npz: a zip of .npy files, packed or not. fflate unpacks; it is told beforehand what to leave out, as a small
// zip can claim to be a large one.

import { unzipSync } from 'fflate';
import { readNpy } from './npy.js';
import { MAX_ELEMENTS } from './numbers.js';
import { refuse, say } from './refusal.js';

/** Bytes of all arrays together, unpacked. */
const MAX_BYTES = MAX_ELEMENTS * 8;
const MAX_FILES = 1000;

/** @param {Uint8Array} bytes @param {string} file what it is called, for refusals @returns {import('./numbers.js').FileTensor[]} */
export function readNpz(bytes, file) {
  let total = 0;
  let count = 0;
  /** @type {Record<string, Uint8Array>} */
  let unpacked = {};
  /** @type {Record<string, number>} */
  const sizes = {};
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        count++; // also those that are left out: a list can claim to be endless
        total += name.endsWith('.npy') ? Math.max(size, originalSize) : 0;
        sizes[name] = originalSize;
        if (count > MAX_FILES) refuse(say`${file} holds more than ${MAX_FILES} files.`);
        if (total > MAX_BYTES)
          refuse(
            say`${file} would be more than ${MAX_BYTES / 2 ** 20} MB unpacked; save a part of it.`,
          );
        return name.endsWith('.npy');
      },
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'FileRefusal') throw error;
    refuse(
      say`${file} is no zip that can be unpacked: ${error instanceof Error ? error.message : error}.`,
    );
  }
  const names = Object.keys(unpacked);
  if (names.length === 0) refuse(say`${file} holds no .npy file.`);
  let elements = 0;
  return names.map((name) => {
    if (unpacked[name].length !== sizes[name])
      refuse(
        say`${name} in ${file} has ${unpacked[name].length} bytes, but the zip says ${sizes[name]}: it is damaged.`,
      );
    const item = readNpy(unpacked[name], `${name} in ${file}`, 'npz', name.slice(0, -4));
    elements += item.data.length;
    if (elements > MAX_ELEMENTS)
      refuse(say`${file} holds more than ${MAX_ELEMENTS} numbers; save a part of it.`);
    return item;
  });
}
