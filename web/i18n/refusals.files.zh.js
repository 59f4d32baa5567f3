// Why a file of tensors is not read, in Simplified Chinese, by the English template that comes with each refusal.

/** @type {Record<string, string>} */
const sentences = {
  '{0} is empty.': '{0} 是空的。',
  '{0} has {1} MB; at most {2} MB are read. Save a part of it.':
    '{0} 有 {1} MB；最多读取 {2} MB。请另存其中一部分。',
  '{0} {1}': '{0} {1}',
  '{0} has {1} MB of text; at most {2} MB are read. Save the numbers as .npy.':
    '{0} 有 {1} MB 文本；最多读取 {2} MB。请把数值保存为 .npy。',
  '{0} is neither text nor a .npy, .npz or .safetensors file. Save the numbers in one of these.':
    '{0} 既不是文本，也不是 .npy、.npz 或 .safetensors 文件。请把数值保存为其中一种。',
  '{0} does not begin as a .npy file does ("\\x93NUMPY" and a version).':
    '{0} 的开头不像 .npy 文件（`\\x93NUMPY` 和版本号）。',
  '{0} has version {1} of the .npy format; versions 1, 2 and 3 are read.':
    '{0} 是 .npy 格式的第 {1} 版；可读取第 1、2、3 版。',
  '{0} ends within its header.': '{0} 在文件头中间就结束了。',
  '{0} says its header is {1} bytes long, but {2}.': '{0} 说文件头长 {1} 字节，但{2}。',
  '{0} says its header is {1} bytes long, but only {2} bytes follow: it is no .safetensors file, or cut off.':
    '{0} 说文件头长 {1} 字节，但后面只有 {2} 字节：它不是 .safetensors 文件，或者被截断了。',
  '{0} says it holds {1} numbers of {2} bytes (shape {3}), {4} bytes, but {5} bytes follow the header.':
    '{0} 说它有 {1} 个数，每个 {2} 字节（形状 {3}），共 {4} 字节，但文件头之后有 {5} 字节。',
  '{0} holds {1}; save one field of them as an array of numbers.':
    '{0} 里是{1}；请把其中一个字段保存为数的数组。',
  "{0} has a header without 'descr', 'fortran_order' or 'shape': it is damaged.":
    "{0} 的文件头缺少 'descr'、'fortran_order' 或 'shape'：文件已损坏。",
  "{0} holds {1} ('{2}'). Save it as float32 or float64: numpy.save(name, a.astype('float32')).":
    "{0} 里是{1}（'{2}'）。请保存为 float32 或 float64：`numpy.save(name, a.astype('float32'))`。",
  '{0} holds more than {1} files.': '{0} 里有超过 {1} 个文件。',
  '{0} would be more than {1} MB unpacked; save a part of it.':
    '{0} 解压后将超过 {1} MB；请另存其中一部分。',
  '{0} is no zip that can be unpacked: {1}.': '{0} 不是能解压的 zip：{1}。',
  '{0} holds no .npy file.': '{0} 里没有 .npy 文件。',
  '{0} in {1} has {2} bytes, but the zip says {3}: it is damaged.':
    '{1} 中的 {0} 有 {2} 字节，但 zip 说是 {3}：文件已损坏。',
  '{0} holds more than {1} numbers; save a part of it.':
    '{0} 里有超过 {1} 个数；请另存其中一部分。',
  '{0} has no shape: a list of whole numbers was expected.': '{0} 没有形状：应当是整数的列表。',
  '{0} has {1} axes; at most {2} are read.': '{0} 有 {1} 个轴；最多读取 {2} 个。',
  '{0} has a shape with {1} in it: sizes are whole numbers from 0 on.':
    '{0} 的形状里有 {1}：尺寸应当是不小于 0 的整数。',
  '{0} would have more than {1} numbers (shape {2}); save a part of it.':
    '{0} 将超过 {1} 个数（形状 {2}）；请另存其中一部分。',
  '{0} is too short for a .safetensors file.': '{0} 太短，不是 .safetensors 文件。',
  '{0} holds no tensor.': '{0} 里没有张量。',
  '{0} overlaps another tensor: the file is damaged.': '{0} 与另一个张量重叠：文件已损坏。',
  '{0} has a header that is no JSON: it is no .safetensors file, or damaged.':
    '{0} 的文件头不是 JSON：它不是 .safetensors 文件，或者已损坏。',
  '{0} has a header that is no object of tensors.': '{0} 的文件头不是张量的对象。',
  '{0} has no description.': '{0} 没有说明。',
  '{0} has numbers of type “{1}”; {2} are read. Save it as float32.':
    '{0} 的数值类型是“{1}”；可读取 {2}。请保存为 float32。',
  '{0} lies at bytes {1}, but the file has {2} bytes of numbers.':
    '{0} 位于字节 {1}，但文件中的数值只有 {2} 字节。',
  '{0} has {1} bytes, but its shape {2} in {3} needs {4}.':
    '{0} 有 {1} 字节，但形状 {2}、类型 {3} 需要 {4} 字节。',
};

/** @type {Record<string, string>} */
const values = {
  'The file': '该文件',
  '“{0}” in {1}': '{1} 中的“{0}”',
  '{0}.npy in {1}': '{1} 中的 {0}.npy',
  'of one number': '（单个数）',
  'only {0} follow': '后面只有 {0} 字节',
  'at most {0} are read': '最多读取 {0} 字节',
  'is a pickle, which can only be unpacked by running it. Save it with safetensors.torch.save_file or numpy.save.':
    '是 pickle 文件，只有运行它才能解开。请用 `safetensors.torch.save_file` 或 `numpy.save` 保存。',
  'is an ONNX model; only tensors are read here. Save them as .npz or .safetensors.':
    '是 ONNX 模型；这里只读取张量。请把张量保存为 .npz 或 .safetensors。',
  'is a Keras or HDF5 file. Save the arrays with numpy.savez.':
    '是 Keras 或 HDF5 文件。请用 `numpy.savez` 保存其中的数组。',
  'is a MATLAB file. Save the array as CSV with writematrix.':
    '是 MATLAB 文件。请用 `writematrix` 把数组保存为 CSV。',
  'Python objects, which only Python can unpack': '只有 Python 才能解开的 Python 对象',
  'complex numbers, which no convolution here takes': '这里的卷积不接受的复数',
  records: '记录',
  'byte strings': '字节串',
  texts: '文本',
  dates: '日期',
  'time spans': '时间间隔',
  'floats of a size that browsers do not know': '浏览器不认识的浮点数',
  'numbers of an unknown type': '类型不明的数',
};

export const fileRefusalsZh = { sentences, values };
