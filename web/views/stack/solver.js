// Which arguments turn one size into another, and what to change so that a layer gets a size.

import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { t, tn } from '../../i18n/index.js';
import { refusalText } from '../../i18n/refusal.js';
import { argumentsText, layersOfAnswer, SOLVED, shapeOfAnswer } from '../../state/stack/solver.js';
import { countText } from './counts.js';
import { repairButtons } from './problem.js';

/**
 * @typedef {import('../../stack/model.js').StackModel} StackModel
 * @typedef {import('../../stack/model.js').Solved} Solved
 * @typedef {import('../../state/stack/store.js').StackDispatch} Dispatch
 * @typedef {{ dispatch: Dispatch, readonly?: boolean, most?: number }} Context `readonly`: one may ask, but change nothing;
 *   `most` answers are shown
 */

/** @param {StackModel} model @param {Context} ctx */
export const solverPanel = (model, ctx) =>
  html`${sizes(model, ctx)}${ctx.readonly ? nothing : goal(model, ctx)}`;

/** @param {StackModel} model @param {Context} ctx */
function sizes(model, ctx) {
  const { question } = model.state;
  const solved = model.solved();
  const wrong =
    'wrong' in solved ? solved.wrong : 'refusal' in solved ? [solved.refusal.field] : [];
  const box = (
    /** @type {string} */ key,
    /** @type {string} */ label,
    /** @type {string} */ text,
    /** @type {(text: string) => void} */ set,
  ) =>
    html`<label class="argument"><span>${label}</span><input type="text" autocomplete="off" aria-invalid=${wrong.includes(key) ? 'true' : nothing} .value=${live(text)} @input=${(/** @type {any} */ e) => set(e.target.value)} /></label>`;
  return html`<section aria-labelledby="stack-solve"><h3 id="stack-solve">${t('stack.solve')}</h3>
    <div class="question">
      <label class="argument"><span>${t('stack.solve.with')}</span><select .value=${live(question.op)} @change=${(/** @type {any} */ e) => ctx.dispatch.ask({ op: e.target.value })}>
        ${Object.keys(SOLVED).map((op) => html`<option value=${op} ?selected=${op === question.op}>${op}</option>`)}</select></label>
      ${box('from', t('stack.solve.from'), question.from, (from) => ctx.dispatch.ask({ from }))}
      ${box('to', t('stack.solve.to'), question.to, (to) => ctx.dispatch.ask({ to }))}
      ${box('layers', t('stack.solve.layers'), question.layers, (layers) => ctx.dispatch.ask({ layers }))}
      ${SOLVED[question.op].map((key) =>
        box(key, t(`stack.field.${key}`), question.ranges[key], (text) =>
          ctx.dispatch.ask({ ranges: { ...question.ranges, [key]: text } }),
        ),
      )}
    </div>
    <p class="hint">${t('stack.solve.hint')}</p>
    ${answers(model, solved, ctx)}</section>`;
}

/** @param {StackModel} model @param {Solved} solved @param {Context} ctx */
function answers(model, solved, ctx) {
  if ('wrong' in solved) return html`<p class="alert" role="alert">${t('stack.solve.unread')}</p>`;
  if ('refusal' in solved)
    return html`<p class="alert" role="alert">${refusalText(solved.refusal)}</p>`;
  const { found } = solved;
  const shown = found.answers.slice(0, ctx.most);
  const place = model.seen()?.layer ?? -1;
  const target = model.state.layers[place];
  const { op } = model.state.question;
  const fits = target?.op === op;
  const { setLayers, repair } = ctx.dispatch;
  return html`<p role="status">${tn('stack.solve.found', found.total, { all: countText(found.total), tried: countText(found.tried), shown: shown.length })}</p>
    <ol class="answers">${shown.map(
      (
        answer,
      ) => html`<li><span class="arguments">${argumentsText(answer.layers, argumentText)}</span> <span class="size">${answer.sizes.join(' → ')}</span>
        ${answer.customary ? html`<span class="size">${t('stack.solve.customary')}</span>` : nothing}
        ${
          ctx.readonly
            ? nothing
            : html`<span class="apply"><button type="button" @click=${() => setLayers(layersOfAnswer(op, answer), { shape: shapeOfAnswer(answer) })}>${t('stack.solve.new')}</button>
        <button type="button" @click=${() => setLayers(layersOfAnswer(op, answer), { behind: true })}>${t('stack.solve.append')}</button>
        ${fits && answer.layers.length === 1 ? html`<button type="button" @click=${() => repair(place, answer.layers[0])}>${t('stack.solve.set', { n: place })}</button>` : nothing}</span>`
        }</li>`,
    )}</ol>`;
}

/** @param {string} key @param {number} value */
const argumentText = (key, value) => `${t(`stack.field.${key}`)} ${value}`;

/** @param {StackModel} model @param {Context} ctx */
function goal(model, { dispatch }) {
  const { goal: typed } = model.state;
  const { layer, found, refusal } = model.mended();
  const many = found ? howMany(found) : '';
  if (!model.result?.layers.length) return nothing;
  return html`<section aria-labelledby="stack-goal"><h3 id="stack-goal">${t('stack.goal')}</h3>
    <div class="question">
      <label class="argument"><span>${t('stack.layer')}</span><select .value=${live(String(layer))} @change=${(/** @type {any} */ e) => dispatch.aim({ layer: Number(e.target.value) })}>
        ${model.layers.map(({ op }, at) => html`<option value=${at} ?selected=${at === layer}>${at}: ${op}</option>`)}</select></label>
      <label class="argument"><span>${t('stack.goal.size')}</span><input type="text" autocomplete="off" aria-invalid=${refusal ? 'true' : nothing} .value=${live(typed.size)} @input=${(/** @type {any} */ e) => dispatch.aim({ size: e.target.value })} /></label>
    </div>
    ${refusal ? html`<p class="alert" role="alert">${refusalText(refusal)}</p>` : nothing}
    ${found ? repairButtons(found.repairs, dispatch) : nothing}
    ${many ? html`<p role="status">${many}</p>` : nothing}
  </section>`;
}

/** @param {NonNullable<import('../../stack/model.js').Mended['found']>} found */
function howMany({ total, complete, repairs }) {
  const counts = { all: countText(total), shown: repairs.length };
  const first = total > repairs.length ? t('stack.goal.more', counts) : '';
  return [total > 0 ? first : t('stack.goal.none'), complete ? '' : t('stack.goal.unfinished')]
    .filter(Boolean)
    .join(' ');
}
