// A file that somebody opens or drops: tensors out of .npy, .npz and .safetensors, text out of all else that is
// text, for the engine's parser. Loaded when the first file comes, not with the page.

import { readNpy } from './npy.js';
import { readNpz } from './npz.js';
import { FileRefusal, refuse, say } from './refusal.js';
import { readSafetensors } from './safetensors.js';

export { FileRefusal };

/** Bytes of one file. */
export const MAX_BYTES = 2 ** 29;
/** Bytes of one text: what the parser reads in well under a second. */
export const MAX_TEXT = 2 ** 25;

/** Files that only their own programs read, with the way out. */
const ELSEWHERE = /** @type {[RegExp, string][]} */ ([
  [
    /\.(pt|pth|ckpt|bin|pkl|pickle)$/i,
    'is a pickle, which can only be unpacked by running it. Save it with safetensors.torch.save_file or numpy.save.',
  ],
  [/\.onnx$/i, 'is an ONNX model; only tensors are read here. Save them as .npz or .safetensors.'],
  [/\.(h5|hdf5|keras)$/i, 'is a Keras or HDF5 file. Save the arrays with numpy.savez.'],
  [/\.mat$/i, 'is a MATLAB file. Save the array as CSV with writematrix.'],
]);

/**
 * @param {string} name of the file, whose ending says what it is unless its first bytes do
 * @param {Uint8Array} bytes
 * @returns {{ items: import('./numbers.js').FileTensor[] } | { text: string }} text is for engine.parse
 * @throws {FileRefusal} with a sentence for people, where it cannot be read
 */
export function readFile(name, bytes) {
  const file = name.slice(-60) || 'The file';
  if (bytes.length === 0) refuse(say`${file} is empty.`);
  if (bytes.length > MAX_BYTES)
    refuse(
      say`${file} has ${Math.ceil(bytes.length / 2 ** 20)} MB; at most ${MAX_BYTES / 2 ** 20} MB are read. Save a part of it.`,
    );
  const starts = (/** @type {number[]} */ magic) => magic.every((b, i) => bytes[i] === b);
  if (/\.npy$/i.test(name) || starts([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]))
    return { items: [readNpy(bytes, file)] };
  if (/\.safetensors$/i.test(name)) return { items: readSafetensors(bytes, file) };
  const elsewhere = ELSEWHERE.find(([ending]) => ending.test(name));
  if (elsewhere) refuse(say`${file} ${elsewhere[1]}`);
  if (/\.npz$/i.test(name) || starts([0x50, 0x4b, 3, 4])) return { items: readNpz(bytes, file) };
  return { text: textOf(bytes, file) };
}

/** @param {Uint8Array} bytes @param {string} file */
function textOf(bytes, file) {
  if (bytes.length > MAX_TEXT)
    refuse(
      say`${file} has ${Math.ceil(bytes.length / 2 ** 20)} MB of text; at most ${MAX_TEXT / 2 ** 20} MB are read. Save the numbers as .npy.`,
    );
  // what Excel and Windows' editors call Unicode
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // not text
  }
  return refuse(
    say`${file} is neither text nor a .npy, .npz or .safetensors file. Save the numbers in one of these.`,
  );
}
