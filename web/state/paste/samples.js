// What one may paste to see what happens: the worked example as an experiment with its output, and the
// same with a mistake in it. Numbers as PyTorch prints them; tests compute them anew.

const SCRIPT = `import torch
import torch.nn as nn

x = torch.as_tensor([[1., 2.], [0., 1.]]).reshape(1, 1, 2, 2)
kernel = torch.as_tensor([[1., 0., 1.], [1., 1., 0.], [0., 0., 1.]]).reshape(1, 1, 3, 3)
layer = nn.ConvTranspose2d(1, 1, kernel_size=3, stride=2, bias=False)
layer.weight = nn.Parameter(kernel)
print(layer(x))
`;

const MATCHING = `tensor([[[[1., 0., 3., 0., 2.],
          [1., 1., 2., 2., 0.],
          [0., 0., 2., 0., 3.],
          [0., 0., 1., 1., 0.],
          [0., 0., 0., 0., 1.]]]], grad_fn=<ConvolutionBackward0>)
`;

/** The same layer with its kernel turned by 180°, as somebody gets who flips it once too often. */
const TURNED = `tensor([[[[1., 0., 2., 0., 0.],
          [0., 1., 1., 2., 2.],
          [1., 0., 4., 0., 2.],
          [0., 0., 0., 1., 1.],
          [0., 0., 1., 0., 1.]]]])
`;

export const SAMPLES = [
  { id: 'match', text: `${SCRIPT}\n${MATCHING}` },
  { id: 'flipped', text: `${SCRIPT}\n${TURNED}` },
  {
    id: 'layer',
    text: 'ConvTranspose2d(1, 1, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1), bias=False)',
  },
];
