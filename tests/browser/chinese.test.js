// The page in Chinese: its words, its refusals, axe in both themes, nothing sideways on a phone; and the switch between
// the languages, which changes nothing but the words.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeState } from '../../web/state/initial.js';
import { PRESETS } from '../../web/state/presets.js';
import { writeLink } from '../../web/state/url.js';
import { assertAccessible } from './axe.js';
import { openSite } from './page.js';

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
let site = /** @type {Site} */ (/** @type {unknown} */ (null));
before(async () => {
  site = await openSite();
});
after(() => site.close());

/** @param {string} [hash] */
const openChinese = (hash) => site.open(hash, '?lang=zh', '输出');

test('headings, maps and sentences are Chinese', async () => {
  const { page, complaints, numbers } = await openChinese();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.match(await page.title(), /看清卷积/);
  assert.match(
    (await page.locator('meta[name=description]').getAttribute('content')) ?? '',
    /转置卷积/,
  );
  for (const name of ['逐步计算', '原理与导出', '与 PyTorch 对比'])
    assert.ok(await page.getByRole('heading', { name, exact: true }).isVisible(), name);
  assert.deepEqual(await numbers('输入'), [
    [1, 2],
    [0, 1],
  ]);
  for (const name of ['卷积核', '填充后的输入', '插零后的输入', '翻转后的卷积核'])
    assert.ok(await page.getByRole('grid', { name, exact: true }).isVisible(), name);
  await page.getByRole('button', { name: '第一步' }).click();
  await page.getByRole('button', { name: '下一步', exact: true }).click();
  assert.match(await page.locator('.step-now').innerText(), /插零后的输入。/);
  await page.getByRole('button', { name: '最后一步' }).click();
  await page.getByRole('button', { name: '上一步' }).click();
  assert.match(await page.locator('.step-now').innerText(), /输出 \[4, 3\] 为 -?\d+。/);
  assert.deepEqual(complaints, []);
});

test('a frame in Chinese has a Chinese name', async () => {
  const { page, complaints } = await site.open('', 'embed.html?lang=zh', '输出');
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.equal(await page.title(), 'Convscope 的图');
  assert.equal(await page.locator('h1').innerText(), 'Convscope 的图');
  assert.deepEqual(complaints, []);
});

test('what the page and the engine refuse is said in Chinese, PyTorch’s words stay', async () => {
  const { type, alerts, page } = await openChinese();
  await type('步幅 高度', '0');
  assert.deepEqual(await alerts(), ['高度步幅为 0，但步幅至少为 1。用 1 可走遍每个位置。']);
  await type('步幅 高度', 'x');
  assert.deepEqual(await alerts(), [
    '步幅 高度必须是整数，但“x”不是数字。请输入一个整数，例如 2。',
  ]);
  await type('步幅 高度', '2');
  await page.getByLabel('粘贴', { exact: true }).fill('tensor([[1., 2.],\n        [3.]])');
  await page.getByRole('alert').waitFor();
  assert.match((await alerts()).join(), /^第 2 行第 \d+ 列：这个行到第 1 项就结束了/);
});

test('the switch changes the words and keeps the state, its link and the choice', async () => {
  const hash = writeLink(makeState(PRESETS.find((p) => p.id === 'transposed_channels')));
  const { page, type, grid, complaints } = await site.open(hash);
  await type('Padding height', '1');
  await page.getByLabel('Paste', { exact: true }).fill('torch.Size([1, 3, 4');
  await page.waitForFunction(() => document.querySelectorAll('.paste .alert').length === 1);
  const english = await page.locator('.paste .alert').innerText();
  await page.waitForTimeout(500); // the address follows the state after a while
  const before = new URL(page.url());
  const language = page.getByLabel(/Language/);
  await language.selectOption('中文');
  await page.getByRole('heading', { name: '逐步计算' }).waitFor();
  const now = new URL(page.url());
  assert.equal(now.hash, before.hash);
  assert.equal(now.searchParams.get('lang'), 'zh');
  assert.equal(await page.getByLabel('填充 高度', { exact: true }).inputValue(), '1');
  const chinese = await page.locator('.paste .alert').innerText();
  assert.notEqual(chinese, english);
  assert.match(chinese, /^第 1 行/);
  await grid('输出 通道 2').waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');

  // Without ?lang the choice is remembered, and the address names what was chosen last.
  await page.goto(`${site.url}#${hash}`);
  await grid('输出 通道 2').waitFor();
  await page.getByLabel(/Language/).selectOption('English');
  await grid('Output channel 2').waitFor();
  assert.equal(await page.title(), 'Convscope: every number of a convolution');
  assert.deepEqual(complaints, []);
  await page.evaluate(() => localStorage.clear());
});

test('the browser’s language is used where nothing else is asked for', async () => {
  const zh = await openSite({ locale: 'zh-CN' });
  try {
    const { page } = await zh.open('', '', '输出');
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    const asked = await zh.open('', '?lang=en');
    assert.equal(await asked.page.locator('html').getAttribute('lang'), 'en');
  } finally {
    await zh.close();
  }
});

test('English pages do not fetch the Chinese words', async () => {
  /** @type {string[]} */
  const fetched = [];
  site.context.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await (await site.open()).page.waitForLoadState('networkidle');
  assert.deepEqual(
    fetched.filter((path) => /\/zh-[^/]*\.js$/.test(path)),
    [],
  );
  await (await openChinese()).page.waitForLoadState('networkidle');
  assert.equal(fetched.filter((path) => /\/zh-[^/]*\.js$/.test(path)).length, 1);
});

test('the page stays English where the Chinese words cannot be fetched', async () => {
  const page = await site.context.newPage();
  await page.route(/\/zh-[^/]*\.js$/, (route) => route.abort());
  await page.goto(`${site.url}?lang=zh`);
  await page.getByRole('grid', { name: 'Output' }).first().waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
});

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing in Chinese at ${width} px, ${theme}, and nothing scrolls sideways`, async () => {
      const { page, type } = await openChinese();
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
      await type('步幅 高度', '0');
      await assertAccessible(page);
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        'scrolls sideways',
      );
    });
  }
}

test('a paste is found, compared and explained in Chinese', async () => {
  const { page, complaints } = await openChinese();
  const paste = page.getByLabel('粘贴', { exact: true });
  await paste.fill(
    'tensor([[1., 0., 3., 0., 2.], [1., 1., 2., 2., 0.], [0., 0., 2., 0., 3.], [0., 0., 1., 1., 0.], [0., 0., 0., 0., 1.]])',
  );
  const verdict = page.locator('.paste .verdict');
  await verdict.filter({ hasText: '一致：全部 25 个数相符。' }).waitFor();
  assert.match(await page.locator('.found').innerText(), /找到：张量 5×5。/);
  // The kernel was used as it is: its true convolution.
  await paste.fill(
    'tensor([[1., 0., 2., 0., 0.], [0., 1., 1., 2., 2.], [1., 0., 4., 0., 2.], [0., 0., 0., 1., 1.], [0., 0., 1., 0., 1.]])',
  );
  await verdict.filter({ hasText: /不一致：25 个数中有 \d+ 个不符，最多相差 \d/ }).waitFor();
  await page.getByText('如果卷积核旋转了 180°，即真正的卷积，这些数就相符。').first().waitFor();
  assert.deepEqual(complaints, []);
});

test('the gallery and the pictures are Chinese, also after the language was changed', async () => {
  const { page, complaints } = await site.open();
  const open = (/** @type {string} */ name) =>
    page.getByRole('button', { name, exact: true }).click();
  await open('Picture');
  await page.getByRole('dialog', { name: 'Picture to take home' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel(/Language/).selectOption('中文');
  await open('图片');
  const dialog = page.getByRole('dialog', { name: '保存为图片' });
  const drawn = dialog.getByRole('img', { name: /卷积核 3 · 步幅 2/ });
  await drawn.waitFor();
  const svg = decodeURIComponent((await drawn.getAttribute('src')) ?? '');
  assert.match(svg, /lang="zh-CN".*<title>2×2 变成 5×5<\/title>.*插零后的输入/s);
  await assertAccessible(page, { within: 'dialog' });
  await dialog.getByRole('button', { name: '关闭' }).click();
  await open('示例库');
  const titles = await page.locator('dialog[open] a').allInnerTexts();
  assert.ok(titles.length > 30);
  for (const title of titles) assert.match(title, /[\u4e00-\u9fff].*。/s);
  assert.deepEqual(complaints, []);
  await page.evaluate(() => localStorage.clear());
});

test('no label is cut off on a phone', async () => {
  const { page } = await openChinese(writeLink(makeState({ op: 'conv3d' })));
  await page.setViewportSize({ width: 390, height: 900 });
  const cut = await page.locator('button, label, h2, h3, th, figcaption, p').evaluateAll((all) =>
    all
      .filter((e) => getComputedStyle(e).display !== 'inline' && e.clientWidth > 0)
      .filter((e) => e.scrollWidth > e.clientWidth + 1)
      .map((e) => e.textContent?.trim()),
  );
  assert.deepEqual(cut, []);
});
