// Text in a picture: its width is estimated, since a picture is laid out without a browser.

/**
 * About how wide a text is, in units of its size: a little wider than common sans-serif letters are, since nobody
 * knows which will be at hand.
 * @param {string} text @param {boolean} [bold]
 */
export function widthOf(text, bold = false) {
  let width = 0;
  for (const c of text) {
    if (/[\s.,:;·|'()[\]ijlft!I]/.test(c)) width += 0.36;
    else if (/[mwMW→∗@%]/.test(c)) width += 0.88;
    else if (/[A-Z×=+]/.test(c)) width += 0.7;
    else if (c.charCodeAt(0) > 0x2e7f)
      width += 1; // ideographs
    else width += 0.63;
  }
  return bold ? width * 1.1 : width;
}

/**
 * Lines no wider than `width`; a word longer than a line is broken.
 * @param {string} text @param {number} width in units of the letters' size @param {boolean} [bold]
 */
export function wrap(text, width, bold = false) {
  /** @type {string[]} */
  const lines = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    // Ideographs may be parted anywhere, words only between them.
    for (const piece of paragraph.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+/gu) ?? []) {
      if (widthOf(line + piece.trimEnd(), bold) <= width) line += piece;
      else {
        if (line.trim()) lines.push(line.trim());
        line = piece.trimStart();
        while (widthOf(line, bold) > width) {
          let end = line.length - 1;
          while (end > 1 && widthOf(line.slice(0, end), bold) > width) end--;
          lines.push(line.slice(0, end));
          line = line.slice(end);
        }
      }
    }
    if (line.trim()) lines.push(line.trim());
  }
  return lines;
}

/**
 * Runs of a sentence broken into lines, at the signs between them.
 * @template {{ text: string }} R @param {R[]} runs @param {number} width in units of the letters' size @returns {R[][]}
 */
export function wrapRuns(runs, width) {
  /** @type {R[][]} */
  const lines = [[]];
  let used = 0;
  for (const [n, run] of runs.entries()) {
    const size = widthOf(run.text, true);
    // A factor stays with its sign: what follows up to the next blank must fit too.
    let whole = size;
    if (/^ [+=]/.test(run.text))
      for (const next of runs.slice(n + 1)) {
        if (/^ [+=]/.test(next.text)) break;
        whole += widthOf(next.text, true);
      }
    else if (n > 0) whole = 0;
    if (used + whole > width && lines[lines.length - 1].length) {
      lines.push([]);
      used = 0;
    }
    lines[lines.length - 1].push(run);
    used += size;
  }
  return lines.filter((line) => line.length).flatMap((line) => longLine(line, width));
}

/** A single run that is longer than a line, as sentences are. @template {{ text: string }} R @param {R[]} line @param {number} width @returns {R[][]} */
const longLine = (line, width) =>
  line.length === 1 ? wrap(line[0].text, width).map((text) => [{ ...line[0], text }]) : [line];
