// Links whose numbers are many: the text of a link, compressed. Version 2 of a link is "v=2&z=" and the text of
// version 1 in the zlib format (RFC 1950), whose check sum tells a mangled link, in base64url (RFC 4648, without "=").

const PREFIX = 'v=2&z=';

/** Characters up to which a link stays as it is, for people to read and to edit. */
const READABLE = 200;

/** Characters that a link may unpack to: above what the largest state has, below what makes a page slow. */
const LONGEST = 4e6;

/** Bytes that are unpacked in one go, to at most a thousand times as many. */
const CHUNK = 4096;

/** Bytes of the zlib format before and after what is compressed. */
const HEAD = 2;
const SUM = 4;

/** What unpacks; null until a link was packed: most are not, and its tables take a moment. @type {typeof import('fflate')|null} */
let fflate = null;

/** @param {string} text */
export const isPacked = (text) => text.startsWith(PREFIX);

/**
 * To be awaited before a link is read: fetches what unpacks, where one needs that. Where it cannot be fetched, a
 * packed link counts as mangled.
 * @param {string} text of a link, with whatever stands before
 */
export async function readyFor(text) {
  if (text.includes(PREFIX)) fflate ??= await import('fflate').catch(() => null);
}

/**
 * The shorter of a link and its packed form; the link itself where a browser cannot compress.
 * @param {string} text of version 1, ASCII
 * @returns {Promise<string>}
 */
export async function packLink(text) {
  if (text.length <= READABLE) return text;
  try {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
    const packed = PREFIX + toBase64(new Uint8Array(await new Response(stream).arrayBuffer()));
    return packed.length < text.length ? packed : text;
  } catch {
    return text;
  }
}

/**
 * @param {string} packed what isPacked(), and readyFor() has seen
 * @returns {string|null} the text; null where it is mangled, or longer than any link
 */
export function unpackLink(packed) {
  if (!fflate) return null;
  const { Inflate, strFromU8 } = fflate;
  /** @type {string[]} */
  const parts = [];
  let length = 0;
  let isWhole = false;
  let sum = [1, 0];
  const inflate = new Inflate((bytes, final) => {
    parts.push(strFromU8(bytes, true));
    length += bytes.length;
    isWhole = final;
    sum = adler32(sum, bytes);
    if (length > LONGEST) throw new RangeError('too long');
  });
  try {
    const bytes = fromBase64(packed.slice(PREFIX.length));
    if (bytes[0] !== 0x78 || (bytes[0] * 256 + bytes[1]) % 31 !== 0) return null;
    const body = bytes.subarray(HEAD, -SUM);
    for (let at = 0; at < body.length; at += CHUNK)
      inflate.push(body.subarray(at, at + CHUNK), at + CHUNK >= body.length);
    const [a, b] = sum;
    const isRight = new DataView(bytes.buffer).getUint32(bytes.length - SUM) === b * 65536 + a;
    return isWhole && isRight ? parts.join('') : null;
  } catch {
    return null; // no base64, no DEFLATE, cut off, or too long
  }
}

/** The check sum of the zlib format so far, and with these bytes. @param {number[]} sum @param {Uint8Array} bytes */
function adler32([a, b], bytes) {
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return [a, b];
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} text */
const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
