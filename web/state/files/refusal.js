// Why a file is not read: said in a sentence that names the file's part at fault, the rule and the numbers.

/** @typedef {{ message: string, template: string, values: string[] }} Sentence as of the engine's refusals */

export class FileRefusal extends Error {
  /** @param {Sentence} sentence */
  constructor({ message, template, values }) {
    super(message);
    this.name = 'FileRefusal';
    this.template = template;
    this.values = values;
  }
}

/**
 * A sentence that also tells its wording and the values in it: what a translation is looked up by.
 * @param {TemplateStringsArray} words @param {unknown[]} values @returns {Sentence}
 */
export const say = (words, ...values) => ({
  message: String.raw({ raw: words }, ...values),
  template: String.raw({ raw: words }, ...values.map((_, n) => `{${n}}`)),
  values: values.map(String),
});

/** @param {Sentence} sentence @returns {never} */
export function refuse(sentence) {
  throw new FileRefusal(sentence);
}
