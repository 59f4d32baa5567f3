// A layer that an export has no words for.

export class NotExportable extends Error {
  /** @param {number} layer @param {string} op */
  constructor(layer, op) {
    super(`layer ${layer}, ${op}`);
    this.layer = layer;
    this.op = op;
  }
}
