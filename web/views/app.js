// The whole page from one model.

import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { currentLanguage, LANGUAGES, t } from '../i18n/index.js';
import { pytorchScript } from '../state/script.js';
import { board } from './board.js';
import { controls } from './controls.js';
import { gallery } from './gallery.js';
import { panels } from './panels.js';
import { paste } from './paste.js';
import { steps } from './steps.js';
import { terms } from './terms.js';
import { waiting } from './waiting.js';

/**
 * @typedef {'auto'|'light'|'dark'} Theme
 * @typedef {{ host: Element|null }} StackShown `host`: null while it is being fetched
 * @typedef {import('./paste.js').Context & import('./board.js').ToolContext & import('./waiting.js').WaitContext & { undo: () => void, redo: () => void, canUndo: boolean, canRedo: boolean,
 *   theme: Theme, setTheme: (theme: Theme) => void, setLanguage: (code: string) => void, linkProblem: string|null, picture: () => void,
 *   share: () => void, atFirst: boolean, gallery: () => void, hasGallery: boolean, stack: StackShown|null, setMode: (mode: 'layer'|'stack') => void }} AppContext
 *   `atFirst`: what stands below the maps is left for the next drawing, so that the first comes sooner; `hasGallery`:
 *   `gallery` has opened it before
 *   `stack`: shown in place of the one layer
 */

/** Pages of the reference. */
const REFERENCE = ['api', 'errors', 'embedding'];

/** @param {import('../model.js').Model} model @param {AppContext} ctx */
export function app(model, ctx) {
  return html`
    <header class="top">
      <h1><span class="logo" aria-hidden="true"><i></i><i></i><i></i><i></i></span>Convscope</h1>
      <p class="tagline">${t('app.tagline')}</p>
      ${modes(ctx)}
      <nav>
        ${ctx.stack ? nothing : html`<button type="button" class="strong" @click=${ctx.gallery}>${t('app.gallery')}</button>`}
        <a href=${LANGUAGES[currentLanguage()].guide}>${t('app.guide')}</a>
        <button type="button" ?disabled=${!ctx.canUndo} @click=${ctx.undo}>${t('app.undo')}</button>
        <button type="button" ?disabled=${!ctx.canRedo} @click=${ctx.redo}>${t('app.redo')}</button>
        ${!ctx.stack || ctx.stack.host ? html`<button type="button" @click=${ctx.share}>${t('app.share')}</button>` : nothing}
        ${ctx.stack ? nothing : layerActions(model, ctx)}
        <label class="theme">${t('app.theme')}
          <select .value=${ctx.theme} @change=${(/** @type {any} */ e) => ctx.setTheme(e.target.value)}>
            ${(['auto', 'light', 'dark']).map((v) => html`<option value=${v} ?selected=${v === ctx.theme}>${t(`app.theme.${v}`)}</option>`)}
          </select></label>
        <label class="theme">${languageName()}
          <select .value=${currentLanguage()} @change=${(/** @type {any} */ e) => ctx.setLanguage(e.target.value)}>
            ${Object.entries(LANGUAGES).map(([code, { name, tag }]) => html`<option value=${code} lang=${tag} ?selected=${code === currentLanguage()}>${name}</option>`)}
          </select></label>
      </nav>
    </header>
    <main>
      ${ctx.linkProblem ? html`<p class="alert" role="alert">${t(ctx.linkProblem)}</p>` : nothing}
      ${ctx.stack ? (ctx.stack.host ?? html`<p class="loading">${t('app.stackComing')}</p>`) : oneLayer(model, ctx)}
    </main>
    <footer>
      <p>${t('app.source')}</p>
      <p>${t('app.reference')}${REFERENCE.map(
        (page, i) =>
          html`${i ? ' · ' : ''}<a href="./reference/${page}.html" hreflang="en">${t(`app.${page}`)}</a>`,
      )}</p>
    </footer>
    ${ctx.hasGallery ? guard([model.state.example, currentLanguage()], () => gallery(model.state.example)) : nothing}
  `;
}

/** @param {AppContext} ctx */
const modes = ({
  stack,
  setMode,
}) => html`<div class="segments" role="group" aria-label=${t('app.mode')}>
  <button type="button" aria-pressed=${String(!stack)} @click=${() => setMode('layer')}>${t('app.mode.layer')}</button>
  <button type="button" aria-pressed=${String(Boolean(stack))} @click=${() => setMode('stack')}>${t('app.mode.stack')}</button>
</div>`;

/** What can be taken from the page of one layer. @param {import('../model.js').Model} model @param {AppContext} ctx */
const layerActions = (model, ctx) => html`
  <button type="button" @click=${ctx.picture}>${t('app.picture')}</button>
  <button type="button" @click=${() => ctx.copy('script', pytorchScript(model.state, model.wholeOutput()))}>${ctx.copied === 'script' ? t('script.copied') : t('script.copy')}</button>`;

/** @param {import('../model.js').Model} model @param {AppContext} ctx */
const oneLayer = (model, ctx) => html`
  ${guard(settingsIn(model), () => controls(model, ctx.dispatch))}
  <div class="stage">${board(model, ctx)} ${terms(model, ctx)}</div>
  ${model.waits.result ? html`<div class="floating">${waiting('result', model.waits.result, t('wait.result'), ctx)}</div>` : nothing}
  ${ctx.atFirst ? nothing : below(model, ctx)}`;

/** @param {import('../model.js').Model} model @param {AppContext} ctx */
const below = (model, ctx) => html`
  ${guard(pasteIn(model, ctx), () => paste(model, ctx))}
  ${steps(model, ctx.dispatch)} ${guard(reasonsIn(model, ctx), () => panels(model, ctx))}`;

/**
 * What the settings are drawn from, and below what the reasons are: a step of the stepper or a pointer over a
 * cell changes none of it, so these parts of the page are then not even looked at.
 * @param {import('../model.js').Model} model
 */
const settingsIn = ({ state: s, errors }) => [
  currentLanguage(),
  ...[s.op, s.text, s.paddingKind, s.paddingMode, s.hasBias, s.linked, s.flip, s.tint, s.palette],
  s.input,
  errors,
];

/** @param {import('../model.js').Model} model @param {AppContext} ctx */
const reasonsIn = ({ state: s, result, stale, sizes, overlap, gradients, waits, probe }, ctx) => [
  currentLanguage(),
  ...[s.panel, s.tint, s.slices, result, stale, sizes, overlap, gradients],
  waits.gradients,
  ...[s.copyOut, ctx.copied, ctx.tools],
  s.panel === 'channels' && probe ? `${probe.map}:${probe.index}` : null,
];

/** @param {import('../model.js').Model} model @param {AppContext} ctx */
const pasteIn = ({ state: s, compared, waits }, { diagnosis }) => [
  currentLanguage(),
  s.paste,
  s.tint,
  s.slices,
  s.op,
  compared,
  ...[waits.beyond, waits.whole, waits.slack],
  diagnosis,
];

/** Also in the word that everybody finds who does not read the language of the page. */
const languageName = () =>
  currentLanguage() === 'en'
    ? t('app.language')
    : html`${t('app.language')} <span lang="en">Language</span>`;
