// Every word of the page in English. Keys are dotted; {names} are put in by `t`.

import { elementEn } from './element.en.js';
import { exportEn } from './export.en.js';
import { galleryEn } from './gallery.en.js';
import { pasteEn } from './paste.en.js';

export const en = {
  ...elementEn,
  ...galleryEn,
  ...pasteEn,
  ...exportEn,
  and: ' and ',
  comma: ', ',
  listComma: ', ',
  semicolon: '; ',
  sentenceSpace: ' ',
  ofAxis: '{n} ({axis})',
  close: 'Close',
  'page.title': 'Convscope: every number of a convolution',
  'page.description':
    'Edit the input and the kernel and see every number of a convolution or a transposed convolution: padded, zero-inserted, flipped and scattered maps, and the size formula. Exactly as PyTorch.',
  'app.language': 'Language',
  'app.tagline': 'Every number of a convolution, exactly as PyTorch',
  'app.mode': 'What is shown',
  'app.mode.layer': 'One layer',
  'app.mode.stack': 'Stack of layers',
  'app.stackComing': 'Loading the stack …',
  'app.stackFailed':
    'The part for stacks could not be loaded. Check the connection, then try again.',
  'app.gallery': 'Gallery',
  'app.guide': 'Guide',
  'app.undo': 'Undo',
  'app.redo': 'Redo',
  'app.theme': 'Theme',
  'app.theme.auto': 'Auto',
  'app.theme.light': 'Light',
  'app.theme.dark': 'Dark',
  'app.share': 'Share',
  'app.shareFailed': 'The sharing tool could not be loaded. Check the connection, then try again.',
  'title.default': '{op}: {from} → {to}',
  'share.title': 'Share what you see',
  'share.kind': 'What to share',
  'share.link': 'Link',
  'share.iframe': 'Frame',
  'share.element': 'Element',
  'share.markdown': 'Markdown',
  'share.link.hint': 'Opens the page with these numbers, this view, this step and this language.',
  'share.iframe.hint':
    'For a post that takes frames. It loads from this site and needs nothing else.',
  'share.element.hint':
    'For a page of your own: one script tag, and a living figure whose attributes hold the numbers. Copy conv-scope.js with what it loads to your own site for good.',
  'share.markdown.hint':
    'For a README, an issue or a forum. A picture to put beside it comes from “Picture”.',
  'share.text': 'To paste',
  'share.copy': 'Copy',
  'share.copied': 'Copied.',
  'share.notCopied': 'The browser did not let the page copy. Select the text and press Ctrl+C.',
  'share.length': '{n} characters',
  'share.long':
    '{n} characters: some programs cut links beyond {max}. An element or a picture has no such limit.',
  'share.views': 'Shows',
  'share.views.all': 'Maps, sum and steps',
  'share.views.maps': 'Maps only',
  'share.views.steps': 'Stepping only',
  'share.views.formula': 'Maps and size formula',
  'share.readonly': 'Read-only',
  'share.stale': 'Something above cannot be computed. Mend it first: what is shared shows numbers.',
  'app.picture': 'Picture',
  'app.pictureFailed':
    'The picture tool could not be loaded. Check the connection, then try again.',
  'app.copied': 'Copied',
  'app.loading': 'Loading the engine …',
  'app.failed':
    'The engine could not be loaded: {reason} Reload the page; if that does not help, try a current Chrome, Firefox or Safari.',
  'app.reference': 'Reference: ',
  'app.api': 'API',
  'app.errors': 'Errors',
  'app.embedding': 'Embedding',
  'app.source':
    'Numbers by a C++ engine in WebAssembly, in float64. Nothing you type leaves this page.',
  'link.mangled':
    'A part of this link is missing or changed, so the opening example is shown. Copy the link once more, whole.',
  'link.version':
    'This link was made by another version of Convscope and cannot be read here. The opening example is shown.',
  'link.values':
    'The numbers in this link do not fill the sizes that it states: part of it is missing. The opening example is shown.',
  'link.settings':
    'This link is damaged: its settings cannot be read. The opening example is shown.',

  'op.conv1d': 'Conv1d',
  'op.conv2d': 'Conv2d',
  'op.conv3d': 'Conv3d',
  'op.conv_transpose1d': 'ConvTranspose1d',
  'op.conv_transpose2d': 'ConvTranspose2d',
  'op.conv_transpose3d': 'ConvTranspose3d',
  'axis.length': 'length',
  'axis.depth': 'depth',
  'axis.height': 'height',
  'axis.width': 'width',
  'edge.length.begin': 'left',
  'edge.length.end': 'right',
  'edge.depth.begin': 'front',
  'edge.depth.end': 'back',
  'edge.height.begin': 'top',
  'edge.height.end': 'bottom',
  'edge.width.begin': 'left',
  'edge.width.end': 'right',

  'settings.title': 'Settings',
  'field.operation': 'Operation',
  'field.inputSize': 'Input size',
  'field.kernelSize': 'Kernel size',
  'field.stride': 'Stride',
  'field.padding': 'Padding',
  'field.paddingBegin': 'Padding {axis} begin',
  'field.paddingEnd': 'Padding {axis} end',
  'field.dilation': 'Dilation',
  'field.outputPadding': 'Output padding',
  'field.groups': 'Groups',
  'field.inChannels': 'In channels',
  'field.outChannels': 'Out channels',
  'field.batch': 'Batch',
  'field.paddingKind': 'Padding given as',
  'field.paddingMode': 'Padding mode',
  'field.hasBias': 'Add a bias',
  'field.flip': 'True convolution (kernel turned by 180°)',
  'field.linked': 'Same for every axis',
  'paddingKind.each': 'per axis',
  'paddingKind.pairs': 'begin and end',
  'paddingKind.same': "'same'",
  'paddingKind.valid': "'valid'",
  'paddingMode.zeros': 'zeros',
  'paddingMode.reflect': 'reflect',
  'paddingMode.replicate': 'replicate',
  'paddingMode.circular': 'circular',

  'map.input': 'Input',
  'map.weight': 'Kernel',
  'map.bias': 'Bias',
  'map.output': 'Output',
  'map.paddedInput': 'Padded input',
  'map.zeroInserted': 'Zero-inserted input',
  'map.flippedWeight': 'Flipped kernel',
  'map.matrix': 'Matrix {name}',
  'map.inputAgain': 'x, the input',
  'map.roundTrip': 'Round trip',
  'map.phaseKernel': 'Sub-kernel {place}',
  'map.phaseOutput': 'Output cells {place}',
  'map.products': 'Products',
  'map.uncropped': 'Output before the crop',
  'mapName.output': 'output',
  'mapName.padded': 'padded input',
  'mapName.uncropped': 'output before the crop',
  'channel.plain': 'channel {channel}',
  'channel.plain.short': 'channel {channel}',
  'channel.sample': 'sample {sample} channel {channel}',
  'channel.sample.short': 'sample {sample}, channel {channel}',
  'channel.weight': 'from input channel {in} to output channel {out}',
  'channel.weight.short': 'in {in} → out {out}',
  'channel.depth': 'depth {depth}',
  'volume.shown': 'slices {first} to {last} of {depth}',
  'volume.back': '{map}: slice before',
  'volume.forward': '{map}: next slice',

  'board.title': 'Input, kernel and output',
  'board.glyph': '∗',
  'board.transposedGlyph': '∗ᵀ',
  'board.editHint': 'Click a number and type.',
  'board.outputHint': 'Click a cell to see its sum.',
  'board.stale': 'Last valid result: mend the marked field to go on.',

  'wait.result': 'Computing the result: this takes a while.',
  'wait.stale': 'Last result: that of the settings is not there yet.',
  'wait.gradients': 'Computing the gradients: this takes a while.',
  'wait.compare': 'Computing the output to compare with: this takes a while.',
  'wait.percent': '{percent} %',
  'wait.cancel': 'Cancel',
  'wait.stopped': 'Cancelled: this has not been computed.',
  'wait.again': 'Compute it',
  'wait.failed': 'This could not be computed: {reason}',

  'picture.open': 'Open a picture …',
  'picture.failed':
    'This file is not a picture that the browser can read. Choose a PNG, JPEG, GIF or WebP.',
  'field.tint': 'Tint cells by value',
  'field.grey': 'Show large maps in grey',
  'script.copy': 'Copy PyTorch script',
  'script.copied': 'Script copied',
  'terms.copyText': 'Copy sum as text',
  'terms.copyLatex': 'Copy as LaTeX',

  'fill.title': 'Fill',
  'fill.label': 'Fill: {map}',
  'fill.all': 'All cells',
  'fill.range': 'The selected cells',
  'fill.zeros': 'Zeros',
  'fill.ones': 'Ones',
  'fill.ramp': 'Ramp 1, 2, 3 …',
  'fill.random': 'Random',
  'fill.impulse': 'Impulse',
  'fill.identity': 'Identity',
  'fill.seed': 'Seed',

  'steps.title': 'Step by step',
  'steps.method': 'Method',
  'method.direct': 'Direct',
  'method.zero-insertion': 'Zero insertion',
  'method.scatter': 'Scatter',
  'method.matrix': 'Matrix',
  'method.phases': 'Phases',
  'step.pad.title': 'Pad',
  'step.pad.text': 'Surround the input with p = {p} rows and columns.',
  'step.pad.edges': 'Extend the input: {list}.',
  'step.pad.none': 'Padding is 0: the input stays as it is.',
  'step.pad.zeros': 'They hold zeros.',
  'step.pad.reflect': 'They mirror the input, without repeating its edge.',
  'step.pad.replicate': 'They repeat the edge of the input.',
  'step.pad.circular': 'They continue with the opposite edge of the input.',
  'step.slide.title': 'Slide the kernel',
  'step.slide.text':
    'Lay the kernel on the padded input, multiply cell by cell and add up; then move on by the stride, {stride}. The kernel is not turned: what frameworks call convolution is cross-correlation.',
  'step.products.none': 'Select a cell of the output to see its products here.',
  'step.products.sum': 'The products for output {place}. They add up to {sum}.',
  'step.products.sumBias': 'The products for output {place}. With the bias they add up to {sum}.',
  'step.dilation': 'Dilation {d}: kernel cells lie {d} apart, so the kernel spans {span}.',
  'step.insert.title': 'Insert zeros',
  'step.insert.one': 'Put s − 1 = {zeros} zero between neighbouring inputs (stride s = {stride}).',
  'step.insert.other':
    'Put s − 1 = {zeros} zeros between neighbouring inputs (stride s = {stride}).',
  'step.insert.none': 'Stride 1: no zeros come between the inputs.',
  'step.border.title': 'Pad',
  'step.border.text':
    'Surround it with k − p − 1 = {border} rows and columns of zeros (kernel k = {k}, padding p = {p}).',
  'step.border.dilated':
    'Surround it with d(k − 1) − p = {border} rows and columns of zeros (kernel k = {k}, dilation d = {d}, padding p = {p}).',
  'step.border.negative': 'A negative number cuts rows and columns off instead.',
  'step.border.extra.one': 'Output padding adds one more at the bottom and right, where asked for.',
  'step.border.extra.other':
    'Output padding adds up to {n} more at the bottom and right, where asked for.',
  'step.flip.title': 'Flip the kernel',
  'step.flip.text': 'Turn it by 180°: left-right and up-down.',
  'step.slideOne.title': 'Slide',
  'step.slideOne.text':
    'Slide the flipped kernel over the padded map with stride 1 and padding 0, always, whatever the stride of the layer. Each position gives one cell of the output.',
  'step.stamp.title': 'Stamp',
  'step.stamp.text':
    'Multiply the whole kernel by each input value and add it to the canvas; neighbouring inputs stamp {stride} cells apart. Where stamps overlap, they add up.',
  'step.crop.title': 'Crop',
  'step.crop.text':
    'Padding works backwards here: it takes p = {p} rows and columns off each side of the canvas.',
  'step.crop.none': 'Padding is 0: nothing is cut off.',
  'step.crop.extra.one':
    'Output padding keeps one row or column more at the end; its cells hold real sums.',
  'step.crop.extra.other':
    'Output padding keeps up to {n} rows or columns more at the end; their cells hold real sums.',
  'step.spread.title': 'Scatter',
  'step.spread.text':
    'The same sums the other way round: each input value goes, times the weight that meets it, to every output cell whose window holds it. Select an input cell to see where it goes.',
  'step.gather.title': 'Gather',
  'step.gather.text':
    'Each output cell collects the inputs whose stamps reach it: kernel index and output index must differ by a multiple of the stride, {stride}. Select an output cell to see which.',
  'remainder.length.one':
    'The windows do not end at the edge: the last cell of the padded input is never read.',
  'remainder.length.other':
    'The windows do not end at the edge: the last {n} cells of the padded input are never read.',
  'remainder.depth.one':
    'The windows do not end at the edge: the last slice of the padded input is never read.',
  'remainder.depth.other':
    'The windows do not end at the edge: the last {n} slices of the padded input are never read.',
  'remainder.height.one':
    'The windows do not end at the edge: the last row of the padded input is never read.',
  'remainder.height.other':
    'The windows do not end at the edge: the last {n} rows of the padded input are never read.',
  'remainder.width.one':
    'The windows do not end at the edge: the last column of the padded input is never read.',
  'remainder.width.other':
    'The windows do not end at the edge: the last {n} columns of the padded input are never read.',

  'stepper.title': 'Stepper',
  'stepper.first': 'First step',
  'stepper.back': 'Step back',
  'stepper.play': 'Play',
  'stepper.pause': 'Pause',
  'stepper.forward': 'Step forward',
  'stepper.last': 'Last step',
  'stepper.step': 'Step',
  'stepper.speed': 'Speed',
  'stepper.rate': '{n} a second',
  'stepper.of': '{at} of {total}',
  'stepper.start': 'Input and kernel as given.',
  'stepper.map': '{map}.',
  'stepper.output': 'Output {place} is {value}.',
  'stepper.input': 'Input {place}, {value}, stamps the kernel.',
  'stepper.crop': 'The crop leaves the output.',
  'stepper.all': 'All of the output.',

  'panels.title': 'Explain and export',
  'panel.size': 'Output size',
  'panel.channels': 'Channels and parameters',
  'panel.gradient': 'Gradients',
  'panel.overlap': 'Overlap',
  'panel.none': 'Appears once the settings above are valid.',
  'channels.title': 'Channels',
  'channels.dense':
    'Every output channel sums over all {inputs} input channels, each with weights of its own, and has one bias.',
  'channels.depthwise':
    'Depthwise: groups equal the input channels, so each input channel is filtered by itself and gives {multiplier} output channel(s).',
  'channels.grouped':
    '{groups} groups: {from} input channels feed {to} output channels in each, and no other.',
  'channels.layout': 'The weight’s shape is (out, in/groups, kernel …) = ({shape}).',
  'channels.layoutTransposed':
    'The weight’s shape is (in, out/groups, kernel …) = ({shape}): input channels come first in a transposed convolution.',
  'channels.parameters':
    'Each output channel has {formula} = {perKernel} weights and {bias} bias; {outputs} output channels make {total} parameters.',
  'channels.picture':
    'Wiring of {inputs} input channels to {outputs} output channels in {groups} groups',
  'gradient.none': 'Gradients appear once the settings above are valid.',
  'gradient.text':
    'The gradient of {op} for its input is {other} with the same weight and arguments, applied to the gradient of the output. Edit that one: it starts as all ones, which is the gradient of the sum of the output.',
  'gradient.output': 'Gradient of the output',
  'gradient.input': 'Gradient of the input',
  'gradient.weight': 'Gradient of the kernel',
  'gradient.bias': 'Gradient of the bias',
  'gradient.adjoint':
    'Output times its gradient, summed: {left}. Input times its gradient, summed: {right}. They are equal because the one operation is the transpose of the other: ⟨Cx, y⟩ = ⟨x, Cᵀy⟩ (without the bias).',

  'agreement.equal':
    'Equal: {methods} give the same output to the last digit (largest difference 0).',
  'agreement.close': '{methods} agree; the largest difference is {largest}, from rounding.',
  'step.matrix.title': 'The matrix {name}',
  'step.matrix.text':
    'Written as one long column, the output is y = Cx. Row by row, C ({rows} × {cols}) holds the weights that an output cell sees; dotted cells are zeros.',
  'step.matrix.transposed':
    'Written as one long column, the output is y = Cᵀx, where C is the matrix of the convolution with the same arguments. Cᵀ is {rows} × {cols}; dotted cells are zeros.',
  'step.matrix.turned':
    'The same numbers with rows and columns exchanged ({rows} × {cols}): a cell of the one side and a cell of the other that meet here meet there. That is why a transposed convolution takes the shape back.',
  'step.roundTrip.title': '{there}({here}x)',
  'step.roundTrip.text':
    'There and back again: the shape of x returns, its values do not, unless the matrix is orthogonal.',
  'step.phase.title': 'Phase {place}',
  'step.phase.text':
    'The output cells whose index leaves the remainder {place} when divided by the stride use only these weights: an ordinary convolution, without a single inserted zero.',
  'step.phase.none': 'No weight falls on these output cells: they hold the bias alone.',
  'overlap.layer': 'This layer',
  'overlap.resize': 'Resize, then convolve',
  'overlap.subpixel': 'Convolve, then pixel shuffle',
  'overlap.range': 'Between {min} and {max} inputs reach a cell.',
  'overlap.regular':
    'Along the {axis} the overlap is even: k = {k} falls evenly on the stride {s}.',
  'overlap.irregular':
    'Along the {axis} the overlap is uneven: k = {k} is no multiple of the stride s = {s}. A learned layer must undo this pattern or it shows as a checkerboard.',
  'overlap.conv':
    'Each output cell of a convolution reads one window; only where the window reaches into the padding are there fewer inputs.',
  'overlap.ways':
    'Two usual ways out: enlarge the input first (nearest neighbour) and convolve with stride 1; or convolve to s·s times the channels and interleave them (sub-pixel). Both reach all inner cells equally often.',
  'sizes.one': 'Along the {axis} only an input of {first} gives an output of {output}.',
  'sizes.range': 'Along the {axis} every input from {first} to {last} gives an output of {output}.',
  'sizes.caption':
    'A convolution with these arguments takes several sizes to one; output padding says which of them is meant.',
  'sizes.axis': 'Axis',
  'sizes.output': 'output_size',
  'sizes.back': 'Convolved back',

  'formula.title': 'Output size',
  'formula.convSpoken':
    'Output {axis} is {output}: input plus padding minus effective kernel size, divided by the stride and rounded down, plus 1.',
  'formula.transposedSpoken':
    'Output {axis} is {output}: input minus 1, times the stride, minus padding, plus dilation times kernel minus 1, plus output padding, plus 1.',
  'formula.outputPadding':
    'Output padding makes the output longer at the end. Those cells are computed like all others: they are not zeros that were stuck on.',
  'derive.title': 'Where this formula comes from',
  'derive.axis': 'Along the {axis}',
  'derive.conv.padded':
    'With its padding the input is {input} + {paddingBegin} + {paddingEnd} = {padded} long.',
  'derive.conv.window':
    'The kernel’s cells lie d = {dilation} apart, so a window is d(k − 1) + 1 = {effectiveKernel} long (the effective kernel size).',
  'derive.conv.moves':
    'The first window stands at the very beginning; {padded} − {effectiveKernel} = {span} cells are left to move over.',
  'derive.conv.count':
    'Each move takes s = {stride} cells, so ⌊{span} / {stride}⌋ moves fit; with the first window that makes {output}. {remainder} cells are left over.',
  'derive.transposed.ordinary':
    'An ordinary convolution with stride 1 gives {H}′ + 2p′ − d(k − 1) values from a map of length {H}′ with padding p′.',
  'derive.transposed.map':
    'The new map: s − 1 = {gaps} zeros go into each of the {H} − 1 = {slots} gaps, so {H}′ = {H} + (s − 1)({H} − 1) = {input} + {gaps}·{slots} = {zeroInserted}.',
  'derive.transposed.padding':
    'The new padding: p′ = d(k − 1) − p = {begin} at the beginning and {end} at the end; output padding adds {outputPadding} more at the end.',
  'derive.transposed.put':
    'Put in: {zeroInserted} + {begin} + {end} + {outputPadding} − {dilation}·({kernel} − 1) = {output}.',
  'derive.transposed.simplify':
    'With letters, {H} + (s − 1)({H} − 1) is ({H} − 1)s + 1, and 2(d(k − 1) − p) − d(k − 1) is d(k − 1) − 2p: together ({H} − 1)s − 2p + d(k − 1) + output padding + 1.',
  'derive.transposed.back':
    'A larger kernel and a smaller padding make the output longer: the opposite of what padding does in a convolution.',
  'letter.H': 'height (W: width)',
  'letter.k': 'kernel size',
  'letter.s': 'stride',
  'letter.p': 'padding',
  'letter.d': 'dilation',
  'letter.op': 'output padding',

  'terms.title': 'Selected cell',
  'terms.empty':
    'Select a cell of the output to see its sum, or a cell of the input or kernel to see what it reaches.',
  'terms.of.output': 'Output {place}',
  'terms.of.input': 'Input {place}',
  'terms.of.weight': 'Kernel {place}',
  'terms.reach.input.one': 'The value {value} reaches one output cell:',
  'terms.reach.input.other': 'The value {value} reaches {n} output cells:',
  'terms.reach.weight.one': 'The weight {value} takes part in one output cell:',
  'terms.reach.weight.other': 'The weight {value} takes part in {n} output cells:',
  'terms.to': 'to {place}:',
  'terms.bias': 'bias',
  'terms.none': 'no input reaches this cell',
  'terms.unread': 'It never takes part in the output.',
  'terms.void': 'Faint terms multiply zeros that were put in; they add nothing.',
  'terms.more': 'The first {shown} of {all} terms.',

  'cell.value': 'Value of {map} {place}',

  'gallery.title': 'Gallery',
  'gallery.start': 'Start here',
  'gallery.conv': 'Convolution, one parameter at a time',
  'gallery.transposed': 'The same, transposed',
  'gallery.reasons': 'The same example from other sides',
  'gallery.more': 'More shapes',
  'gallery.picture': 'Image kernels on a picture',
  'gallery.numbers': 'With numbers worked out',

  'error.empty': '{field} is empty. Type a whole number, such as 1.',
  'error.notNumber':
    '{field} must be a whole number, but “{text}” is not a number. Type one such as 2.',
  'error.notWhole':
    '{field} must be a whole number, but {text} has a fraction. Round it up or down.',
  'error.sizeBelowOne': '{field} is {value}, but must be at least 1. Type 1 or more.',
  'error.overLimit': '{field} is {value}, but this page shows at most {max}. Type {max} or less.',
  'error.tooManyKernels':
    'These channels need {count} kernel maps, but this page shows at most {max}. Take fewer channels or more groups.',
  'error.inputOverPage':
    'The input would have {cells} cells over all channels, but this page shows at most {max}. Make it smaller or take fewer channels.',
  'error.pageLimit':
    'The {map} would have {cells} cells, but this page shows at most {max}. Make {field} smaller.',
  'error.cell': '“{text}” is not a number. Type one such as 1.5 or -2e-3.',
  'error.cellComma': '“{text}” has a comma. If it is a decimal comma, type {point}.',
  'error.paste.number': 'Nothing was pasted: “{bad}” in line {line} is not a number.',
  'error.paste.ragged':
    'Nothing was pasted: line {line} (“{bad}”) has another length than the first line.',
  'error.paste.comma':
    'Nothing was pasted: “{bad}” in line {line} seems to hold decimal commas. Replace them by points.',
  'error.paste.large':
    'Nothing was pasted: the block is {size}, but this page shows at most {max} along an axis. Paste a part of it.',
  'error.paste.noTensor':
    'Nothing was pasted: the text holds no tensor that is shown whole and fits this map.',
  'error.paste.empty': 'Nothing was pasted: the clipboard holds no numbers.',
};
