// The refusals of stacks of layers in Simplified Chinese, as in refusals.zh.js.

/** @type {Record<string, string>} */
export const stackSentences = {
  '`{0}` must be an object, or a list of objects.': '`{0}` 必须是一个对象，或对象的列表。',
  '`layers` must be a list of layers.': '`layers` 必须是层的列表。',
  '`{0}` must be a list of whole numbers.': '`{0}` 必须是整数的列表。',
  "`weights` must be 'seeded' or 'ones'.": "`weights` 必须是 'seeded' 或 'ones'。",
  '`{0}` is {1}, but it must be from {2} to {3}.': '`{0}` 为 {1}，但必须在 {2} 到 {3} 之间。',
  'The range of `{0}` is {1}, but it must be the least and the most, from {2} on.':
    '`{0}` 的范围为 {1}，但必须是最小值和最大值，不小于 {2}。',
  'Sizes are solved for convolutions, max_pool and avg_pool, not for {0}.':
    '求解尺寸只适用于卷积、`max_pool` 和 `avg_pool`，不适用于 {0}。',
  '`{0}` is missing. Give the sizes to come `from` and to get `to`.':
    '缺少 `{0}`。请给出起始尺寸 `from` 和目标尺寸 `to`。',
  "The input's channels ({0}) must be divisible by `numGroups` ({1}). Use a number that divides {2}.":
    '输入通道数（{0}）必须能被 `numGroups`（{1}）整除。请用 {2} 的约数。',
  "`numParameters` is {0}, but it must be 1 or the input's channels, {1}.":
    '`numParameters` 为 {0}，但必须是 1 或输入通道数 {1}。',
  '{0} needs an input with a batch axis, but its shape is {1}. Put a 1 in front.':
    '{0} 需要带批量轴的输入，但其形状为 {1}。请在前面加一个 1。',
  '{0} needs more than one number to take the mean of, but its input has shape {1}. Use a larger map, or another norm.':
    '{0} 需要不止一个数才能求均值，但输入的形状为 {1}。请用更大的特征图，或换一种归一化。',
  "`alignCorners` needs a mode that goes between cells, such as '{0}', not 'nearest'. Leave it out, or use that mode.":
    "`alignCorners` 需要在元素之间插值的模式，例如 '{0}'，而不是 'nearest'。请去掉它，或使用该模式。",
  'Pools of one axis take no `divisorOverride`. Leave it out.':
    '只有一个轴的池化不接受 `divisorOverride`。请去掉它。',
  '`divisorOverride` is 0, and nothing can be divided by that. Leave it out, or use another number.':
    '`divisorOverride` 为 0，不能作除数。请去掉它，或换一个数。',
  'Without `dim`, {0} takes axis 0 of an input of shape {1}, which is the batch. Give `dim`.':
    '没有 `dim` 时，{0} 取形状为 {1} 的输入的第 0 轴，也就是批量。请给出 `dim`。',
  '`dim` is {0}, but the axes behind the batch of an input of shape {1} are {2} to {3}.':
    '`dim` 为 {0}，但形状为 {1} 的输入在批量之后的轴是 {2} 到 {3}。',
  'A stack flattens channels and all spatial axes into one. Use startDim {0} and endDim -1.':
    '网络把通道和所有空间轴展平成一个轴。请用 `startDim` {0} 和 `endDim` -1。',
  'A stack unflattens features into channels and spatial axes, on axis {0}, but the input has shape {1}.':
    '网络在轴 {0} 上把特征还原为通道和空间轴，但输入的形状为 {1}。',
  '`size` {0} does not make {1} features into channels and up to three spatial axes: its product must be {2}.':
    '`size` {0} 不能把 {1} 个特征还原为通道和至多三个空间轴：其乘积必须是 {2}。',
  '`{0}` is missing, but {1} needs it.': '缺少 `{0}`，而 {1} 需要它。',
  '`{0}` is {1}, but it must be at least 1.': '`{0}` 为 {1}，但至少为 1。',
  '`{0}` must be a number, such as 0.5.': '`{0}` 必须是一个数，例如 0.5。',
  '`{0}` is {1}, but there are {2} spatial axes. Give one number, or one per axis.':
    '`{0}` 为 {1}，但有 {2} 个空间轴。请给出一个数，或每轴一个。',
  '`{0}` is {1}, but it must be at least {2}.': '`{0}` 为 {1}，但至少为 {2}。',
  '`{0}` is {1}, but the input has {2}. Use {3}.': '`{0}` 为 {1}，但输入有 {2} 个。请用 {3}。',
  'no layer of a stack found. Paste what PyTorch prints of a Sequential, or its source, such as nn.Conv2d(3, 16, 3).':
    '没有找到网络的层。请粘贴 PyTorch 打印的 `Sequential`，或其源代码，例如 nn.Conv2d(3, 16, 3)。',
  'the text does not tell what "{0}" is. Write the number.':
    '文本没有说明“{0}”是多少。请写出这个数。',
  "`op` is '{0}', which is no layer of a stack. Use a name such as conv2d, max_pool2d, upsample, linear or relu.":
    "`op` 是 '{0}'，它不是网络的层。请用 `conv2d`、`max_pool2d`、`upsample`、`linear`、`relu` 之类的名称。",
  '{0} needs an input with {1}{2}, but its shape is {3}.':
    '{0} 需要有 {1} {2}的输入，但其形状为 {3}。',
  'The output would have shape {0}, but a stack needs at least one cell on every axis.':
    '输出的形状将为 {0}，但网络的每个轴上至少要有一个元素。',
  'The output of shape {0} is larger than the engine counts: {1} on an axis.':
    '形状为 {0} 的输出超出了引擎的计数范围：每轴最多 {1}。',
  "The pool's padding of the {0} is {1}, but it can be at most half of the kernel ({2}). Use at most {3}.":
    '池化的{0}填充为 {1}，但它最多为窗口（{2}）的一半。最多用 {3}。',
  "The pool's kernel spans {0} cells of the {1}, but the padded input has only {2}. Use a smaller kernel, or a larger input.":
    '池化窗口在{1}方向跨 {0} 个元素，但填充后的输入只有 {2} 个。请用更小的窗口或更大的输入。',
  'Counting the paths would take more than {0} steps, the most the engine takes on. Use a smaller input.':
    '数路径将超过 {0} 步，这是引擎的上限。请用更小的输入。',
  "`cell` is {0}, but the layer's output has cells from 0 to below {1}.":
    '`cell` 为 {0}，但该层输出的元素编号从 0 到小于 {1}。',
  '`layer` is {0}, but the layers are counted from 0 to {1}.':
    '`layer` 为 {0}，但层的编号是 0 到 {1}。',
  "`mode` is '{0}', but with {1} spatial axes only 'nearest' and '{2}' are known. Use one of them.":
    "`mode` 是 '{0}'，但有 {1} 个空间轴时只认识 'nearest' 和 '{2}'。请用其中之一。",
  'Upsampling needs an input with one to three spatial axes, but its shape is {0}.':
    '上采样需要有一到三个空间轴的输入，但其形状为 {0}。',
  'Upsampling needs either `size` or `scaleFactor`. Give one of them.':
    '上采样需要 `size` 或 `scaleFactor`。请给出其中之一。',
  '`scaleFactor` must be a number above 0, or one per axis, and leave at least one cell.':
    '`scaleFactor` 必须是大于 0 的数，或每轴一个，并且至少留下一个元素。',
  'A pixel shuffle needs an input with two spatial axes, but its shape is {0}.':
    '像素重排需要有两个空间轴的输入，但其形状为 {0}。',
  "The input's channels ({0}) must be divisible by the square of `{1}` ({2}). Use a multiple of {3}.":
    '输入通道数（{0}）必须能被 `{1}` 的平方（{2}）整除。请用 {3} 的倍数。',
  "The input's {0} ({1}) must be divisible by `{2}` ({3}).":
    '输入的{0}（{1}）必须能被 `{2}`（{3}）整除。',
  "The stack's maps and weights would hold more than {0} numbers, the most that is computed at once. Use a smaller input or fewer channels.":
    '网络的图和权重将超过 {0} 个数，这是一次计算的上限。请用更小的输入或更少的通道。',
  'The stack would take more than {0} multiplications, the most that is computed at once. Use a smaller input or fewer channels.':
    '网络将需要超过 {0} 次乘法，这是一次计算的上限。请用更小的输入或更少的通道。',
  'The ranges hold {0} combinations for {1} layers, more than are searched. Narrow them.':
    '这些范围对 {1} 层有 {0} 种组合，超过了搜索的上限。请缩小范围。',
  "Layer {0} cannot take the output of layer {1}: only layers before it, or -1 for the stack's input.":
    '层 {0} 不能取层 {1} 的输出：只能取它之前的层，或用 -1 表示网络的输入。',
  "A skip needs `merge`: 'add' or 'concat'.": "跳跃连接需要 `merge`：'add' 或 'concat'。",
  'The skip from {0} has shape {1}, but it meets shape {2}: what is added must have equal shapes. Change a layer so that they are equal, or concatenate.':
    '来自{0}的跳跃连接形状为 {1}，遇到的形状却是 {2}：相加的形状必须相同。请改变某一层使两者相同，或改用拼接。',
  'The skip from {0} has shape {1}, but it meets shape {2}: what is concatenated must agree in all axes but the channels. Change a layer so that the sizes are equal.':
    '来自{0}的跳跃连接形状为 {1}，遇到的形状却是 {2}：拼接时除通道外各轴必须一致。请改变某一层使尺寸相同。',
  'There are {0} layers, but a stack has at most {1}.': '有 {0} 层，但网络最多有 {1} 层。',
  '`inputShape` is {0}, but every size must be from 1 to {1}.':
    '`inputShape` 为 {0}，但每个尺寸必须在 1 到 {1} 之间。',
  '`inputShape` is {0}, but it must have a batch, channels and up to three spatial axes, such as [1, 3, 32, 32].':
    '`inputShape` 为 {0}，但它必须有批量、通道和至多三个空间轴，例如 [1, 3, 32, 32]。',
};

/** @type {Record<string, string>} */
export const stackValues = {
  "the stack's input": '网络的输入',
  'layer {0}': '层 {0} ',
  ' spatial axis': '个空间轴',
  ' spatial axes': '个空间轴',
};
