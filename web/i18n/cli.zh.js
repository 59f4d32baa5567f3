// Every word of the command line in Simplified Chinese. {names} are put in by web/cli/words.js.

export const cliZh = {
  help: `用法：convscope OPERATION --input VALUES --kernel VALUES [选项]
      convscope stack FILE --shape SIZES
      convscope solve --from SIZE --to SIZE
      convscope --parse FILE
      convscope --request FILE

计算卷积或转置卷积，按 PyTorch 的样子打印输出。

OPERATION 是 conv1d、conv2d、conv3d、conv_transpose1d、conv_transpose2d 或 conv_transpose3d。

数值
  -i, --input VALUES     (N, C, 空间…) 或 (C, 空间…)；轴数不足时在前面补上
  -k, --kernel VALUES    (O, C/groups, k…)，转置时为 (C, O/groups, k…)；也可写作 --weight
  -b, --bias VALUES      (O)

  VALUES 可以是
    "1 2; 0 1"           若干行数
    "[[1, 2], [0, 1]]"   PyTorch、numpy、Python、JSON 等打印的任何文本
    @FILE                文件中的张量：文本、.npy、.npz 或 .safetensors
    @FILE#NAME           其中叫这个名字的张量
    -                    标准输入
      --decimal-comma yes|no  文本本身看不出时，1,5 是否为一个数

参数：一个数，或每轴一个，如 "2,1"
  -s, --stride N         步幅
  -p, --padding N        填充；或每轴的前端与末端，如 "1:2,0:1"；或 same；或 valid
  -d, --dilation N       膨胀率
  -g, --groups N         分组数
      --output-padding N      输出填充，仅用于转置卷积
      --output-size N         输出尺寸，仅用于转置卷积
      --padding-mode MODE     zeros、reflect、replicate 或 circular
      --true-convolution      把卷积核旋转 180°

输出
  -m, --maps             同时打印途中的每个图，以及代入数值的尺寸公式
      --method METHOD    direct、scatter、matrix，转置卷积还有 zero-insertion 和 phases：
                         打印哪些图，以及输出如何计算
      --dtype TYPE       float32（与 PyTorch 相同，默认）或 float64
      --full             打印全部元素；PyTorch 超过 1000 个就会省略
      --json             JSON，错误也是；--request 可以再读入

对比
  -c, --compare FILE     输出是否就是文件中的张量（按打印的位数），
                         如果不是，为什么；- 表示标准输入
      --rtol N, --atol N      容差

多层网络
  stack FILE             PyTorch 打印的 Sequential、其源代码、npm 包所用的 JSON，或链接里的短文本，
                         如 "conv2d(co=8,k=3);relu"；- 表示标准输入。打印每层的输出、参数量、乘加
                         次数、内存、感受野、跳距、起点和重叠，以及第一个出错的层错在哪里
      --shape SIZES      输入的形状，如 "1,3,224,224"；文件没有说明时需要
      --as FORMAT        torch（模块的源代码）、onnx（字节，权重由种子生成）、markdown、latex
                         或 csv，代替表格
  -m, --maps             同时打印每层输出的数值，权重由种子生成
      --input VALUES     输入的数值，代替由种子生成的数值
      --seed N           权重（包括 ONNX 文件的权重）的种子，默认 0
      --layer N          只打印这一层的数值；也指 --cell 与 --size 所问的层，默认最后一层
      --cell PLACE       输出的一个元素依赖于什么，如 "7,7"，以及通向每个元素的路径数
      --size SIZES       改哪一个参数能使该层得到这个尺寸，如 "14,14"

尺寸
  solve [OPERATION]      哪些参数把一个尺寸变成另一个；也可为 max_pool 和 avg_pool。不给出时，尺寸变大
                         则为转置卷积
      --from SIZE, --to SIZE
      --layers N         一层接一层的层数，默认 1
      --kernel, --stride, --padding, --dilation, --output-padding
                         查找的范围，如 "1-7" 或 "3"
      --limit N          列出的答案数；全部答案都会计数

其他
      --parse FILE       一段文本或一个张量文件里有什么；- 表示标准输入
      --request FILE     以 JSON 给出的请求，与 npm 包所用的相同；选项优先于它
      --lang LANGUAGE    {languages}；不给出时按终端的语言（LANG）
  -h, --help
  -V, --version

退出码：0 完成，1 输出与期望不符或没有答案，2 命令行或文件无法使用，3 如同 PyTorch 那样拒绝（原因和
PyTorch 的原话在标准错误中），4 程序本身出错。

示例
  convscope conv_transpose2d --input "1 2; 0 1" --kernel "1 0 1; 1 1 0; 0 0 1" --stride 2
  convscope conv2d -i image.npy -k "0 1 0; 1 -4 1; 0 1 0" --padding same --json
  convscope stack generator.txt --shape 1,100,1,1
  convscope stack generator.txt --shape 1,100,1,1 --as onnx > generator.onnx
  convscope stack generator.txt --shape 1,100,1,1 --maps --layer 3
  convscope solve --from 1 --to 64 --layers 5
  convscope conv_transpose1d -i "1 2 3" -k "1 1" -s 2 --maps --method scatter
`,
  seeHelp: '更多说明见 convscope --help。',
  torch: 'PyTorch 的原话：{text}',
  failed: 'convscope 出错：{reason}',

  'usage.unknown': '没有选项 {option}。',
  'usage.nearest': '没有选项 {option}。您是指 {nearest} 吗？',
  'usage.noValue': '{option} 需要一个值。',
  'usage.value': '{option} 不带值。',
  'usage.twice': '{option} 给了两次。',
  'usage.takesNo': 'convscope {command} 不接受 {option}。',
  'usage.takesNo.operation': '{option} 不用于单个运算，而用于命令 stack、solve 或 --parse。',
  'usage.takesNo.parse': '--parse 不接受 {option}。',
  'usage.oneOnly': '{option} 与 {other} 问的是两件事。请一次只问一件。',
  'usage.noOperation': '哪种运算？请从 {operations} 中选择。',
  'usage.operation': '没有运算“{operation}”。请从 {operations} 中选择。',
  'usage.extra': '“{argument}”是什么？含有空格的值要加引号。',
  'usage.missing': '缺少 {option}。',
  'usage.number': '{option}：“{text}”不是数。请给出一个数，或每轴一个，如 "2,1"。',
  'usage.whole': '{option}：“{text}”不是整数。请给出一个整数，例如 5。',
  'usage.wholes': '{option}：“{text}”不是整数列表。请每轴给出一个，如 "7,7"。',
  'usage.range': '{option}：“{text}”不是范围。请给出两端，如 "1-7"，或一个数。',
  'usage.pair': '{option}：“{text}”不是前端与末端。请每轴都给出两者，用冒号隔开，如 "1:2,0:1"。',
  'usage.choice': '{option} 是“{text}”，但必须是 {choices} 之一。',
  'usage.stdin': '只能有一个值来自标准输入。',
  'file.missing': '没有文件 {file}。',
  'file.unreadable': '无法读取 {file}：{reason}',
  'file.notText': '{file} 不是文本。',
  'file.json': '{file} 里没有请求：{reason}',
  'values.empty': '{option} 是空的。请给出数，如 "1 2; 0 1"。',
  'values.none': '{option}：{source} 里没有张量，而是 {what}。',
  'values.several': '{option}：{source} 里有多个张量（{names}）。请用 @FILE#NAME 说明是哪一个。',
  'values.noName': '{option}：{source} 里没有张量“{name}”，只有 {names}。',
  'values.cut':
    '{option}：{source} 里张量的打印省略了一些数（“...”）。请用 torch.set_printoptions(profile="full") 打印，或保存为文件。',
  stdin: '标准输入',
  commandLine: '文本',
  unnamed: '（无名）',

  'stack.noFile': '是哪些层？请给出一个文件，或用 - 表示标准输入。',
  'stack.noShape': '文件没有说明输入的形状。请用 {option} 给出。',
  'stack.shape': '{option}：“{text}”不是形状。请给出尺寸，例如 "1,3,224,224"。',
  'stack.noBatch': 'ONNX 的运算需要批量轴。请在形状前加一个 1。',
  'stack.noCounterpart': '第 {layer} 层（{op}）在这些参数下没有对应的写法。',
  'stack.layer': '层',
  'stack.input': '输入',
  'stack.output': '输出',
  'stack.parameters': '参数量',
  'stack.multiplyAdds': '乘加次数',
  'stack.field': '感受野',
  'stack.jump': '跳距',
  'stack.memory': '字节',
  'stack.start': '起点',
  'stack.overlap': '重叠',
  'stack.even': '均匀',
  'stack.all': '全部',
  'stack.total': '合计',
  'stack.ignored': '以下不是网络的层，已略去：{names}。',
  'stack.failure': '层 {layer}（{op}）：{reason}',
  'stack.repair': '在层 {layer} 用 {change} 就可以：输出为 {shape}。',

  'stack.noLayer': '{option} 为 {layer}，但最后一层是 {last}。',
  'stack.inputShape': '{option} 有 {n} 个数，与形状 {shape} 的个数不符。',
  'stack.more': '以上是 {total} 个中的 {shown} 个。--limit {total} 列出全部。',
  'stack.unfinished': '可能还有：更靠前的层没有尝试。',
  'stack.unreadable':
    '第 {layer} 层：{field} 是“{text}”，无法读取。请按链接的写法给出：3，或每轴 3x5。',
  'stack.noRepair': '只改一个参数无法使第 {layer} 层得到尺寸 {size}。',
  'stack.map': '层 {layer}，{op}',
  'stack.inputMap': '输入',
  'stack.sees': '层 {layer}（{op}）的元素 {cell} 依赖于输入的这些元素：',
  'stack.positions': '{cells}；路径数：{counts}',
  'stack.reached': '通向该输出各元素的路径数：',
  'solve.found': '{op}：范围内的 {tried} 种组合中有 {total} 个答案；前 {shown} 个：',
  'solve.none': '{op}：范围内的 {tried} 种组合中没有答案。请扩大范围。',
  'solve.customary': '常用',

  'map.zeroInserted': '插零后的输入',
  'map.paddedInput': '填充后的输入',
  'map.flippedWeight': '翻转后的卷积核',
  'map.uncropped': '裁剪前的输出',
  'map.matrix': '矩阵',
  'map.roundTrip': '转置矩阵乘矩阵乘输入',
  'map.phaseKernel': '相位 {offset}：卷积核',
  'map.phaseOutput': '相位 {offset}：输出',
  'map.output': '输出',
  size: '输出尺寸',

  'axis.length': '长度',
  'axis.depth': '深度',
  'axis.height': '高度',
  'axis.width': '宽度',

  'compare.match': '一致：{compared} 个数相符。',
  'compare.shape': '一致：形状是 {shape}。',
  'compare.differs':
    '不一致：{compared} 个数中有 {differing} 个不符，最多相差 {most}。相差最大之处：',
  'compare.cannot': '无法对比：{reason}',
  'compare.hidden': '未对比：打印中省略的 {hidden} 个数（“...”）。',
  'compare.cell': '  {index}：算得 {actual}，期望 {expected}',
  'compare.unfinished': '已检查 {total} 个假设中的 {tried} 个。',

  'item.tensor': '张量',
  'item.layer': '层',
  'item.shape': '形状',
  'item.error': '报错信息',
  'item.cut': '省略了一些数；显示的是 {shape}',
  'item.unread': '未读取：{keys}',
};
