// The words of the paste panel, in English.

export const pasteEn = {
  'paste.title': 'Compare with PyTorch',
  'paste.hint':
    'Paste what your program printed: does it agree, and if not, why? Nothing leaves this page.',
  'paste.label': 'Paste',
  'paste.placeholder':
    'A tensor, a layer such as nn.Conv2d(1, 1, 3, stride=2), a shape, an error message, or a whole script with its output',
  'paste.file': 'Open a file …',
  'paste.fromFile': 'From the file {name}.',
  'paste.fileTooLarge': '{name} is too large to be read here. Save a part of it.',
  'paste.clear': 'Clear',
  'paste.try': 'Try:',
  'paste.sample.match': 'a script with its output',
  'paste.sample.flipped': 'one with a mistake',
  'paste.sample.layer': 'a layer',
  'paste.found': 'Found: {list}.',
  'paste.item.layer': 'a layer {op}',
  'paste.item.error': 'an error message',
  'paste.errorUnknown':
    'This message is none of those that these six layers raise for their arguments.',
  'paste.item.tensor': 'a tensor {size}',
  'paste.item.tensorNamed': '{name} {size}',
  'paste.item.shape': 'a shape {size}',
  'paste.item.shapeNamed': 'the shape of {name} {size}',
  'paste.item.scalar': 'of one number',
  'paste.truncated': '(shown in part)',
  'paste.inexact': '(whole numbers beyond 2^53 are rounded)',
  'paste.roleOf': 'What is it: {item}',
  'paste.role.input': 'Input',
  'paste.role.weight': 'Kernel',
  'paste.role.bias': 'Bias',
  'paste.role.output': 'Output to compare',
  'paste.role.layer': 'Settings',
  'paste.role.none': 'Not used',
  'paste.role.ask': 'Choose …',
  'paste.channelsLast': 'channels last',
  'paste.commaOne': 'One number each: 1,5 is 1.5',
  'paste.commaTwo': 'Two numbers: 1,5 is 1 and 5',
  'paste.missingBias':
    'The layer has a bias, but its numbers are not in the paste: zeros are used. Paste the bias too, or switch it off.',
  'paste.notShown': 'This cannot be shown here.',
  'paste.comparedUnseen': 'It is computed and compared all the same.',
  'paste.notLoaded':
    'The part of the page that reads this could not be loaded: {reason} Check the connection and paste again.',
  'paste.filled':
    'This fills the page above. Paste the output too, below it, and the two are compared.',
  'paste.ask.one': 'One tensor could be several things: say above what it is.',
  'paste.ask.other': '{n} tensors could be several things: say above what they are.',
  'paste.problem.truncated':
    '{role}: this print hides numbers behind “...”, and a result needs them all. Print it again after torch.set_printoptions(threshold=float("inf")), or save it as .npy and open the file.',
  'paste.problem.rank':
    '{role}: a tensor of shape {shape} has too many axes; here it takes {rank}. Paste one of that rank or choose another operation.',
  'paste.problem.weightShape':
    'The kernel has the shape {shape}, but these arguments ask for {expected}. Mend the layer or paste the kernel that belongs to it.',
  'paste.problem.channels':
    'The input has {channels} channels, but the kernel and the groups expect {expected}. If the channels stand last, tick “channels last”.',
  'paste.problem.inputDilation':
    'lhs_dilation={value} puts zeros between the inputs: that is a transposed convolution. Choose ConvTranspose with this stride, and turn the kernel.',
  'paste.unread':
    'Of {keys} the paste holds no number, only an expression: the default is used. Mend it above.',
  'paste.problem.biasLength':
    'The bias has {length} numbers, but there are {expected} output channels.',

  'verdict.match.one': 'Match: the one number agrees.',
  'verdict.match.other': 'Match: all {n} numbers agree.',
  'verdict.matchAll.one': 'Match: the one number agrees.',
  'verdict.matchAll.other': 'Match: all {n} numbers of {outputs} tensors agree.',
  'verdict.differs': 'Differs: {differing} of {compared} numbers disagree, by up to {most}.',
  'verdict.cannot': 'Cannot compare: {reason}',
  'verdict.shapeMatch': 'Match: this layer gives the shape {actual}.',
  'verdict.shapeDiffers': 'Differs: this layer gives the shape {actual}, not {expected}.',
  'verdict.ask': 'Cannot compare: say above what the tensor is.',
  'verdict.maxAbs': 'largest |Δ|',
  'verdict.meanAbs': 'mean |Δ|',
  'verdict.maxRelative': 'relative to the largest number',
  'verdict.tolerance.digits':
    'Tolerance: half a unit of the last printed digit ({decimals} decimals), plus rtol {rtol} and atol {atol}.',
  'verdict.tolerance.given': 'Tolerance: rtol {rtol} and atol {atol}.',
  'verdict.hidden.one': 'One number is hidden behind “...” and was not compared.',
  'verdict.hidden.other': '{n} numbers are hidden behind “...” and were not compared.',
  'verdict.reshaped': 'Axes of size 1 were added or left out to compare the shapes.',
  'verdict.slack':
    'Input or kernel were pasted as printed, rounded; what that may change in each sum is allowed for.',
  'verdict.difference': 'Difference',
  'verdict.worst': 'Where they differ most',
  'verdict.at': 'At',
  'verdict.here': 'Here',
  'verdict.pasted': 'Pasted',
  'verdict.auto': 'auto',
  'verdict.tolerance': 'Tolerance',
  'verdict.toleranceText':
    'As in torch.allclose: |here − pasted| ≤ atol + rtol · |pasted|. Left empty, both follow the number type and the printed digits.',

  'cause.title': 'Why',
  'cause.running': 'Looked at {tried} of {total} possible causes.',
  'cause.searching': 'Looking for the cause: {percent} %.',
  'cause.cancel': 'Stop',
  'cause.proof':
    'With it, {compared} numbers were compared: the largest |Δ| falls from {before} to {after}.',
  'cause.proofNew': 'With it, {compared} numbers were compared: the largest |Δ| is {after}.',
  'cause.shapeOnly': 'It gives this shape.',
  'cause.nearest': 'Closest comes:',
  'cause.tied': 'These numbers cannot tell it from the other causes with this remark.',
  'cause.apply': 'Apply',
  'cause.noRequest': 'No argument of the layer does this.',
};
