// States from plain settings, as presets, links and benchmarks hold them.

import { COPY_OUT } from './formats.js';
import { emptyPaste } from './paste/empty.js';
import { FIELDS, methodsOf, spatialAxes } from './schema.js';
import { readSettings, shapesOf } from './settings.js';
import { makeTensor } from './tensors.js';

/**
 * @typedef {import('./schema.js').FieldKey} FieldKey
 * @typedef {import('./schema.js').Op} Op
 * @typedef {import('./store.js').State} State
 */

/** @param {{ op: Op } & Partial<Record<FieldKey, number|number[]>>} config @returns {Record<FieldKey, string[]>} */
export function textsOf(config) {
  const axes = spatialAxes(config.op);
  return /** @type {any} */ (
    Object.fromEntries(
      FIELDS.map((field) => {
        const given =
          config[field.key] ??
          (field.key === 'paddingEnd' ? config.padding : undefined) ??
          field.initial;
        const list = Array.isArray(given) ? given : Array(field.perAxis ? axes : 1).fill(given);
        return [field.key, list.map(String)];
      }),
    )
  );
}

/** A state from plain settings and flat values, as presets and links hold them. @param {any} config @returns {State} */
export function makeState(config) {
  const text = textsOf(config);
  const base = /** @type {State} */ ({
    op: config.op,
    text,
    paddingKind: config.paddingKind ?? 'each',
    paddingMode: config.paddingMode ?? 'zeros',
    hasBias: Boolean(config.bias),
    linked: config.linked ?? false,
    method: config.method ?? methodsOf(config.op)[0],
    input: makeTensor([0]),
    weight: makeTensor([0]),
    bias: makeTensor([0]),
    drafts: {},
    selected: config.selected ?? null,
    hovered: null,
    range: null,
    seed: config.seed ?? 1,
    example: config.example ?? null,
    lastField: null,
    slices: {},
    step: config.step ?? null,
    playing: false,
    speed: 2,
    panel: config.panel ?? 'size',
    gradient: null,
    palette: config.palette ?? 'sign',
    flip: config.flip ?? false,
    tint: config.tint ?? false,
    paste: emptyPaste,
    copyOut: COPY_OUT,
  });
  const { values } = readSettings(base);
  const shapes = shapesOf(base.op, values);
  return {
    ...base,
    input: makeTensor(shapes.input, config.input),
    weight: makeTensor(shapes.weight, config.weight),
    bias: makeTensor(shapes.bias, config.bias),
  };
}
