// The current state as a script for PyTorch: it computes the same layer, for a transposed convolution
// also by zero insertion, and prints what one can paste back. Text only; nothing is computed here.

import { isTransposed, spatialAxes } from './schema.js';
import { readSettings } from './settings.js';

/** @param {import('./store.js').State} state */
export function pytorchScript(state) {
  const { values: v } = readSettings(state);
  const transposed = isTransposed(state.op);
  const axes = spatialAxes(state.op);
  const pairs = state.paddingKind === 'pairs' && v.padding.some((p, i) => p !== v.paddingEnd[i]);
  const odd = !transposed && (pairs || state.paddingMode !== 'zeros');
  const padding =
    state.paddingKind === 'same' || state.paddingKind === 'valid'
      ? `'${state.paddingKind}'`
      : tuple(v.padding);
  const lines = [
    'import torch',
    'import torch.nn.functional as F',
    '',
    `x = ${tensor(state.input)}`,
    `w = ${tensor(state.weight)}`,
    `b = ${state.hasBias ? tensor(state.bias) : 'None'}`,
    '',
  ];
  if (transposed) {
    lines.push(...transposedLines(state, v, pairs, axes));
  } else {
    const source = odd ? 'xp' : 'x';
    if (odd) lines.push(...paddingLines(state, v, axes));
    const args = [
      `stride=${tuple(v.stride)}`,
      `padding=${odd ? 0 : padding}`,
      `dilation=${tuple(v.dilation)}`,
      `groups=${v.groups[0]}`,
    ];
    lines.push(`y = F.${state.op}(${source}, w, b, ${args.join(', ')})`);
  }
  lines.push('print(y)', 'print(y.shape)');
  return `${lines.join('\n')}\n`;
}

/** @param {import('./store.js').State} state @param {import('./settings.js').Values} v @param {number} axes */
function paddingLines(state, v, axes) {
  const mode =
    /** @type {Record<string, string>} */ ({ zeros: 'constant' })[state.paddingMode] ??
    state.paddingMode;
  if (state.paddingKind === 'valid') return ['xp = x'];
  if (state.paddingKind === 'same') {
    const total = v.dilation.map((d, i) => d * (v.kernelSize[i] - 1));
    return [
      `xp = F.pad(x, ${edges(
        total.map((n) => Math.floor(n / 2)),
        total.map((n) => n - Math.floor(n / 2)),
      )}, mode='${mode}')`,
    ];
  }
  const end = state.paddingKind === 'pairs' ? v.paddingEnd : v.padding.slice(0, axes);
  return [`xp = F.pad(x, ${edges(v.padding, end)}, mode='${mode}')`];
}

/** @param {import('./store.js').State} state @param {import('./settings.js').Values} v @param {boolean} pairs @param {number} axes */
function transposedLines(state, v, pairs, axes) {
  const end = state.paddingKind === 'pairs' ? v.paddingEnd : v.padding;
  const border = v.dilation.map((d, i) => d * (v.kernelSize[i] - 1));
  const dims = Array.from({ length: axes }, (_, i) => i + 2);
  const slots = v.stride.map((s) => `::${s}`).join(', ');
  const args = [
    `stride=${tuple(v.stride)}`,
    `padding=${tuple(v.padding)}`,
    `output_padding=${tuple(v.outputPadding)}`,
    `groups=${v.groups[0]}`,
    `dilation=${tuple(v.dilation)}`,
  ];
  const size = v.inputSize.map((n, i) => (n - 1) * v.stride[i] + 1);
  const lines = [
    '# the same by zero insertion: spread, pad, turn the kernel, convolve with stride 1',
    `z = torch.zeros(${[v.batch[0], v.inChannels[0], ...size].join(', ')})`,
    `z[:, :, ${slots}] = x`,
    `z = F.pad(z, ${edges(
      border.map((n, i) => n - v.padding[i]),
      border.map((n, i) => n - end[i] + v.outputPadding[i]),
    )})`,
    `g = ${v.groups[0]}`,
    `v = torch.cat([part.transpose(0, 1) for part in w.flip(${dims.join(', ')}).chunk(g)])`,
    `y2 = F.conv${axes}d(z, v, b, dilation=${tuple(v.dilation)}, groups=g)`,
  ];
  // PyTorch's own transposed convolution takes one padding for both ends.
  if (pairs) return [...lines, 'y = y2'];
  return [
    `y = F.${state.op}(x, w, b, ${args.join(', ')})`,
    '',
    ...lines,
    'print("largest difference:", (y - y2).abs().max().item())',
  ];
}

/** F.pad counts from the last axis back. @param {number[]} begin @param {number[]} end */
const edges = (begin, end) =>
  tuple(
    begin
      .map((b, i) => [b, end[i]])
      .reverse()
      .flat(),
  );

/** @param {number[]} list */
const tuple = (list) => `(${list.join(', ')}${list.length === 1 ? ',' : ''})`;

/** @param {import('./tensors.js').EditTensor} t */
const tensor = (t) =>
  `torch.tensor([${Array.from(t.data, number).join(', ')}]).reshape(${t.shape.join(', ')})`;

/** Always a float, as PyTorch must not make integers of whole numbers. @param {number} v */
const number = (v) =>
  Number.isNaN(v)
    ? "float('nan')"
    : !Number.isFinite(v)
      ? `float('${v > 0 ? '' : '-'}inf')`
      : /[.e]/.test(String(v))
        ? String(v)
        : `${v}.`;
