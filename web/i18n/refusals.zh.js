// The engine's refusals in Simplified Chinese, by the English template that comes with each. PyTorch's own words and the
// keys of a request (in `…`) stay as they are.

import { stackSentences, stackValues } from './refusals.stack.zh.js';

const SAME_TYPE = '请全部用 Float32Array，或者全部用 Float64Array（普通数组按 float64 处理）。';
const SAME_TYPE_EN =
  '. Give all as Float32Array, or all as Float64Array (a plain array counts as float64).';

/** @type {Record<string, string>} */
const arguments_ = {
  'The request must be an object: { op, input, … }.': '请求必须是一个对象：{ op, input, … }。',
  '`{0}.data` is missing. Give its numbers in a Float32Array, a Float64Array or an array.':
    '缺少 `{0}.data`。请用 Float32Array、Float64Array 或数组给出其数值。',
  '`{0}` must be true or false.': '`{0}` 必须为 true 或 false。',
  'There is not enough memory for this request. Use a smaller input or kernel.':
    '内存不足，无法完成此请求。请用更小的输入或卷积核。',
  'The text must be a string.': '文本必须是字符串。',
  'Name the method and one cell: { method, output }.': '请给出方法和一个元素：{ method, output }。',
  '`{0}` must be a whole number, but it is {1}. Give a number such as 1.':
    '`{0}` 必须是整数，现在却是{1}。请给出一个数，例如 1。',
  '`{0}` must be a whole number, but it is {1}. Round it to a whole number.':
    '`{0}` 必须是整数，现在却是 {1}。请取整。',
  '`{0}` is {1}, but the engine counts up to {2}. Use a smaller number.':
    '`{0}` 为{1}，但引擎最多数到 {2}。请用更小的数。',
  '`{0}` must be a number or a list with one number per axis, but it is {1}.':
    '`{0}` 必须是一个数，或每轴一个数的列表，现在却是{1}。',
  'Padding by pairs needs [begin, end] for every axis, such as [[1, 2], [0, 0]].':
    '成对给出填充时，每个轴都要有 [前端, 末端]，例如 [[1, 2], [0, 0]]。',
  '`op` is {0}, but it must be one of conv1d, conv2d, conv3d, conv_transpose1d, conv_transpose2d, conv_transpose3d.':
    '`op` 是{0}，但必须是 conv1d、conv2d、conv3d、conv_transpose1d、conv_transpose2d、conv_transpose3d 之一。',
  '`{0}.shape` must be a list of sizes, but it is {1}. Give one such as [1, 1, 5, 5].':
    '`{0}.shape` 必须是尺寸的列表，现在却是{1}。请给出例如 [1, 1, 5, 5]。',
  '`{0}.shape` is {1}, but a size cannot be below 0.': '`{0}.shape` 为 {1}，但尺寸不能小于 0。',
  '`{0}` of shape {1} would hold more than {2} numbers, the most the engine takes. Make it smaller.':
    '形状为 {1} 的 `{0}` 将超过 {2} 个数，这是引擎的上限。请改小。',
  '`{0}.data` must hold numbers only, but it has {1}.': '`{0}.data` 只能含有数，现在却有{1}。',
  '`{0}.data` holds {1} numbers, but shape {2} needs {3}.':
    '`{0}.data` 有 {1} 个数，但形状 {2} 需要 {3} 个。',
  "`{0}.dtype` must be 'float32' or 'float64', but it is {1}.":
    "`{0}.dtype` 必须是 'float32' 或 'float64'，现在却是{1}。",
  '`input` is missing. Give { shape, data }.': '缺少 `input`。请给出 { shape, data }。',
  '`weight` is missing. Give { shape, data }.': '缺少 `weight`。请给出 { shape, data }。',
  "`paddingMode` must be a text such as 'zeros', but it is {0}.":
    "`paddingMode` 必须是文本，例如 'zeros'，现在却是{0}。",
  '`flipKernel` must be true or false, but it is {0}.':
    '`flipKernel` 必须为 true 或 false，现在却是{0}。',
};

/** @type {Record<string, string>} */
const shapes = {
  'The input has shape {0}, but {1} needs {2} axes (channels, then space), or {3} with a batch in front.':
    '输入的形状为 {0}，但 {1} 需要 {2} 个轴（先通道，后空间），前面带批量时为 {3} 个。',
  [`The bias is {0}, but the input is {1}${SAME_TYPE_EN}`]: `偏置是 {0}，输入却是 {1}。${SAME_TYPE}`,
  [`The weight is {0}, but the input is {1}${SAME_TYPE_EN}`]: `权重是 {0}，输入却是 {1}。${SAME_TYPE}`,
  'The weight has shape {0}, but {1} needs {2} axes: two of channels and {3} of the kernel.':
    '权重的形状为 {0}，但 {1} 需要 {2} 个轴：两个通道轴和 {3} 个卷积核轴。',
  'The weight has shape {0}, but it needs two axes of channels and at least one of the kernel.':
    '权重的形状为 {0}，但它需要两个通道轴和至少一个卷积核轴。',
  'The weight has {0}{1}too few for {2}{3}': '权重有 {0} {1}少于 {2} {3}',
  'The weight has {0}{1}which {2} groups cannot share evenly. Use a multiple of {3}, or other groups.':
    '权重有 {0} {1}无法平均分成 {2} 组。请用 {3} 的倍数，或改变分组数。',
  'The input has {0}{1}, but a weight of shape {2} with {3}{4} takes {5}. Change the input or the weight.':
    '输入有 {0} {1}，但形状为 {2}、分为 {3} {4}的权重需要 {5} 个。请改变输入或权重。',
  'The bias has shape {0}, but there are {1} output channels, one number for each. Use shape [{2}].':
    '偏置的形状为 {0}，但有 {1} 个输出通道，每个需要一个数。请用形状 [{2}]。',
  '{0} ({1}) must be divisible by groups ({2}). Use a multiple of {3}, or other groups.':
    '{0}（{1}）必须能被分组数（{2}）整除。请用 {3} 的倍数，或改变分组数。',
  'Groups is {0}, but there must be at least 1. Use 1 to connect every input channel with every output channel.':
    '分组数为 {0}，但至少要有 1 组。用 1 可让每个输入通道与每个输出通道相连。',
  'Without a weight, inChannels, outChannels and kernelSize are all needed.':
    '没有权重时，inChannels、outChannels 和 kernelSize 都必须给出。',
  'The weight would have shape {0}, but a size cannot be below 0. Use a positive number.':
    '权重的形状将为 {0}，但尺寸不能小于 0。请用正数。',
  'The weight has shape {0}, but a {1} with {2} input channels, {3} output channels, {4} groups and this kernel size has a weight of shape {5}.':
    '权重的形状为 {0}，但有 {2} 个输入通道、{3} 个输出通道、分为 {4} 组且卷积核为此尺寸的 {1}，其权重的形状为 {5}。',
  'The weight of shape {0} is empty. Give it at least one cell.':
    '形状为 {0} 的权重是空的。请至少给它一个元素。',
  'The weight of shape {0} is empty. Give it at least one cell on every axis.':
    '形状为 {0} 的权重是空的。请让它每个轴上至少有一个元素。',
};

/** @type {Record<string, string>} */
const geometry = {
  '`{0}` is {1}, but the kernel has {2}{3}. Give one number, or one per axis.':
    '`{0}` 为 {1}，但卷积核有 {2} {3}。请给出一个数，或每轴一个。',
  "Padding 'same' keeps the input's size, which only stride 1 can do, but the stride is {0}. Use stride 1, or give the padding in numbers.":
    "填充 'same' 要保持输入的尺寸，只有步幅 1 能做到，现在步幅却是 {0}。请用步幅 1，或用数给出填充。",
  "Padding is the text '{0}', but only 'same' and 'valid' are known. Use one of them, or numbers.":
    "填充是文本 '{0}'，但只认识 'same' 和 'valid'。请用其中之一，或用数。",
  "Padding is the text {0}, but only 'same' and 'valid' are known. Use one of them, or numbers.":
    "填充是文本 {0}，但只认识 'same' 和 'valid'。请用其中之一，或用数。",
  "A negative padding crops: {0} and {1} leave nothing of the input's {2} cells. Crop less, or use 0.":
    '负的填充就是裁剪：{0} 和 {1} 把输入的 {2} 个元素全部裁去了。请少裁一些，或用 0。',
  'Padding{0} is {1}, but a padding with zeros cannot be negative. {2}':
    '{0}填充为 {1}，但零填充不能是负数。{2}',
  'Output padding{0} is {1}, but it cannot be negative. Use 0 for none.':
    '{0}输出填充为 {1}，但它不能是负数。不需要时请用 0。',
  'Output padding{0} is {1}, but it must be below the stride ({2}) or the dilation ({3}). Use at most {4}.':
    '{0}输出填充为 {1}，但它必须小于步幅（{2}）或膨胀率（{3}）。最多用 {4}。',
  'Stride{0} is {1}, but a stride must be at least 1. Use 1 to visit every position.':
    '{0}步幅为 {1}，但步幅至少为 1。用 1 可走遍每个位置。',
  'Dilation{0} is {1}, but it must be at least 1. Use 1 for a kernel without gaps.':
    '{0}膨胀率为 {1}，但它至少为 1。用 1 时卷积核没有间隙。',
  'Kernel{0} {1}{2} spans {3}, but the padded input has only {4}. Use a smaller kernel, less dilation or more padding.':
    '{0}卷积核 {1}{2} 的跨度为 {3}，但填充后的输入只有 {4}。请用更小的卷积核、更小的膨胀率或更多的填充。',
  'Kernel{0} is 0, but a kernel needs at least one cell on every axis. Use 1 or more.':
    '{0}卷积核为 0，但卷积核每个轴上至少要有一个元素。请用 1 或更大的数。',
  'Input{0} is 0, but an input needs at least one cell on every axis. Only the batch may be empty.':
    '{0}输入为 0，但输入每个轴上至少要有一个元素。只有批量可以为空。',
  'Output{0} would be {1}, but it must be at least 1: the padding takes more off than the stamps give. Use less padding, or a larger input or kernel.':
    '{0}输出将为 {1}，但它至少为 1：填充裁去的比印记给出的还多。请减少填充，或用更大的输入或卷积核。',
  "Padding mode '{0}' is unknown. Use 'zeros', 'reflect', 'replicate' or 'circular'.":
    "不认识填充模式 '{0}'。请用 'zeros'、'reflect'、'replicate' 或 'circular'。",
  "A transposed convolution has padding mode 'zeros' only, not '{0}': its padding cuts the output off. Use 'zeros'.":
    "转置卷积只有填充模式 'zeros'，没有 '{0}'：它的填充是裁剪输出。请用 'zeros'。",
  "A transposed convolution takes its padding in numbers, not '{0}'. Use 0 to keep the whole output.":
    "转置卷积的填充要用数给出，不能用 '{0}'。用 0 可保留全部输出。",
  "Padding mode '{0}' of {1}{2} does not work on an input of shape {3}. Give the input a batch axis, and one padding per spatial axis.":
    "{1} {2}的填充模式 '{0}' 不能用于形状为 {3} 的输入。请给输入加上批量轴，并为每个空间轴给一个填充。",
  "Padding{0} is {1} and {2}, but padding mode '{3}' can add at most {4} the input's {5} cells there. Use less padding, or mode 'zeros'.":
    "{0}填充为 {1} 和 {2}，但输入在此有 {5} 个元素，填充模式 '{3}' {4}。请减少填充，或用模式 'zeros'。",
  "The input has shape {0}, but padding mode '{1}' needs at least one cell on every axis. Use a larger input.":
    "输入的形状为 {0}，但填充模式 '{1}' 要求每个轴上至少有一个元素。请用更大的输入。",
  'Padding has more entries than {0} has axes. Give one number, or one per axis.':
    '填充的项数多于 {0} 的轴数。请给出一个数，或每轴一个。',
  '`outputSize` belongs to transposed convolutions: a convolution has one size only. Leave it out.':
    '`outputSize` 属于转置卷积：卷积只有一种输出尺寸。请去掉它。',
  '`outputPadding` belongs to transposed convolutions; {0} has none. Leave it out or set it to 0.':
    '`outputPadding` 属于转置卷积；{0} 没有它。请去掉它，或设为 0。',
  '`outputSize` needs an input with spatial axes, and stride, padding and dilation with one number per axis.':
    '`outputSize` 要求输入有空间轴，并且步幅、填充和膨胀率每轴一个数。',
  '`outputSize` is {0}, but it needs {1}{2}{3} with the axes before them.':
    '`outputSize` 为 {0}，但它需要 {1} {2}连同前面的轴为 {3} 个。',
  'Output size{0} {1} cannot be reached: this input, kernel and stride give {2} to {3}. Choose a size in that range.':
    '{0}输出尺寸 {1} 无法得到：这样的输入、卷积核和步幅给出 {2} 到 {3}。请在此范围内选择。',
};

/** @type {Record<string, string>} */
const results = {
  'The layer was disposed of. Make another one with engine.layer(request).':
    '该层已被释放。请用 `engine.layer(request)` 重新创建一个。',
  '`{0}` must be an object: {1}.': '`{0}` 必须是一个对象：{1}。',
  '`expected.gaps` must hold one entry per axis of the visible shape {0}: null, or the visible index after which numbers are missing.':
    '`expected.gaps` 必须为可见形状 {0} 的每个轴给出一项：null，或者其后缺少数值的可见下标。',
  '`expected` shows a block of shape {0}, but is of shape {1}. Both must have the same number of axes.':
    '`expected` 显示的块形状为 {0}，它自己的形状却是 {1}。两者的轴数必须相同。',
  '`{0}` must be a number of 0 or more, such as 0.00001.':
    '`{0}` 必须是不小于 0 的数，例如 0.00001。',
  '`actual.data` is missing. Give its numbers in a Float32Array, a Float64Array or an array.':
    '缺少 `actual.data`。请用 Float32Array、Float64Array 或数组给出其数值。',
  '`{0}` must be a whole number of 0 or more, such as 100000000.':
    '`{0}` 必须是不小于 0 的整数，例如 100000000。',
  'There is no cell {0}: the {1} is empty.': '没有第 {0} 个元素：{1}是空的。',
  'There is no cell {0} in the {1}: its cells are 0 to {2}.':
    '{1}中没有第 {0} 个元素：它的元素编号为 0 到 {2}。',
  'More than {0} terms would be listed, the most the engine takes on. Ask for one cell, or use a smaller input.':
    '将列出超过 {0} 项，这是引擎的上限。请只问一个元素，或用更小的输入。',
  'Counting would take more than {0} steps, the most the engine takes on. Use a smaller kernel or input.':
    '计数将超过 {0} 步，这是引擎的上限。请用更小的卷积核或输入。',
  'The output has more than {0} positions, the most the engine takes. Use a smaller input.':
    '输出的位置超过 {0} 个，这是引擎的上限。请用更小的输入。',
  'The output of shape {0} would hold more than {1} numbers, the most the engine takes. Use a smaller input.':
    '形状为 {0} 的输出将超过 {1} 个数，这是引擎的上限。请用更小的输入。',
  'The result would take more than {0} multiplications, the most the engine takes on. Use fewer channels, a smaller kernel or a smaller input.':
    '结果将需要超过 {0} 次乘法，这是引擎的上限。请用更少的通道、更小的卷积核或更小的输入。',
  'The padded input would hold more than {0} numbers, the most the engine takes. Use less padding.':
    '填充后的输入将超过 {0} 个数，这是引擎的上限。请减少填充。',
  '`gradOutput` is missing. Give { shape, data } of shape {0}.':
    '缺少 `gradOutput`。请给出形状为 {0} 的 { shape, data }。',
  '`gradOutput` has shape {0}, but the output has shape {1}. They must be the same.':
    '`gradOutput` 的形状为 {0}，输出的形状却是 {1}。两者必须相同。',
  '`gradOutput.data` is missing. Give its numbers.': '缺少 `gradOutput.data`。请给出其数值。',
  '`gradOutput` is {0}, but the operands are {1}. Give all in the same type.':
    '`gradOutput` 是 {0}，操作数却是 {1}。请全部用同一种类型。',
  'The matrix would have {0} rows and {1} columns, more than the {2} entries that the engine writes out. Use a smaller input or fewer channels, or another method.':
    '矩阵将有 {0} 行 {1} 列，超过引擎能写出的 {2} 项。请用更小的输入、更少的通道，或换一种方法。',
  'The output splits into {0} phases, more than the {1} that the engine lists. Use a smaller stride, or another method.':
    '输出分成 {0} 个相位，超过引擎能列出的 {1} 个。请用更小的步幅，或换一种方法。',
  'More than {0} output paddings would be listed for the {1}. Use a smaller stride and dilation.':
    '{1}方向将列出超过 {0} 种输出填充。请用更小的步幅和膨胀率。',
  'A map of shape {0} would hold more than {1} numbers, the most the engine takes. Use a smaller input or stride.':
    '形状为 {0} 的图将超过 {1} 个数，这是引擎的上限。请用更小的输入或步幅。',
  "The method '{0}' computes transposed convolutions, not {1}. Use 'direct', 'scatter' or 'matrix'.":
    "方法 '{0}' 用于转置卷积，不能计算 {1}。请用 'direct'、'scatter' 或 'matrix'。",
  "`method` is {0}, but it must be 'direct', 'zero-insertion', 'scatter', 'matrix' or 'phases'.":
    "`method` 是{0}，但必须是 'direct'、'zero-insertion'、'scatter'、'matrix' 或 'phases'。",
  "`steps` counts the stamps of the method 'scatter', but the method is '{0}'. Leave it out.":
    "`steps` 数的是方法 'scatter' 的印记，但方法是 '{0}'。请去掉它。",
};

/** @type {Record<string, string>} */
const texts = {
  'Line {0}, column {1}: ': '第 {0} 行第 {1} 列：',
  '{0} numbers cannot have the shape {1}.': '{0} 个数不能排成形状 {1}。',
  'the text says the shape is {0}, but shows {1}.': '文本说形状是 {0}，显示的却是 {1}。',
  'the text says the shape is {0}, but shows {1} numbers. Paste all of it.':
    '文本说形状是 {0}，显示的却是 {1} 个数。请粘贴全部内容。',
  'the text ends, but {0} brackets are still open. Paste all of it.':
    '文本已结束，但还有 {0} 个括号没有闭合。请粘贴全部内容。',
  'a bracket opens among numbers: are they nested to different depths?':
    '数字之间出现了左括号：嵌套的层数是否不一致？',
  'a number stands among brackets: are they nested to different depths?':
    '括号之间出现了数字：嵌套的层数是否不一致？',
  'brackets are nested deeper than {0}.': '括号嵌套超过 {0} 层。',
  'more than {0} numbers in one tensor.': '一个张量中的数超过 {0} 个。',
  '"..." stands elsewhere in this {0} than in the first.': '这个{0}里“...”的位置与第一个不同。',
  'this {0} ends after {1} entries, the first has {2}. Is one missing, or is one too many?':
    '这个{0}到第 {1} 项就结束了，第一个却有 {2} 项。是少了一项，还是多了一项？',
  'complex numbers are not read. Paste the real and the imaginary part.':
    '不读取复数。请分别粘贴实部和虚部。',
  'expected {0}, but the text ends. Paste all of it.':
    '这里应当是{0}，但文本已结束。请粘贴全部内容。',
  'expected {0}, but the line ends.': '这里应当是{0}，但这一行已结束。',
  'expected {0}, but found "{1}".': '这里应当是{0}，却是“{1}”。',
  'the text is empty. Paste a printed tensor, a layer, a shape or an error.':
    '文本是空的。请粘贴打印出来的张量、一个层、一个形状或一条报错信息。',
  'no tensor, layer, shape or error message found. Tensors look like tensor([[1., 2.]]), [[1, 2], [3, 4]] or lines of numbers.':
    '没有找到张量、层、形状或报错信息。张量的样子是 tensor([[1., 2.]])、[[1, 2], [3, 4]] 或若干行数字。',
  'what "{0}" makes of the numbers is not known here. Paste what Python prints for it.':
    '这里不知道“{0}”会把这些数变成什么。请粘贴 Python 打印出的结果。',
  'sparse tensors are not read. Print it after `.to_dense()`.':
    '不读取稀疏张量。请先 `.to_dense()` 再打印。',
  'is this comma a decimal point? Beside it, numbers are separated by other characters. Say so by `decimalComma`, or use one separator everywhere.':
    '这个逗号是小数点吗？它旁边的数是用别的字符隔开的。请用 `decimalComma` 说明，或者处处用同一种分隔符。',
  'is {0} one number or two? Say so by `decimalComma`, or write a point, or a blank behind the comma.':
    '{0} 是一个数还是两个数？请用 `decimalComma` 说明，或者写小数点，或者在逗号后加空格。',
  'this row has {0} numbers, the first has {1}. Is one missing, or is one too many?':
    '这一行有 {0} 个数，第一行有 {1} 个。是少了一个，还是多了一个？',
  'these columns have {0} rows, the first ones have {1}.':
    '这几列有 {0} 行，最前面的几列有 {1} 行。',
  'the slice before has {0} rows of {1} numbers, the first slice has {2} of {3}.':
    '前一个切片有 {0} 行、每行 {1} 个数，第一个切片有 {2} 行、每行 {3} 个数。',
  'slices have different numbers of indices.': '各切片的下标个数不一致。',
};

/** @type {Record<string, string>} */
const values = {
  ' length': '长度',
  ' depth': '深度',
  ' height': '高度',
  ' width': '宽度',
  length: '长度',
  depth: '深度',
  height: '高度',
  width: '宽度',
  input: '输入',
  weight: '权重',
  output: '输出',
  ' axis': '个轴',
  ' axes': '个轴',
  ' channel': '个通道',
  ' channels': '个通道',
  ' group': '组',
  ' groups': '组',
  ' group.': '组。',
  ' groups. Use at least one per group.': '组。每组至少要有一个。',
  ' number, or ': '个数，',
  ' numbers, or ': '个数，',
  ' input channels (its first axis), ': '个输入通道（它的第一个轴），',
  ' output channels (its first axis), ': '个输出通道（它的第一个轴），',
  'Use 0 for none.': '不需要时请用 0。',
  'Use a kernel and a dilation of at least 1.': '请让卷积核和膨胀率至少为 1。',
  ' with dilation {0}': '（膨胀率 {0}）',
  'one less than': '最多只能加上比它少一个',
  'as many as': '最多只能加上同样多个',
  'The input channels': '输入通道数',
  'The output channels': '输出通道数',
  '{ shape, data }, or an item of parse()': '{ shape, data }，或 `parse()` 的一项',
  nothing: '空值',
  'no text': '非文本',
  "the text '{0}'": "文本 '{0}'",
  'a list': '列表',
  'a list within lists': '列表中的列表',
  'a list of {0} entries': '有 {0} 项的列表',
  'a number beyond 1e15': '超过 1e15 的数',
  'a BigInt': ' BigInt',
  'an object': '对象',
  'a boolean': '布尔值',
  'a function': '函数',
  'a symbol': ' Symbol',
  'missing: the tensor is no object': '缺失的：该张量不是对象',
  'neither a Float32Array nor a Float64Array nor an array':
    '既非 Float32Array，也非 Float64Array 或数组的东西',
  'a value of type {0} at index {1}': '一个类型为 `{0}` 的值（下标 {1}）',
  row: '行',
  block: '块',
  'a comma or a bracket': '逗号或括号',
  'a comma or ")"': '逗号或“)”',
  'a number before the comma': '逗号之前的数',
  'a number': '一个数',
  'a number (use nan where there is none)': '一个数（没有时请用 nan）',
  'one "..." in a row, not two': '一个“...”，一行里不能有两个',
  'a comma or a blank between numbers': '数与数之间的逗号或空格',
  'numbers and ")"': '若干个数和“)”',
  'an argument or ")"': '一个参数或“)”',
  'at most as many arguments as the layer has, and ")"': '不多于该层所有的参数，然后是“)”',
  '"numpy=" in <tf.Tensor: …>': '<tf.Tensor: …> 中的“numpy=”',
  'sizes of 0 or more': '不小于 0 的尺寸',
  '"]"': '“]”',
  '")"': '“)”',
  '">"': '“>”',
};

export const refusalsZh = {
  sentences: { ...arguments_, ...shapes, ...geometry, ...results, ...texts, ...stackSentences },
  values: { ...values, ...stackValues },
};
