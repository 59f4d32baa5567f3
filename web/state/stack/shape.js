// The shape that goes into layers for which none is given.

import { readShape } from './values.js';

/** @typedef {import('../../engine/stack.js').StackLayer} StackLayer */

/** Cells on an axis, by the number of axes. */
const CELLS = [64, 64, 64, 16];
const CHANNELS = 3;

/** @param {readonly StackLayer[]} layers */
const channelsOf = (layers) => layers.find(({ inChannels }) => inChannels)?.inChannels;

/**
 * Of layers that were read: the shape that the text gives, or the one there is, with as many channels as the first layer
 * says that it takes.
 * @param {readonly StackLayer[]} layers @param {number[]|null} given @param {string} shown @returns {string|null}
 */
export function shapeFor(layers, given, shown) {
  if (given) return given.join(', ');
  const channels = channelsOf(layers);
  const shape = readShape(shown);
  if (!shape || channels === undefined || shape.length < 3) return null;
  return shape.with(1, channels).join(', ');
}

/**
 * One sample that such layers may take, where nothing is known but them.
 * @param {readonly StackLayer[]} layers @returns {string}
 */
export function usualShape(layers) {
  const { op = 'conv2d', inFeatures } = layers[0] ?? {};
  if (op === 'linear') return [1, inFeatures ?? CELLS[0]].join(', ');
  const named = layers.map((layer) => /([123])d$/.exec(layer.op)?.[1]).find(Boolean);
  const axes = Number(named ?? 2);
  return [1, channelsOf(layers) ?? CHANNELS, ...Array(axes).fill(CELLS[axes])].join(', ');
}
