// Titles and sentences of the gallery in English, by preset.

export const galleryEn = {
  'preset.transposed_2x2_k3_s2': '2×2 becomes 5×5',
  'preset.transposed_2x2_k3_s2.note': 'The opening example: insert zeros, pad, flip, slide.',
  'preset.transposed_3x3_k3_s2_p1': '3×3 becomes 5×5, with padding',
  'preset.transposed_3x3_k3_s2_p1.note':
    'Padding 1 takes one row and column off each side: 3 → 5 → 7 (padded) → 5.',
  'preset.transposed_3x3_k3_s2_p1_op1': '3×3 becomes 6×6, with output padding',
  'preset.transposed_3x3_k3_s2_p1_op1.note':
    'Output padding adds a row and a column whose cells are real sums.',
  'preset.transposed_channels': '2 channels become 3, with bias',
  'preset.transposed_channels.note':
    'Every output channel sums over both input channels and adds its bias.',
  'preset.transposed_groups': 'Two groups',
  'preset.transposed_groups.note':
    'Each group sees its own two input channels and makes one output channel.',
  'preset.no_padding_no_strides': 'No padding, no strides',
  'preset.no_padding_no_strides.note': 'The kernel visits every place where it fits whole.',
  'preset.arbitrary_padding_no_strides': 'Arbitrary padding, no strides',
  'preset.arbitrary_padding_no_strides.note':
    'Padding 2 around the input makes the output larger than the input.',
  'preset.same_padding_no_strides': 'Half (same) padding, no strides',
  'preset.same_padding_no_strides.note': 'Half padding, ⌊k/2⌋, keeps the size of the input.',
  'preset.full_padding_no_strides': 'Full padding, no strides',
  'preset.full_padding_no_strides.note': 'Full padding, k − 1, lets every partial overlap count.',
  'preset.no_padding_strides': 'No padding, strides',
  'preset.no_padding_strides.note': 'Stride 2 skips every other position.',
  'preset.padding_strides': 'Padding, strides',
  'preset.padding_strides.note': 'Stride and padding together: 5 becomes 3.',
  'preset.padding_strides_odd': 'Padding, strides (odd)',
  'preset.padding_strides_odd.note':
    '6 also becomes 3: the last padded row and column are never read.',
  'preset.dilation': 'Dilation',
  'preset.dilation.note': 'The kernel’s cells lie two apart, so a 3×3 kernel spans 5×5.',
  'preset.no_padding_no_strides_transposed': 'No padding, no strides, transposed',
  'preset.no_padding_no_strides_transposed.note':
    'Back from 2×2 to the 4×4 that the convolution started from.',
  'preset.arbitrary_padding_no_strides_transposed': 'Arbitrary padding, no strides, transposed',
  'preset.arbitrary_padding_no_strides_transposed.note':
    'The padding of the convolution becomes a crop.',
  'preset.same_padding_no_strides_transposed': 'Half (same) padding, no strides, transposed',
  'preset.same_padding_no_strides_transposed.note':
    'With half padding the size stays, forward and back.',
  'preset.full_padding_no_strides_transposed': 'Full padding, no strides, transposed',
  'preset.full_padding_no_strides_transposed.note':
    'Full padding leaves no border at all in the transposed one.',
  'preset.no_padding_strides_transposed': 'No padding, strides, transposed',
  'preset.no_padding_strides_transposed.note':
    'The stride becomes inserted zeros: 2×2 grows to 5×5.',
  'preset.padding_strides_transposed': 'Padding, strides, transposed',
  'preset.padding_strides_transposed.note': 'From 3×3 back to 5×5.',
  'preset.padding_strides_odd_transposed': 'Padding, strides (odd), transposed',
  'preset.padding_strides_odd_transposed.note':
    'Output padding 1 says that 6×6 was meant, not 5×5.',
  'preset.numerical_no_padding_no_strides': 'Numbers: no padding, no strides',
  'preset.numerical_no_padding_no_strides.note': 'Nine windows, nine sums.',
  'preset.numerical_padding_strides': 'Numbers: padding, strides',
  'preset.numerical_padding_strides.note': 'The same input with padding 1 and stride 2.',
  'preset.stamps': 'Stamps and a crop',
  'preset.stamps.note':
    'Each input stamps the kernel onto a canvas; padding 1 then takes off a row and a column on each side.',
  'preset.phases': 'Four small convolutions',
  'preset.phases.note':
    'Stride 2 splits the kernel into four: no multiplication by inserted zeros.',
  'preset.matrix': 'One matrix and its transpose',
  'preset.matrix.note':
    'Why a transposed convolution gives the shape back, and why it does not give the values back.',
  'preset.gradients': 'Gradients',
  'preset.gradients.note': 'The gradient of the one operation is the other.',
  'preset.true_convolution': 'True convolution',
  'preset.true_convolution.note':
    'The kernel turned by 180° first: what mathematics calls convolution.',
  'preset.k2_s2': 'Kernel 2, stride 2',
  'preset.k2_s2.note': 'Kernel 2 with stride 2: the stamps touch but never overlap.',
  'preset.dilated_transposed': 'Dilated, transposed',
  'preset.dilated_transposed.note':
    'Dilation spreads each stamp: 3×3 becomes 7×7 with a 3×3 kernel.',
  'preset.depthwise': 'Depthwise',
  'preset.depthwise.note': 'As many groups as channels: each channel has a kernel of its own.',
  'preset.causal': 'Causal, in one dimension',
  'preset.causal.note': 'Padding on the left only: no output depends on later inputs.',
  'preset.overlap': 'Checkerboard',
  'preset.overlap.note':
    'All ones: the output counts overlaps, a checkerboard because 3 is not a multiple of 2.',
  'preset.volume': 'A volume',
  'preset.volume.note': 'Depth, height and width at once; page through the slices.',
  'preset.blur': 'Blur',
  'preset.blur.note': 'Every pixel becomes the mean of its neighbourhood.',
  'preset.sharpen': 'Sharpen',
  'preset.sharpen.note': 'The middle five times, minus its four neighbours.',
  'preset.sobel': 'Sobel',
  'preset.sobel.note': 'Right minus left: vertical edges light up.',
  'preset.emboss': 'Emboss',
  'preset.emboss.note': 'A slope in one direction looks like light from the side.',
};
