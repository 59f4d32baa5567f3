// The class of <conv-scope>: what it shows is a figure of one layer or of a stack, in a shadow tree of its own, once it
// comes into view. Importing it does nothing; define.js registers it.

import { html, nothing, render } from 'lit';
import { chooseLanguage, currentLanguage, t, useLanguage } from '../i18n/index.js';
import { STACK_ATTRIBUTES, STATE_ATTRIBUTES } from '../state/attributes/table.js';
import { readyFor } from '../state/packed.js';
import { stackText } from '../state/url.js';
import { ConvScopeChangeEvent } from './event.js';
import { loadLayerFigure } from './layer.js';
import { OPTION_ATTRIBUTES } from './options.js';
import { adoptStyles } from './sheets.js';

export { ConvScopeChangeEvent } from './event.js';

/** @import { State } from '../state/store.js' */
/** @import { Figure, Kind, MakeFigure } from './figure.js' */

/** What each kind of figure needs comes when there is one. @type {Record<Kind, () => Promise<MakeFigure>>} */
const LOADERS = {
  layer: loadLayerFigure,
  stack: async () => (await import('./stack/stack-figure.js')).loadStackFigure(),
};

/** How far from the visible part of the page a figure begins to load. */
const NEAR = '200px';

/** Where there is no DOM, this source can still be imported. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** @fires ConvScopeChangeEvent */
export class ConvScopeElement extends Base {
  static observedAttributes = [...STATE_ATTRIBUTES, ...STACK_ATTRIBUTES, ...OPTION_ATTRIBUTES];

  /** The playground that figures link to, unless they have an attribute `home`. @type {string|null} */
  static home = null;

  /** What figures begin with that have no link that can be read. @type {State|null} @internal */
  static opening = null;

  /** @type {Figure|null} */
  #figure = null;
  /** of the figure, or of the one that is being loaded @type {Kind|null} */
  #kind = null;
  /** attributes that changed and are not yet read @type {Set<string>} */
  #changed = new Set();
  #queued = false;
  /** @type {IntersectionObserver|null} */
  #watch = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    for (const type of ['keydown', 'copy', 'paste', 'input'])
      root.addEventListener(type, (event) => this.#keep(event));
  }

  connectedCallback() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    adoptStyles(root);
    if (this.#figure) {
      this.#queue();
      return;
    }
    this.#drawIdle();
    this.#watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#start();
      },
      { rootMargin: NEAR },
    );
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#watch = null;
    this.#figure?.stop();
  }

  /** @param {string} name @param {string|null} before @param {string|null} value */
  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    this.#changed.add(name);
    this.#queue();
  }

  /** All attributes that change in one go are read in one go. */
  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(async () => {
      await readyFor(this.getAttribute('link') ?? '');
      this.#queued = false;
      if (this.#figure && this.isConnected) this.#update();
    });
  }

  async #start() {
    this.#watch?.disconnect();
    this.#watch = null;
    await readyFor(this.getAttribute('link') ?? '');
    const kind = kindOf(this);
    if (kind === this.#kind && !this.#figure) return; // is on its way
    this.#kind = kind;
    let make;
    try {
      [make] = await Promise.all([LOADERS[kind](), speak(this)]);
    } catch (error) {
      if (this.#kind === kind) this.#kind = null;
      this.#drawIdle(error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.#kind !== kind) return;
    if (!this.isConnected) {
      this.#kind = null; // begins anew where it is put back
      return;
    }
    // Attributes may have become others meanwhile.
    if (kindOf(this) !== kind) {
      this.#start();
      return;
    }
    this.#changed.clear();
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    render(nothing, root);
    const { opening } = /** @type {typeof ConvScopeElement} */ (this.constructor);
    this.#figure = make({
      ...{ element: this, root, opening },
      home: () => /** @type {typeof ConvScopeElement} */ (this.constructor).home,
      drawn: () => quieten(root),
      tell: (detail) => this.dispatchEvent(new ConvScopeChangeEvent(detail)),
      open: linkTo,
    });
  }

  #update() {
    const changed = [...this.#changed];
    const isOther =
      ['link', 'stack'].some((name) => this.#changed.has(name)) && kindOf(this) !== this.#kind;
    this.#changed.clear();
    if (!isOther) {
      this.#figure?.update(changed);
      return;
    }
    this.#figure?.stop();
    this.#figure = null;
    this.#drawIdle(); // so that nobody goes on with the figure of the former kind
    this.#start();
  }

  /** What stands between the tags, and what is to come or went wrong. @param {string|null} reason */
  #drawIdle(reason = null) {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    const slot = () => /** @type {HTMLSlotElement|null} */ (root.querySelector('slot:not([name])'));
    const isFilled = slot()
      ?.assignedNodes()
      .some((node) => node instanceof Element || node.textContent?.trim());
    render(
      html`<div class="idle ${isFilled ? 'filled' : ''}">
        <slot @slotchange=${() => this.#figure || this.#drawIdle(reason)}></slot>
        ${
          reason
            ? html`<p class="idle-note" role="status" part="refusal">${t('element.failed', { reason })}</p>`
            : isFilled
              ? nothing
              : html`<p class="idle-note">${t('element.loading')}</p>`
        }
        <slot name="caption"></slot>
      </div>`,
      root,
    );
  }

  /** Keys and pastes that the figure takes are not the page's. @param {Event} event */
  #keep(event) {
    if (event instanceof KeyboardEvent) this.#figure?.undoByKey(event);
    const typed =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.defaultPrevented || typed) event.stopPropagation();
  }
}

/** A stack where an attribute says so, or a link to one. @param {Element} element @returns {Kind} */
function kindOf(element) {
  const link = element.getAttribute('link') ?? '';
  const isStack =
    element.hasAttribute('stack') || stackText(link.slice(link.indexOf('#') + 1)) !== null;
  return isStack ? 'stack' : 'layer';
}

/** One for all figures of a document. @type {Promise<void>|null} */
let speaking = null;

/** Resolves once there are the words of the language that the first figure stands in; else those of English. @param {Element} first */
function speak(first) {
  const tag = first.closest('[lang]')?.getAttribute('lang');
  speaking ??= useLanguage(chooseLanguage([tag])).catch(() => {});
  return speaking;
}

/** The playground with the state of a figure, in its language. @param {string} home @param {string} link */
function linkTo(home, link) {
  const address = new URL(home);
  address.searchParams.set('lang', currentLanguage());
  return `${address}#${link}`;
}

/**
 * What is a landmark or a heading on a page of its own is a group and plain text within somebody else's.
 * @param {ShadowRoot} root
 */
function quieten(root) {
  for (const part of root.querySelectorAll('section:not([role])'))
    part.setAttribute('role', 'group');
  for (const title of root.querySelectorAll(':is(h2, h3, h4):not([role])'))
    title.setAttribute('role', 'presentation');
}
