// What the engine says when it compares a pasted tensor and looks for the cause of a difference, in Simplified Chinese, by
// its English: whole sentences, the clauses that stand for {0} in those that end in "if {0}.", and words in their values.

/** @type {Record<string, string>} */
const sentences = {
  'The shapes differ: {0} here, {1} expected.': '形状不同：算得 {0}，期望 {1}。',
  'Axis {0} has {1}{2} instead of {3}.': '第 {0} 轴有 {1} {2}，而不是 {3}。',
  'The output agrees with the expected numbers in all {0} cells that are shown.':
    '输出与期望的数在显示出的全部 {0} 个元素上相符。',
  'The output has the expected shape.': '输出的形状符合期望。',
  'No change of one or two arguments gives that shape.': '改变一两个参数得不到这个形状。',
  'One change gives that shape.': '有 1 种改法能得到这个形状。',
  'One change gives the shape.': '有 1 种改法能得到该形状。',
  '{0} changes give that shape.': '有 {0} 种改法能得到这个形状。',
  '{0} changes give the shape.': '有 {0} 种改法能得到该形状。',
  '{0} causes explain these numbers equally well: they cannot be told apart by them.':
    '有 {0} 个原因同样能解释这些数：仅凭这些数无法区分。',
  'The most plausible are listed.': '只列出了最可能的几个。',
  'None of {0} hypotheses explains the numbers.': '{0} 个假设都解释不了这些数。',
  'No argument of the request does that.': '请求中没有参数能做到这一点。',
  'The numbers agree if {0}.': '如果{0}，这些数就相符。',
  'The numbers come nearest if {0}.': '如果{0}，这些数最接近。',
  'The differences are as large as they get if {0}.': '差异的大小正符合这种情况：{0}。',
  'The shape comes out if {0}.': '如果{0}，就得到这个形状。',
};

/** @type {Record<string, string>} */
const clauses = {
  'the {0} is {1} instead of {2}': '{0}是 {1} 而不是 {2}',
  'the {0} of the {1} is {2} instead of {3}': '{1}{0}是 {2} 而不是 {3}',
  'the padding is {0} instead of {1}': '填充是 {0} 而不是 {1}',
  'everything is shifted by {0}{1} towards the {2}{3}: padding {4} instead of {5}':
    '整体沿{3}向{2}移动了 {0} {1}：填充 {4} 而不是 {5}',
  'everything is shifted by {0}{1} towards the {2}: padding {3} instead of {4}':
    '整体向{2}移动了 {0} {1}：填充 {3} 而不是 {4}',
  'the cells that are left over are lost at the begin instead of the end: padding {0} instead of {1}':
    '多余的元素丢在前端而不是末端：填充 {0} 而不是 {1}',
  "the padding is TensorFlow's 'SAME': {0} instead of {1}":
    "填充是 TensorFlow 的 'SAME'：{0} 而不是 {1}",
  'the padding is SAME_LOWER, with the odd cell at the begin: {0} instead of {1}':
    "填充是 'SAME_LOWER'，多出的一个元素在前端：{0} 而不是 {1}",
  "the padding mode is '{0}' instead of '{1}'": "填充模式是 '{0}' 而不是 '{1}'",
  'the groups are {0} instead of {1}': '分组数是 {0} 而不是 {1}',
  'the operation is {0} instead of {1}{2}': '运算是 {0} 而不是 {1}{2}',
  'the kernel is used as it is, not turned by 180°': '卷积核按原样使用，没有旋转 180°',
  'the kernel is turned by 180°, which is true convolution': '卷积核旋转了 180°，即真正的卷积',
  'the kernel has {0} exchanged': '卷积核的{0}互换了',
  'the input has {0} exchanged': '输入的{0}互换了',
  'the output has {0} exchanged': '输出的{0}互换了',
  "the weight's first two axes are exchanged: {0}": '权重的前两个轴互换了：{0}',
  "the weight's numbers are stored channels-last, with the second axis behind the kernel's":
    '权重的数按通道在最后存放，第二个轴排在卷积核轴之后',
  "the weight's numbers are stored in TensorFlow's order, with the channels behind the kernel's axes":
    '权重的数按 TensorFlow 的顺序存放，通道排在卷积核轴之后',
  'the input is channels-last: {0} permuted to {1}': '输入的通道在最后：{0} 重排为 {1}',
  "the input's numbers are stored channels-last under a channels-first shape":
    '输入的形状是通道在前，数却按通道在最后存放',
  'the expected numbers are channels-last': '期望的数通道在最后',
  'the expected numbers are stored channels-last under a channels-first shape':
    '期望的形状是通道在前，数却按通道在最后存放',
  'the bias is left out': '没有加偏置',
  'the bias is added twice': '偏置加了两次',
  'the bias has {0} numbers instead of {1}': '偏置有 {0} 个数而不是 {1} 个',
  "the bias is added to the input's channels instead of the output's":
    '偏置加到了输入通道而不是输出通道上',
  'only the first input channel is summed': '只对第一个输入通道求和',
  'the mean over the input channels is taken instead of the sum': '对输入通道取平均而不是求和',
  "all {0} groups read the first group's input channels": '全部 {0} 组都读取第一组的输入通道',
  'every group reads each {0}th input channel instead of neighbouring ones':
    '每组每隔 {0} 个读取一个输入通道，而不是读取相邻的',
  'input and weight are rounded to {0} first': '输入和权重先舍入到 {0}',
  'the output is multiplied by {0}': '输出乘以了 {0}',
  'the output is multiplied by {0} and {1} is added': '输出乘以了 {0} 并加上了 {1}',
  'the number {0} is added to every cell': '每个元素都加上了 {0}',
  'the bias is larger by {0}': '偏置大了 {0}',
  'a bias is added: {0}': '加了偏置 {0}',
};

/** @type {Record<string, string>} */
const values = {
  stride: '步幅',
  dilation: '膨胀率',
  'output padding': '输出填充',
  padding: '填充',
  'padding at the begin': '前端填充',
  'padding at the end': '末端填充',
  kernel: '卷积核尺寸',
  length: '长度',
  depth: '深度',
  height: '高度',
  width: '宽度',
  begin: '前端',
  end: '末端',
  ' of the {0}': '{0}方向',
  ' cell': '格',
  ' cells': '格',
  '{0} at the begin and {1} at the end': '前端 {0}、末端 {1}',
  '{0} and {1}': '{0}与{1}',
  'at least {0}': '至少 {0}',
  '{0}at least {1}': '{0}至少 {1}', // within a shape
  ", with the weight's channel axes exchanged": '，权重的两个通道轴互换',
  '(out, in) for (in, out)': '（输出，输入）代替（输入，输出）',
  '(in, out) for (out, in)': '（输入，输出）代替（输出，输入）',
};

export const findingsZh = { sentences, clauses, values, and: '，并且' };
