// What the tests of the engine's refusals ask of each one in passing: that its template and values are those of the
// message, and that there is a Chinese wording with nothing English left in it.
import assert from 'node:assert/strict';
import { findingText } from '../../web/i18n/finding.js';
import { useLanguage } from '../../web/i18n/index.js';
import { apart, refusalText } from '../../web/i18n/refusal.js';
import { englishIn } from './english.js';
import { sentencesOfEngine, sentencesOfFiles } from './refusal-templates.js';

await useLanguage('zh');

const templates = new Set(
  [...sentencesOfEngine(), ...sentencesOfFiles()].map(({ template }) => template),
);

/** @param {{ message: string, template: string, values: string[] }} error a ConvError or FileRefusal */
export function assertWorded(error) {
  const { message, template, values } = error;
  const filled = template.replace(/\{(\d+)\}/g, (_, n) => values[Number(n)]);
  assert.equal(filled, message, 'template and values give the message');
  const { rest, place } = apart(template);
  assert.ok(templates.has(rest), `the sources have no "${rest}": is a value not marked as one?`);
  // What somebody typed may be in any language.
  const quoted = [...rest.matchAll(/["'`“]\.?\{(\d+)\}/g)].map(
    ([, n]) => values[Number(n) + place],
  );
  let chinese = refusalText(error);
  assert.notEqual(chinese, message, 'worded in Chinese');
  for (const text of quoted) chinese = chinese.replace(text, '');
  assert.deepEqual(englishIn(chinese), [], chinese);
}

/** What the engine found, as `reason`, `sentence` or `summary` say it. @param {string|null} english */
export function assertSaid(english) {
  if (!english) return;
  const chinese = findingText(english);
  assert.notEqual(chinese, english, 'worded in Chinese');
  assert.deepEqual(englishIn(chinese), [], `${english}: ${chinese}`);
}
