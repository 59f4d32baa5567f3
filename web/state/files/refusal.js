// Why a file is not read: said in a sentence that names the file's part at fault, the rule and the numbers.

export class FileRefusal extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'FileRefusal';
  }
}

/** @param {string} message @returns {never} */
export function refuse(message) {
  throw new FileRefusal(message);
}
