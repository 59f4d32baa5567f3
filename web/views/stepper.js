// Play, pause, back, forward, speed, and a slider over all steps; the sentence says what has just happened.

import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../i18n/index.js';
import { probeAt } from '../state/steps.js';
import { sentence } from './sentence.js';

/**
 * @typedef {import('../model.js').Model} Model
 * @typedef {import('../state/store.js').Dispatch} Dispatch
 */

/** Steps a second. */
const SPEEDS = [1, 2, 5, 15, 60];

/** @param {Model} model @param {Dispatch} dispatch */
export function stepper(model, dispatch) {
  const { progress, state } = model;
  if (!progress) return '';
  const { plan, at, total } = progress;
  const go = (/** @type {number} */ to) => {
    const step = Math.max(0, Math.min(total, to));
    dispatch.setStep(step, probeAt(plan, step));
  };
  const toggle = () => {
    if (!state.playing && at === total) go(0);
    dispatch.setPlaying(!state.playing);
  };
  const onKey = (/** @type {KeyboardEvent} */ e) => {
    const isButton = e.target instanceof HTMLButtonElement || e.target instanceof HTMLSelectElement;
    const keys = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowDown: at - 1,
      ArrowUp: at + 1,
      PageUp: at + 10,
      PageDown: at - 10,
      Home: 0,
      End: total,
    };
    const to = /** @type {Record<string, number>} */ (keys)[e.key];
    if (e.target instanceof HTMLSelectElement) return;
    if (e.key === ' ' && !isButton) toggle();
    else if (to !== undefined) go(to);
    else return;
    e.preventDefault();
  };
  const button = (
    /** @type {string} */ id,
    /** @type {string} */ sign,
    /** @type {() => void} */ act,
    disabled = false,
  ) =>
    html`<button type="button" aria-label=${t(`stepper.${id}`)} title=${t(`stepper.${id}`)} aria-disabled=${String(disabled)} @click=${() => disabled || act()}>${sign}</button>`;
  return html`<div class="stepper-bar" role="group" aria-label=${t('stepper.title')} @keydown=${onKey}>
    <div class="segments">
      ${button('first', '«', () => go(0), at === 0)} ${button('back', '‹', () => go(at - 1), at === 0)}
      ${button(state.playing ? 'pause' : 'play', state.playing ? '❚❚' : '▶', toggle)}
      ${button('forward', '›', () => go(at + 1), at === total)} ${button('last', '»', () => go(total), at === total)}
    </div>
    <input type="range" min="0" max=${total} .value=${live(String(at))} aria-label=${t('stepper.step')} aria-valuetext=${t('stepper.of', { at, total })}
      @input=${(/** @type {any} */ e) => go(Number(e.target.value))} />
    <label class="speed">${t('stepper.speed')}
      <select @change=${(/** @type {any} */ e) => dispatch.setOption({ speed: Number(e.target.value) })}>
        ${SPEEDS.map((s) => html`<option value=${s} ?selected=${s === state.speed}>${t('stepper.rate', { n: s })}</option>`)}
      </select></label>
    <p class="step-now" aria-live=${state.playing ? 'off' : 'polite'}><span class="size">${t('stepper.of', { at, total })}</span> ${sentence(model)}</p>
  </div>`;
}
