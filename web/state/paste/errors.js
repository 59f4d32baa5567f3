// From the text of an error that PyTorch raised to requests that should raise it too. Whether one does is
// the engine's to say: its own words for it then explain what went wrong. Text and shapes only.

/** @param {string} text @returns {number[][]} the lists in square or round brackets, also "(2 x 3)" */
const listsIn = (text) =>
  [...text.matchAll(/[[(]\s*(-?\d+(?:\s*[,x]\s*-?\d+)*)\s*,?\s*[\])]/g)].map(([, list]) =>
    list.split(/[,x]/).map(Number),
  );

/** @param {string} text @param {string} prefix @returns {number[]} values of "prefix_height: 1 prefix_width: 2" */
const named = (text, prefix) =>
  [...text.matchAll(new RegExp(`\\b${prefix}_(?:depth|height|width|length): (-?\\d+)`, 'g'))].map(
    ([, n]) => Number(n),
  );

/** @param {number[]} sizes */
const single = (sizes) => ({ shape: [1, 1, ...sizes] });

/** @type {{ pattern: RegExp, requests: (text: string, match: RegExpExecArray) => any[] }[]} */
const RULES = [
  {
    pattern: /^Given (groups=(\d+)|transposed=1), .*?weight of size/,
    requests: (text, [, , groups]) => {
      const [weight, input] = listsIn(text.slice(text.indexOf('weight')));
      if (!weight) return [];
      const name = groups ? 'conv' : 'conv_transpose';
      return [
        {
          op: `${name}${weight.length - 2}d`,
          input: { shape: input ?? [1, weight[1] * Number(groups), ...weight.slice(2)] },
          weight: { shape: weight },
          groups: Number(groups ?? 1),
        },
      ];
    },
  },
  {
    pattern: /Kernel size can't be greater than actual input size/,
    requests: (text) => {
      const [input, kernel] = listsIn(text);
      return input && kernel
        ? [{ op: `conv${kernel.length}d`, input: single(input), weight: single(kernel) }]
        : [];
    },
  },
  {
    pattern: /Expected .* input to (conv(?:_transpose)?([123])d)/,
    requests: (text, [, op, axes]) => {
      const shape = listsIn(text).at(-1);
      return [{ op, input: { shape }, weight: single(Array(Number(axes)).fill(1)) }];
    },
  },
  {
    pattern: /output padding must be smaller than either stride or dilation/,
    requests: (text) => {
      const [outputPadding, stride, dilation] = ['output_padding', 'stride', 'dilation'].map(
        (key) => named(text, key),
      );
      const axes = stride.length;
      const request = { outputPadding, stride, dilation, input: single(Array(axes).fill(2)) };
      return [{ ...request, op: `conv_transpose${axes}d`, weight: single(Array(axes).fill(3)) }];
    },
  },
  {
    pattern: /requested an output size of .* but valid sizes range from/,
    requests: (text) => {
      const [outputSize, least, most, input] = listsIn(text);
      if (!input) return [];
      const stride = least.map((n, i) => most[i] - n + 1);
      const sizes = input.slice(-least.length);
      const kernel = least.map((n, i) => n - (sizes[i] - 1) * stride[i]);
      return [
        {
          op: `conv_transpose${least.length}d`,
          input: { shape: input },
          weight: { shape: [input.at(-least.length - 1), 1, ...kernel] },
          stride,
          outputSize,
        },
      ];
    },
  },
  {
    pattern: /padding='same' is not supported for strided convolutions/,
    requests: () => [
      { op: 'conv2d', input: single([4, 4]), weight: single([3, 3]), stride: 2, padding: 'same' },
      {
        op: 'conv2d',
        kernelSize: 3,
        inChannels: 1,
        outChannels: 1,
        stride: 2,
        padding: 'same',
        input: single([4, 4]),
      },
    ],
  },
  {
    pattern: /non-positive stride|stride should be greater than zero/,
    requests: () =>
      [1, 2, 3].flatMap((axes) =>
        ['conv', 'conv_transpose'].map((name) => ({
          op: `${name}${axes}d`,
          input: single(Array(axes).fill(4)),
          weight: single(Array(axes).fill(3)),
          stride: 0,
        })),
      ),
  },
  {
    pattern: /negative padding is not supported/,
    requests: () => [{ op: 'conv2d', input: single([4, 4]), weight: single([3, 3]), padding: -1 }],
  },
  {
    pattern: /dilation should be greater than zero/,
    requests: () => [{ op: 'conv2d', input: single([4, 4]), weight: single([3, 3]), dilation: 0 }],
  },
  {
    pattern: /Padding size should be less than the corresponding input dimension/,
    requests: (text) => {
      const lists = listsIn(text);
      const input = lists.at(-1);
      const [[before, after]] = lists;
      const axis = Number(/at dimension (\d+)/.exec(text)?.[1]);
      if (!input || input.length < 3) return [];
      const axes = input.length - 2;
      const padding = Array.from({ length: axes }, (_, i) =>
        i + 2 === axis ? [before, after] : [0, 0],
      );
      return [
        {
          op: `conv${axes}d`,
          input: { shape: input },
          weight: { shape: [1, input[1], ...Array(axes).fill(1)] },
          padding,
          paddingMode: 'reflect',
        },
      ];
    },
  },
];

/** @param {string} text what the error says @returns {any[]} requests without data, likeliest first */
export function requestsOfError(text) {
  for (const { pattern, requests } of RULES) {
    const match = pattern.exec(text);
    if (match) return requests(text, match);
  }
  return [];
}

/** Two texts of an error that differ in blanks only are the same. @param {string} text */
export const sameWords = (text) => text.replace(/\s+/g, ' ').trim();
