// Pictures as inputs: a small built-in scene, and any picture file that somebody opens.
// Grey values from 0 to 255. Nothing leaves the browser.

/** Longest side of a picture that is opened: the page's limit for one axis of the input. */
const LONGEST = 128;

/** A sun over hills with a house: edges in every direction, flat and shaded parts. @param {number} n side */
export function scene(n) {
  const values = [];
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) {
      const [y, x] = [r / n, c / n];
      let v = 150 + 90 * (1 - y);
      if ((x - 0.74) ** 2 + (y - 0.24) ** 2 < 0.016) v = 255;
      if (y > 0.68 + 0.1 * Math.sin(x * 7)) v = 110 - 60 * (y - 0.6);
      if (x > 0.16 && x < 0.5 && y > 0.46 && y < 0.82)
        v = (Math.floor(y * n) - Math.floor(0.46 * n)) % 4 === 0 ? 150 : 205;
      if (y > 0.26 && y <= 0.46 && Math.abs(x - 0.33) < (y - 0.24) * 0.95) v = 60;
      if (x > 0.29 && x < 0.37 && y > 0.64 && y < 0.82) v = 25;
      if (x > 0.4 && x < 0.46 && y > 0.54 && y < 0.62) v = 35;
      values.push(Math.round(Math.min(255, v)));
    }
  return values;
}

/**
 * Grey values of a picture file, made smaller where it exceeds the page's limit.
 * @param {Blob} file @returns {Promise<number[][]>} rows; rejects when it is no picture
 */
export async function readPicture(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas');
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = pen.getImageData(0, 0, width, height);
  // Luma of Rec. 601, as most tools take for "greyscale".
  const grey = (/** @type {number} */ i) =>
    Math.round(0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]);
  return Array.from({ length: height }, (_, r) =>
    Array.from({ length: width }, (_, c) => grey((r * width + c) * 4)),
  );
}
