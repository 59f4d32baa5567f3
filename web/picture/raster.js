// SVG text as pixels. By a data: address, which the page's policy allows for images.

/** @param {string} svg */
export const dataUrl = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/**
 * @param {string} svg with its width and height @param {number} scale pixels for each of its own
 * @param {{ canvas?: HTMLCanvasElement, ground?: string }} [on] `canvas`: one to draw on again; `ground`: a colour below
 *   the picture, whose corners are round
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function rasterise(svg, scale, on = {}) {
  const { canvas = document.createElement('canvas'), ground } = on;
  const image = new Image();
  image.src = dataUrl(svg);
  await image.decode();
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale].map(Math.round);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext('2d', { willReadFrequently: true })
  );
  pen.clearRect(0, 0, width, height);
  if (ground) {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, width, height);
  }
  pen.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** @param {string} svg @param {number} scale @returns {Promise<Blob>} */
export async function toPng(svg, scale) {
  const canvas = await rasterise(svg, scale);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png'),
  );
}
