// What one pastes elsewhere, read back: attributes give the state they were written from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAttributes } from '../../web/state/attributes/read.js';
import { attributesOf } from '../../web/state/attributes/write.js';
import { makeState } from '../../web/state/initial.js';
import { OPENING, PRESETS } from '../../web/state/presets.js';
import { SHARE_KINDS, shareText } from '../../web/state/share.js';
import { writeLink } from '../../web/state/url.js';
import { statesOf } from './layer-states.js';

/** @param {import('../../web/state/store.js').State} state */
function throughAttributes(state) {
  const attributes = new Map(Object.entries(attributesOf(state)));
  const { state: read, problems } = readAttributes(null, attributes, attributes.keys());
  assert.deepEqual(problems, [], JSON.stringify([...attributes]));
  return read;
}

/** What attributes carry, of a link. @param {import('../../web/state/store.js').State} state */
const carried = (state) =>
  writeLink({ ...state, selected: null, tint: false, palette: 'sign', panel: 'size' });

const from = {
  link: 'v=1&op=conv1d',
  home: 'https://example.org/scope/',
  lang: 'en',
  title: 'A "b" [c]',
};
const look = /** @type {const} */ ({ views: 'all', theme: 'auto', readonly: false });

test('every preset, and 300 states of all kinds, survive the attributes of an element', async () => {
  for (const preset of PRESETS) {
    const state = makeState(preset);
    assert.equal(carried(throughAttributes(state)), carried(state), preset.id);
  }
  for (const { state } of await statesOf(300, 5)) {
    const paddingMode = state.op.includes('transpose') ? 'zeros' : state.paddingMode;
    assert.equal(carried(throughAttributes(state)), carried({ ...state, paddingMode }));
  }
});

test('the opening example as an element is what one would write by hand', () => {
  const state = {
    ...makeState(OPENING),
    selected: /** @type {any} */ ({ map: 'weight', index: 4 }),
  };
  assert.deepEqual(attributesOf(state), {
    op: 'conv_transpose2d',
    input: '1 2; 0 1',
    kernel: '1 0 1; 1 1 0; 0 0 1',
    stride: '2',
    selected: 'kernel 4',
  });
});

test('what is shared ends where it should, whatever the title', () => {
  const own = attributesOf(makeState(OPENING));
  const texts = SHARE_KINDS.map((kind) => shareText(kind, own, from, look));
  const [link, iframe, element, markdown] = texts;
  assert.equal(link, 'https://example.org/scope/?lang=en#v=1&op=conv1d');
  assert.match(
    iframe,
    /src="https:\/\/example\.org\/scope\/embed\.html\?lang=en#v=1&amp;op=conv1d"/,
  );
  assert.match(iframe, /title="A &quot;b&quot; \[c\]"/);
  assert.match(
    element,
    /^<script type="module" src="https:\/\/example\.org\/scope\/conv-scope\.js"><\/script>\n<conv-scope\n/,
  );
  assert.equal(markdown, `[A "b" \\[c\\]](${link})`);
});

test('how a figure looks there is part of it, and many numbers are packed', () => {
  const own = attributesOf(makeState(OPENING));
  const dark = {
    views: /** @type {const} */ ('steps'),
    theme: /** @type {const} */ ('dark'),
    readonly: true,
  };
  assert.match(
    shareText('iframe', own, from, dark),
    /embed\.html\?steps-only=&amp;theme=dark&amp;lang=en#/,
  );
  assert.match(shareText('element', own, from, dark), /\n {2}steps-only\n {2}theme="dark">/);
  const formula = {
    views: /** @type {const} */ ('formula'),
    theme: /** @type {const} */ ('auto'),
    readonly: true,
  };
  assert.match(shareText('element', own, from, formula), /views="maps formula"\n {2}readonly>/);
  const blur = makeState(PRESETS.find(({ id }) => id === 'blur'));
  const text = shareText('element', attributesOf(blur), from, look);
  assert.match(text, /<conv-scope\n {2}link="v=1&amp;op=conv1d">/);
  assert.doesNotMatch(text, /input=/);
});
