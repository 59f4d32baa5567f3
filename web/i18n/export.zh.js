// The words of "Copy out" and of "Other frameworks" in Simplified Chinese.

export const exportZh = {
  'tool.loading': '正在加载……',
  'tool.failed': '页面的这一部分无法加载。请检查网络连接，然后',
  'tool.again': '重试',

  'panel.translate': '其他框架',
  'panel.export': '复制导出',

  'export.what': '内容',
  'export.format': '格式',
  'export.dtype': '数值类型',
  'export.tensors': '单个张量',
  'export.whole': '全部',
  'export.layer': '层及其数值',
  'export.copy': '复制',
  'export.download': '下载 {name}',
  'export.preview': '将复制的内容',
  'export.large': '{cells} 个数太多，无法在此显示。复制和下载会包含全部。',
  'export.rounded': '已按 PyTorch 的存法舍入到 float32。float64 保留每一位。',
  'export.noOnnx':
    'ONNX 没有算子能同时表示小于 0 的填充与填充模式“{mode}”。请把填充设为 0 或更大，或把模式设为零填充（zeros）。',
  'format.torch': 'PyTorch',
  'format.numpy': 'numpy',
  'format.json': 'JSON（带形状）',
  'format.nested': 'JSON（嵌套）',
  'format.csv': 'CSV',
  'format.tsv': '制表符（用于电子表格）',
  'format.latex': 'LaTeX',
  'format.npy': '.npy 文件',
  'format.script': '能自我检验的 PyTorch 脚本',
  'format.onnx': '.onnx 文件',

  'framework.pytorch': 'PyTorch',
  'framework.keras': 'TensorFlow, Keras',
  'framework.jax': 'JAX',
  'framework.onnx': 'ONNX',
  'fit.one': '一个层即可',
  'fit.steps': '需要额外步骤',
  'fit.none': '无法表示',
  'translate.intro':
    '每种写法都按 PyTorch 的存法接收 x、w 和 b，按 PyTorch 的轴顺序给出 y，数值与此处显示的相同。',
  'translate.copy': '复制',
  'translate.source': '{framework} 的代码',
  'translate.flip': '真正的卷积：没有框架会翻转卷积核，所以事先把它旋转 180°。',
  'translate.padFirst': '层本身只能用零填充：其他模式要事先填充。',
  'translate.cropFirst': '小于 0 的填充会裁去输入的元素，层本身做不到。',
  'translate.zerosAround':
    '输出比输入的印记所能到达的更长：在输入四周补零，每个零让它增长一个步幅；多出的部分再裁去。',
  'translate.pytorch.pairs': 'PyTorch 在两端填充相同：两端不等时要事先填充。',
  'translate.pytorch.crop': 'PyTorch 的填充在两端裁剪相同：两端不等时，先取全部输出再裁剪。',
  'translate.pytorch.mode': "模块认识 padding_mode='{mode}'；函数不认识，所以先用 F.pad。",
  'translate.keras.layout': '通道在最后：{first} 变成 {last}，结束时再变回来。',
  'translate.keras.kernel':
    '卷积核的轴从（输出通道，输入通道/分组数，k…）变为（k…，输入通道/分组数，输出通道）。',
  'translate.keras.kernelTransposed':
    '卷积核的轴从（输入通道，输出通道，k…）变为（k…，输出通道，输入通道）。并不翻转。',
  'translate.keras.same': "'same' 填充 {pads}（前端，末端），正如所要求的。",
  'translate.keras.sameHere':
    "只有输入为 {size} 时 'same' 才给出相同的数：此处它填充 {pads}（前端，末端），其他尺寸则不同。",
  'translate.keras.notSame':
    "'same' 在此会填充 {pads}（前端，末端），而不是 {asked}：数值会不同。所以先填充，再用 'valid'。",
  'translate.keras.sameTransposed': "'same' 的裁剪正如所要求：输出长度是步幅的倍数。",
  'translate.keras.crop': "'valid' 给出全部输出；PyTorch 的填充就是随后的裁剪。",
  'translate.keras.outputPadding': 'output_padding 是 PyTorch 的输出填充减去末端填充后剩下的部分。',
  'translate.keras.spread':
    'Keras 不允许 strides 和 dilation_rate 同时大于 1：改为用零把卷积核撑开。',
  'translate.keras.spreadTransposed':
    '用零把卷积核撑开：TensorFlow 在 CPU 上没有膨胀的转置卷积，Keras 在 strides 大于 1 时也没有。',
  'translate.keras.groups': '{kind} 不支持分组：{groups} 组各用一个层，再拼接起来。',
  'translate.jax.transposed': 'lhs_dilation 负责插零；卷积核旋转 180°，其输入通道与输出通道互换。',
  'translate.jax.padding': '填充为 d(k − 1) − p，末端再加上输出填充；小于 0 时为裁剪。',
  'translate.jax.bias': '偏置另外相加。',
  'translate.jax.precision':
    "在 GPU 和 TPU 上加上 precision='highest'，数值才会直到最后几位都相同。",
  'translate.onnx.pads': 'pads 先列出所有前端，再列出所有末端。权重保持 PyTorch 的布局。',
  'translate.onnx.mode':
    'Conv 只能用零填充：前面要加一个模式为“{mode}”的 Pad。它的 pads 是一个输入，并且也包括批量轴和通道轴。',
  'translate.onnx.negative': 'ONNX 没有算子能同时表示小于 0 的填充与零填充以外的模式。',
};
