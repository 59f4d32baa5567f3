// PyTorch: as a module and as a function.

import { isEven, isPadded, plainTransposed } from '../layer.js';
import { padLines, tuple } from '../python.js';
import { call, commonNotes, slice, spatialDims } from './common.js';

/** @param {import('../layer.js').Layer} layer @returns {import('./index.js').Translation} */
export function pytorch(layer) {
  const { transposed, spatial, named, paddingMode, begin, end, hasBias, groups } = layer;
  const even = isEven(layer) || named !== null;
  // for unequal ends of a transposed one: all of the output, then a crop
  const steps = transposed && !even ? plainTransposed(layer) : null;
  const grown = steps !== null && [...steps.zerosBegin, ...steps.zerosEnd].some(Boolean);
  const padding = !even ? 0 : named ? `'${named}'` : tuple(begin);
  const shared = [
    `stride=${tuple(layer.stride)}`,
    `padding=${padding}`,
    ...(transposed ? [`output_padding=${tuple(steps?.outputPadding ?? layer.outputPadding)}`] : []),
    `dilation=${tuple(layer.dilation)}`,
    `groups=${groups}`,
  ];
  const mode = paddingMode === 'zeros' ? 'constant' : paddingMode;
  const padded = steps
    ? padLines('x', 'xp', layer.inputSize, steps.zerosBegin, steps.zerosEnd)
    : padLines('x', 'xp', layer.inputSize, begin, end, mode);
  const crop = steps
    ? `[:, :, ${steps.begin.map((b, i) => slice(b, steps.end[i])).join(', ')}]`
    : '';
  // a function knows no padding mode
  const modeApart = paddingMode !== 'zeros' && isPadded(layer);
  const padFirst = steps ? grown : !even;
  const arguments_ = modeApart
    ? shared.map((a) => (a.startsWith('padding=') ? 'padding=0' : a))
    : shared;
  const kind = `Conv${transposed ? 'Transpose' : ''}${spatial}d`;
  const source = [
    'import torch',
    'from torch import nn',
    'from torch.nn import functional as F',
    '',
    ...(layer.flip ? [`w = w.flip(${spatialDims(spatial).join(', ')})`, ''] : []),
    '# as a module',
    call(`layer = nn.${kind}`, [
      String(layer.inChannels),
      String(layer.outChannels),
      tuple(layer.kernelSize),
      ...shared,
      `bias=${hasBias ? 'True' : 'False'}`,
      ...(even && paddingMode !== 'zeros' ? [`padding_mode='${paddingMode}'`] : []),
    ]),
    'with torch.no_grad():',
    '    layer.weight.copy_(w)',
    ...(hasBias ? ['    layer.bias.copy_(b)'] : []),
    ...(padFirst ? padded : []),
    `y = layer(${padFirst ? 'xp' : 'x'})${crop}`,
    '',
    '# as a function',
    ...(modeApart && !padFirst ? padded : []),
    call(
      `y = F.${layer.op}`,
      [padFirst || modeApart ? 'xp' : 'x', 'w', hasBias ? 'b' : 'None', ...arguments_],
      crop,
    ),
  ];
  return {
    fit: even ? 'one' : 'steps',
    source: `${source.join('\n')}\n`,
    notes: [
      ...commonNotes(layer),
      ...(steps ? [{ id: 'pytorch.crop' }] : padFirst ? [{ id: 'pytorch.pairs' }] : []),
      ...(grown ? [{ id: 'zerosAround' }] : []),
      ...(even && modeApart ? [{ id: 'pytorch.mode', values: { mode: paddingMode } }] : []),
    ],
  };
}
