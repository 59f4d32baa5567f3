// Every word of the command line in English. {names} are put in by web/cli/words.js.

export const cliEn = {
  help: `Usage: convscope OPERATION --input VALUES --kernel VALUES [options]
       convscope stack FILE --shape SIZES
       convscope solve --from SIZE --to SIZE
       convscope --parse FILE
       convscope --request FILE

Computes a convolution or a transposed convolution and prints the output as PyTorch does.

OPERATION is conv1d, conv2d, conv3d, conv_transpose1d, conv_transpose2d or conv_transpose3d.

Values
  -i, --input VALUES     (N, C, spatial…) or (C, spatial…); fewer axes are given leading ones
  -k, --kernel VALUES    (O, C/groups, k…), transposed (C, O/groups, k…); also --weight
  -b, --bias VALUES      (O)

  VALUES is one of
    "1 2; 0 1"           rows of numbers
    "[[1, 2], [0, 1]]"   any text that PyTorch, numpy, Python, JSON … print
    @FILE                the tensor in a file: text, .npy, .npz or .safetensors
    @FILE#NAME           the one of that name
    -                    standard input

      --decimal-comma yes|no  whether 1,5 is one number, where a text leaves that open

Arguments: one number, or one per axis as "2,1"
  -s, --stride N
  -p, --padding N        or begin and end per axis as "1:2,0:1", or same, or valid
  -d, --dilation N
  -g, --groups N
      --output-padding N      transposed only
      --output-size N         transposed only
      --padding-mode MODE     zeros, reflect, replicate or circular
      --true-convolution      turn the kernel by 180°

Output
  -m, --maps             also every map on the way, and the size formula with its numbers
      --method METHOD    direct, scatter, matrix, for transposed ones also zero-insertion
                         and phases: which maps those are, and how the output is computed
      --dtype TYPE       float32 (as PyTorch, unless told otherwise) or float64
      --full             all elements, where PyTorch cuts out those beyond 1000
      --json             JSON, errors too; --request takes it back

Compare
  -c, --compare FILE     whether the output is the tensor in a file, to the digits printed there,
                         and if not, why; - for standard input
      --rtol N, --atol N      tolerance

Stacks of layers
  stack FILE             a Sequential as PyTorch prints it, its source, or JSON as the npm package
                         takes it, or the short text of links, as "conv2d(co=8,k=3);relu"; - for
                         standard input. Prints every layer's output, parameters, multiply-adds,
                         memory, receptive field, jump, start and overlap, and what is wrong with
                         the first layer that fails
      --shape SIZES      of the input, as "1,3,224,224"; where the file does not tell
      --as FORMAT        torch (source of a module), onnx (bytes, with seeded weights), markdown,
                         latex or csv, in place of the table
  -m, --maps             also the numbers that come out of every layer, with seeded weights
      --input VALUES     that go in, in place of seeded ones
      --seed N           of the weights, also of the ONNX file; 0 unless told otherwise
      --layer N          the numbers of that layer alone; also which one --cell and --size are
                         about, else the last
      --cell PLACE       what a cell of the output depends on, as "7,7", and the paths that lead
                         to every cell
      --size SIZES       which change of one argument gives the layer that size, as "14,14"

Sizes
  solve [OPERATION]      which arguments turn one size into another; also max_pool and avg_pool.
                         Without it a transposed convolution where the size grows
      --from SIZE, --to SIZE
      --layers N         one behind the other; 1 unless told otherwise
      --kernel, --stride, --padding, --dilation, --output-padding
                         ranges to search, as "1-7" or "3"
      --limit N          answers that are listed, of all that are counted

Other
      --parse FILE       what a text, or a file of tensors, holds; - for standard input
      --request FILE     a request as JSON, as the npm package takes it; options go before it
      --lang LANGUAGE    {languages}; else that of the shell (LANG)
  -h, --help
  -V, --version

Exit codes: 0 done, 1 not the output that was expected or no answer, 2 the command line or a file
cannot be used, 3 refused as PyTorch would (the reason and PyTorch's words are on standard error),
4 the program itself failed.

Examples
  convscope conv_transpose2d --input "1 2; 0 1" --kernel "1 0 1; 1 1 0; 0 0 1" --stride 2
  convscope conv2d -i image.npy -k "0 1 0; 1 -4 1; 0 1 0" --padding same --json
  convscope stack generator.txt --shape 1,100,1,1
  convscope stack generator.txt --shape 1,100,1,1 --as onnx > generator.onnx
  convscope stack generator.txt --shape 1,100,1,1 --maps --layer 3
  convscope solve --from 1 --to 64 --layers 5
  convscope conv_transpose1d -i "1 2 3" -k "1 1" -s 2 --maps --method scatter
`,
  seeHelp: 'convscope --help tells more.',
  torch: 'PyTorch says: {text}',
  failed: 'convscope failed: {reason}',

  'usage.unknown': 'There is no option {option}.',
  'usage.nearest': 'There is no option {option}. Did you mean {nearest}?',
  'usage.noValue': '{option} needs a value.',
  'usage.value': '{option} takes no value.',
  'usage.twice': '{option} is given twice.',
  'usage.takesNo': 'convscope {command} takes no {option}.',
  'usage.takesNo.operation':
    '{option} is not for one operation, but for the commands stack, solve or --parse.',
  'usage.takesNo.parse': '--parse takes no {option}.',
  'usage.oneOnly': '{option} and {other} ask for two things. Ask for one at a time.',
  'usage.noOperation': 'Which operation? It is one of {operations}.',
  'usage.operation': 'There is no operation "{operation}". It is one of {operations}.',
  'usage.extra': 'What is "{argument}"? Values with blanks in them need quotes.',
  'usage.missing': '{option} is missing.',
  'usage.number': '{option}: "{text}" is not a number. Give one number, or one per axis as "2,1".',
  'usage.whole': '{option}: "{text}" is not a whole number. Give one, such as 5.',
  'usage.wholes': '{option}: "{text}" is no list of whole numbers. Give one per axis, as "7,7".',
  'usage.range': '{option}: "{text}" is no range. Give both ends, as "1-7", or one number.',
  'usage.pair':
    '{option}: "{text}" is not begin and end. Give both per axis, separated by a colon, as "1:2,0:1".',
  'usage.choice': '{option} is "{text}", but it must be one of {choices}.',
  'usage.stdin': 'Only one of the values can come from standard input.',
  'file.missing': 'There is no file {file}.',
  'file.unreadable': '{file} cannot be read: {reason}',
  'file.notText': '{file} is no text.',
  'file.json': '{file} holds no request: {reason}',
  'values.empty': '{option} is empty. Give numbers, as "1 2; 0 1".',
  'values.none': '{option}: {source} holds no tensor, but {what}.',
  'values.several':
    '{option}: {source} holds several tensors ({names}). Say which one, as @FILE#NAME.',
  'values.noName': '{option}: {source} holds no tensor "{name}", but {names}.',
  'values.cut':
    '{option}: the print of the tensor in {source} leaves numbers out ("..."). Print it with torch.set_printoptions(profile="full"), or save it to a file.',
  stdin: 'standard input',
  commandLine: 'the text',
  unnamed: '(no name)',

  'stack.noFile': 'Which layers? Give a file, or - for standard input.',
  'stack.noShape': 'The file does not tell the shape of the input. Give it by {option}.',
  'stack.shape': '{option}: "{text}" is no shape. Give sizes as "1,3,224,224".',
  'stack.noBatch': 'ONNX’s operators need a batch axis. Put a 1 in front of the shape.',
  'stack.noCounterpart': 'Layer {layer} ({op}), with these arguments, has no counterpart there.',
  'stack.layer': 'layer',
  'stack.input': 'input',
  'stack.output': 'output',
  'stack.parameters': 'parameters',
  'stack.multiplyAdds': 'multiply-adds',
  'stack.field': 'receptive field',
  'stack.jump': 'jump',
  'stack.memory': 'bytes',
  'stack.start': 'start',
  'stack.overlap': 'overlap',
  'stack.even': 'even',
  'stack.all': 'all',
  'stack.total': 'total',
  'stack.ignored': 'Left out, since they are no layers of a stack: {names}.',
  'stack.failure': 'Layer {layer}, {op}: {reason}',
  'stack.repair': 'It works with {change} in layer {layer}: the output is {shape}.',

  'stack.noLayer': '{option} is {layer}, but the last layer is {last}.',
  'stack.inputShape': '{option} has {n} numbers, too few or too many for the shape {shape}.',
  'stack.more': 'These are {shown} of {total}. --limit {total} lists all.',
  'stack.unfinished': 'There may be more: layers further in front were not tried.',
  'stack.unreadable':
    'Layer {layer}: {field} is "{text}", which cannot be read. Give it as links do: 3, or 3x5 for each axis.',
  'stack.noRepair': 'No change of one argument gives layer {layer} the size {size}.',
  'stack.map': 'Layer {layer}, {op}',
  'stack.inputMap': 'Input',
  'stack.sees': 'Cell {cell} of layer {layer}, {op}, depends on these cells of the input:',
  'stack.positions': '{cells}; by so many paths: {counts}',
  'stack.reached': 'Paths that lead to the cells of that output:',
  'solve.found':
    '{op}: {total} answers among the {tried} sequences in the ranges; the first {shown}:',
  'solve.none': '{op}: no answer among the {tried} sequences in the ranges. Widen them.',
  'solve.customary': 'customary',

  'map.zeroInserted': 'Zero-inserted input',
  'map.paddedInput': 'Padded input',
  'map.flippedWeight': 'Flipped kernel',
  'map.uncropped': 'Uncropped output',
  'map.matrix': 'Matrix',
  'map.roundTrip': 'Transposed matrix times matrix times input',
  'map.phaseKernel': 'Phase {offset}: kernel',
  'map.phaseOutput': 'Phase {offset}: output',
  'map.output': 'Output',
  size: 'Output size',

  'axis.length': 'length',
  'axis.depth': 'depth',
  'axis.height': 'height',
  'axis.width': 'width',

  'compare.match': 'Match: {compared} numbers agree.',
  'compare.shape': 'Match: the shape is {shape}.',
  'compare.differs':
    'Differs: {differing} of {compared} numbers disagree, by up to {most}. Where most:',
  'compare.cannot': 'Cannot compare: {reason}',
  'compare.hidden': 'Not compared: {hidden} numbers that the print leaves out ("...").',
  'compare.cell': '  {index}: {actual} here, {expected} expected',
  'compare.unfinished': '{tried} of {total} hypotheses were tried.',

  'item.tensor': 'tensor',
  'item.layer': 'layer',
  'item.shape': 'shape',
  'item.error': 'error',
  'item.cut': 'numbers are left out; shown are {shape}',
  'item.unread': 'not read: {keys}',
};
