// How much there is to compute, counted from the sizes that the engine tells.

import { sizeOf } from './tensors.js';

/** Multiply-adds that the page does itself, some fifty milliseconds of the plain loops; beyond them it waits for a worker. */
export const PATIENCE = 5e6;

/** @param {{ outputShape: number[], batched: boolean, parameters: { weight: number } }} geometry */
export function multiplyAddsOf({ outputShape, batched, parameters }) {
  const channels = outputShape[batched ? 1 : 0];
  return channels ? (sizeOf(outputShape) * parameters.weight) / channels : 0;
}
