// Files and standard input, whole, as bytes.
import { readFile } from 'node:fs/promises';
import { UsageError } from './options.js';
import { t } from './words.js';

/** @param {string} file */
export async function readBytes(file) {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UsageError('file.missing', { file });
    throw new UsageError('file.unreadable', { file, reason: message });
  }
}

export async function readStdin() {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** @param {string} file a path, or "-" */
export async function readText(file) {
  const bytes = await (file === '-' ? readStdin() : readBytes(file));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError('file.notText', { file: file === '-' ? t('stdin') : file });
  }
}
