// The words of element.en.js in Simplified Chinese.

export const elementZh = {
  'element.loading': '正在加载引擎……',
  'element.failed': '引擎无法加载：{reason}',
  'element.frame': 'Convscope 的图',
  'element.open': '在 Convscope 中打开',
  'element.credit': '由 Convscope 制作',
  'element.blockPaste':
    '未粘贴任何内容：此图只接受不带括号的若干行数。要粘贴程序打印的张量，请在 Convscope 中打开。',
  'element.fact': '{field} {value}',

  'attribute.refused': '{attribute}：{message}',
  'attribute.choice': '{attribute} 是“{text}”，但必须是 {list} 之一。',
  'attribute.axes': '{attribute} 是“{text}”，但应为一个整数，或每轴一个（共 {count} 个），例如 2。',
  'attribute.pairs':
    '{attribute} 是“{text}”，但这里要的是前端与末端，用冒号隔开，一对或每轴一对（共 {count} 对），例如 1:2。',
  'attribute.number': '{attribute}：“{text}”不是数字。请写例如 1.5 或 -2e-3。',
  'attribute.empty': '{attribute} 里没有数。请按行写，例如 1 2; 0 1。',
  'attribute.ragged':
    '{attribute}：行“{text}”的长度与第一行不同，或者它所在的图行数不同。请让所有的图形状一致。',
  'attribute.hole': '{attribute}：其中一个图没有行。请让所有的图形状一致。',
  'attribute.rows': '{attribute} 有 {rows} 行，但一维运算的每个图只有一行。请用 | 分隔通道。',
  'attribute.brackets':
    '{attribute} 带有括号。请用空格分隔元素，用 ; 分隔行，用 | 分隔通道，例如 1 2; 0 1。',
  'attribute.long': '{attribute} 超过 {max} 个字符。请缩短。',
  'attribute.size':
    '{attribute} 的图为 {size}，但 {attribute}-size 给出的是 {said}。请去掉其中一个。',
  'attribute.maps': '{attribute} 有 {maps} 个图，与通道数、批量大小和分组数不符。请改正其中之一。',
  'attribute.count':
    '{attribute} 有 {found} 个数，但有 {count} 个输出通道。请为每个输出通道写一个数。',
  'attribute.step': '{attribute} 是“{text}”，但必须是不小于 0 的整数。',
  'attribute.cell':
    '{attribute} 是“{text}”，这里没有这样的单元格。请写 input、kernel 或 output 及其位置，例如 output 2 2。',
  'attribute.address': '{attribute} 是“{text}”，但必须是以 http 开头的网址。',
  'attribute.ofStacks': '{attribute} 属于多层堆叠：请在 {other} 中给出各层，或去掉它。',
  'attribute.link.mangled': '{attribute} 已损坏：有一部分缺失或被改动。请重新复制完整的链接。',
  'attribute.link.version': '{attribute} 由另一版本的 Convscope 生成。',
  'attribute.link.values': '{attribute}：其中的数值填不满它声明的尺寸：缺了一部分。',
  'attribute.link.settings': '{attribute} 已损坏：无法读取其中的设置。',
};
