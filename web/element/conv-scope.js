// The class of <conv-scope>: attributes → state → figure in a shadow tree of its own. Importing it does nothing;
// define.js registers it.

import { html, nothing, render } from 'lit';
import { createEngine } from '../engine/index.js';
import { chooseLanguage, currentLanguage, t, useLanguage } from '../i18n/index.js';
import { createScope } from '../scope.js';
import { STATE_ATTRIBUTES } from '../state/attributes/table.js';
import { readyFor } from '../state/packed.js';
import { writeLink } from '../state/url.js';
import { figure } from '../views/figure.js';
import { ConvScopeChangeEvent, changeOf } from './event.js';
import { OPTION_ATTRIBUTES, readOptions } from './options.js';
import { refusalOf, settle } from './settle.js';
import { adoptStyles } from './sheets.js';

export { ConvScopeChangeEvent } from './event.js';

/** @import { State } from '../state/store.js' */
/** @import { Model } from '../model.js' */

/** The panel of the page whose numbers a view shows. @type {Record<string, string>} */
const PANELS = { formula: 'size', channels: 'channels', gradients: 'gradient', overlap: 'overlap' };

/** How far from the visible part of the page a figure begins to load. */
const NEAR = '200px';

/** Where there is no DOM, this source can still be imported. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** @fires ConvScopeChangeEvent */
export class ConvScopeElement extends Base {
  static observedAttributes = [...STATE_ATTRIBUTES, ...OPTION_ATTRIBUTES];

  /** The playground that figures link to, unless they have an attribute `home`. @type {string|null} */
  static home = null;

  /** What figures begin with that have no link that can be read. @type {State|null} @internal */
  static opening = null;

  /** @type {import('../scope.js').Scope|null} */
  #scope = null;
  /** @type {import('./options.js').Options} */
  #options = /** @type {any} */ (null);
  /** @type {import('./settle.js').Refusals} */
  #refusals = new Map();
  /** attributes that changed and are not yet read @type {Set<string>} */
  #changed = new Set();
  #queued = false;
  /** @type {IntersectionObserver|null} */
  #watch = null;
  /** of the state as last shown, once it pauses */
  #link = '';
  /** what of the state the last event told, or the last attributes set @type {unknown[]} */
  #told = [];
  /** while attributes are read: their author knows of that change */
  #quiet = true;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    for (const type of ['keydown', 'copy', 'paste', 'input'])
      root.addEventListener(type, (event) => this.#keep(event));
  }

  connectedCallback() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    adoptStyles(root);
    if (this.#scope) {
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
    this.#scope?.stop();
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
      if (this.#scope && this.isConnected) this.#update();
    });
  }

  async #start() {
    this.#watch?.disconnect();
    this.#watch = null;
    let engine;
    try {
      [engine] = await Promise.all([
        createEngine({ part: 'core' }),
        speak(this),
        readyFor(this.getAttribute('link') ?? ''),
      ]);
    } catch (error) {
      this.#drawIdle(error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.#scope || !this.isConnected) return;
    this.#changed.clear();
    this.#options = readOptions(this, this.#home());
    const attributes = this.#attributes();
    render(nothing, /** @type {ShadowRoot} */ (this.shadowRoot));
    this.#scope = createScope({
      engine,
      state: (modelOf) => this.#settle(modelOf, null, attributes, attributes.keys()),
      panels: () => [...this.#options.views].map((view) => PANELS[view]),
      waits: (model, settled) =>
        (this.#comparesMethods() && !model.agreement) || (!settled && this.#options.home !== null),
      draw: (model, context, settled) => this.#draw(model, context, settled),
    });
    this.#show();
  }

  #update() {
    const scope = /** @type {import('../scope.js').Scope} */ (this.#scope);
    const changed = [...this.#changed];
    this.#changed.clear();
    this.#options = readOptions(this, this.#home());
    const names = changed.filter((name) => STATE_ATTRIBUTES.includes(name));
    this.#quiet = true;
    if (names.length) {
      const all = this.#attributes();
      const fresh = names.includes('link');
      const base = fresh ? null : scope.store.state;
      // One that was refused may fit now.
      const again = fresh ? all.keys() : new Set([...names, ...this.#refusals.keys()]);
      scope.store.dispatch.replace(this.#settle(scope.modelOf, base, all, again));
    }
    this.#show();
  }

  /** @param {(state: State) => Model} modelOf @param {State|null} base @param {Map<string, string>} all @param {Iterable<string>} names */
  #settle(modelOf, base, all, names) {
    const { opening } = /** @type {typeof ConvScopeElement} */ (this.constructor);
    const { state, refusals } = settle(modelOf, base, all, names, opening);
    this.#refusals = refusals;
    // A figure to step through begins at its beginning.
    const begins = !base && this.#options.stepsOnly && state.step === null;
    return begins ? { ...state, step: 0, selected: null } : state;
  }

  #attributes() {
    const all = STATE_ATTRIBUTES.map((name) => [name, this.getAttribute(name)]);
    return /** @type {Map<string, string>} */ (
      new Map(/** @type {any} */ (all.filter(([, text]) => text !== null)))
    );
  }

  /** Shows what the author of the page said: no event tells of it. */
  #show() {
    this.#quiet = true;
    this.#scope?.show();
    this.#quiet = false;
  }

  #comparesMethods() {
    return this.#options.views.has('steps') && !this.#options.stepsOnly;
  }

  #home() {
    return /** @type {typeof ConvScopeElement} */ (this.constructor).home;
  }

  /** @param {Model} model @param {import('../scope.js').ScopeContext} context @param {boolean} settled */
  #draw(model, context, settled) {
    if (!this.isConnected) return;
    const { views, readonly, stepsOnly, home, problems } = this.#options;
    if (!model.stale && (settled || !this.#link)) this.#link = writeLink(model.state);
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    render(
      figure(model, {
        ...context,
        views,
        readonly,
        stepsOnly,
        refusals: [...problems.map(refusalOf), ...this.#refusals.values()],
        link: home && linkTo(home, this.#link),
        readBlock: async () => ({ refusal: t('element.blockPaste') }),
      }),
      root,
    );
    quieten(root);
    this.#tell(model);
  }

  /** @param {Model} model */
  #tell({ state, stale, result }) {
    if (stale || !result) return;
    const told = [
      ...[state.op, state.text, state.paddingKind, state.paddingMode, state.hasBias, state.flip],
      ...[state.input, state.weight, state.bias, state.method, state.step, state.selected],
    ];
    const isNew = told.some((part, i) => part !== this.#told[i]);
    this.#told = told;
    if (isNew && !this.#quiet)
      this.dispatchEvent(new ConvScopeChangeEvent(changeOf(result, state)));
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
        <slot @slotchange=${() => this.#scope || this.#drawIdle(reason)}></slot>
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
    if (event instanceof KeyboardEvent && !this.#options?.readonly) this.#scope?.undoByKey(event);
    const typed =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.defaultPrevented || typed) event.stopPropagation();
  }
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
