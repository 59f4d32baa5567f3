// axe on a page as it is, shadow trees included.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

/**
 * @param {import('playwright-core').Page} page
 * @param {{ within?: string, message?: string }} [options] `within`: a selector, else the whole page
 */
export async function assertAccessible(page, { within, message } = {}) {
  // In one go in the page, not in parts: these pages hold no frames of others, and it is seven times as fast.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (within ? builder.include(within) : builder).analyze();
  assert.deepEqual(
    violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`),
    [],
    message,
  );
}
