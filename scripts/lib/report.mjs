// How the commands speak to a person: headings, steps with the time they took, and one clear sentence at a stop.
// Takes text, gives lines on the terminal; never decides anything.

const begun = Date.now();

/** An end the user can do something about: shown as its sentence, without a stack. */
export class Stop extends Error {}

/** @param {number} since milliseconds, as Date.now() gives */
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** @param {string} text */
export function heading(text) {
  console.log(`\n== ${text} ${'='.repeat(Math.max(3, 90 - text.length))} ${seconds(begun)}`);
}

/** @param {string} text */
export function say(text) {
  console.log(`   ${text}`);
}

/**
 * Runs a step that a person waits for: says what it is, and again every few seconds how far it has come.
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} work
 * @param {() => string} [progress] how far it has come, in a few words
 * @returns {Promise<T>}
 */
export async function step(text, work, progress = () => 'still at it') {
  const since = Date.now();
  say(`${text} …`);
  const timer = setInterval(() => say(`  … ${progress()} (${seconds(since)})`), 5000);
  try {
    const result = await work();
    say(`  done in ${seconds(since)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/**
 * The frame of every command: a Stop becomes its sentence, any other error keeps its stack; both exit with 1.
 * @param {() => Promise<void>} body
 */
export async function command(body) {
  try {
    await body();
  } catch (error) {
    const text =
      error instanceof Stop ? error.message : error instanceof Error ? error.stack : error;
    console.error(`\n${text}`);
    process.exitCode = 1;
  }
}
