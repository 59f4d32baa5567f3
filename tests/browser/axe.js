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

/** The Share dialog of an open page, on a phone. @param {import('playwright-core').Page} page @param {'light'|'dark'} theme */
export async function assertShareAccessible(page, theme) {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const kind of ['Link', 'Element']) {
    await dialog.getByRole('button', { name: kind }).click();
    await assertAccessible(page, { within: 'dialog' });
    assert.ok(await dialog.evaluate((d) => d.scrollWidth <= d.clientWidth));
  }
}
