// JAX: lax.conv_general_dilated, which takes channels first, paddings as pairs (also below 0) and spreads the
// input by lhs_dilation, so that a transposed convolution is an ordinary one with a turned kernel.

import { isCropped, isPadded, reach } from '../layer.js';
import { list, tuple } from '../python.js';
import { commonNotes, copied, letters, pairs, spatialDims, turnLine } from './common.js';

const MODES = { reflect: 'reflect', replicate: 'edge', circular: 'wrap' };

/** @param {import('../layer.js').Layer} layer @returns {import('./index.js').Translation} */
export function jax(layer) {
  const { transposed, spatial, groups, paddingMode, begin, end, hasBias } = layer;
  const axes = letters(spatial);
  const ones = begin.map(() => 1);
  const border = reach(layer);
  const mode = paddingMode === 'zeros' || !isPadded(layer) ? null : MODES[paddingMode];
  const none = begin.map(() => 0);
  const padding = transposed
    ? pairs(
        border.map((n, i) => n - begin[i]),
        border.map((n, i) => n - end[i] + layer.outputPadding[i]),
      )
    : mode
      ? pairs(none, none)
      : pairs(begin, end);
  const source = [
    ...(layer.flip || transposed || mode ? ['import numpy as np'] : []),
    ...(mode && !isCropped(layer) ? ['import jax.numpy as jnp'] : []),
    'from jax import lax',
    '',
    ...turnLine(layer),
    ...(transposed ? kernelLines(layer) : []),
    ...(mode ? paddingLines(layer, mode) : []),
    'y = lax.conv_general_dilated(',
    `    x, w, window_strides=${tuple(transposed ? ones : layer.stride)},`,
    `    padding=${list(padding)},`,
    `    lhs_dilation=${tuple(transposed ? layer.stride : ones)}, rhs_dilation=${tuple(layer.dilation)},`,
    `    dimension_numbers=('NC${axes}', 'OI${axes}', 'NC${axes}'), feature_group_count=${groups})`,
    ...(hasBias ? [`y = y + b.reshape(${[1, -1, ...ones].join(', ')})`] : []),
  ];
  return {
    fit: transposed || mode ? 'steps' : 'one',
    source: `${source.join('\n')}\n`,
    notes: [
      ...commonNotes(layer),
      ...(transposed ? [{ id: 'jax.transposed' }, { id: 'jax.padding' }] : []),
      ...(mode ? [{ id: 'padFirst' }] : []),
      ...(hasBias ? [{ id: 'jax.bias' }] : []),
      { id: 'jax.precision' },
    ],
  };
}

/** (in, out/groups, …) → (out, in/groups, …), turned. @param {import('../layer.js').Layer} layer */
function kernelLines({ spatial, groups, inChannels, outChannels, kernelSize }) {
  const turn = `w = np.flip(w, ${tuple(spatialDims(spatial))})`;
  if (groups === 1) return [turn, 'w = np.swapaxes(w, 0, 1)  # (in, out) to (out, in)'];
  const [inner, outer] = [inChannels / groups, outChannels / groups];
  return [
    turn,
    '# (in, out/groups) to (out, in/groups), group by group',
    `w = np.swapaxes(w.reshape${tuple([groups, inner, outer, ...kernelSize])}, 1, 2)`,
    `w = w.reshape${tuple([outChannels, inner, ...kernelSize])}`,
  ];
}

/** @param {import('../layer.js').Layer} layer @param {string} mode */
function paddingLines(layer, mode) {
  if (!isCropped(layer))
    return [
      `x = jnp.pad(x, ((0, 0), (0, 0), ${pairs(layer.begin, layer.end).join(', ')}), mode='${mode}')`,
    ];
  return layer.begin.map(
    (_, axis) =>
      `x = x[${[':', ...layer.begin.slice(0, axis), 0].map(() => ':').join(', ')}, ${copied(layer, axis)}]`,
  );
}
