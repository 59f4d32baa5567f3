"""Makes stacks.jsonl: what PyTorch prints of small Sequentials, and what they give.

Run with a real PyTorch: python3 tests/oracle/stacks.py > tests/oracle/stacks.jsonl (made with 1.13). Each line: the print
of the module, or its source where the print leaves arguments out, the input's shape, per layer the output's shape and the number of parameters, and the numbers of every
layer's output, in evaluation, with all weights 1 and all biases 0, for the input 0, 1, 2 … modulo 7, minus 3.
"""
import json
import random

import torch
from torch import nn

random.seed(8)
torch.manual_seed(8)


def shapes_and_numbers(module, shape, numbers, text):
    module.eval()
    for name, parameter in module.named_parameters():
        nn.init.constant_(parameter, 0.0 if name.endswith("bias") else 1.0)
    count = 1
    for size in shape:
        count *= size
    x = (torch.arange(count) % 7 - 3).float().reshape(shape)
    layers = []
    with torch.no_grad():
        for layer in module:
            x = layer(x)
            entry = {
                "shape": list(x.shape),
                "parameters": sum(p.numel() for p in layer.parameters()),
            }
            if numbers and x.numel() <= 600:
                entry["data"] = [float(f"{v:.8g}") for v in x.flatten().tolist()]
            layers.append(entry)
    return {"print": text or str(module), "input": list(shape), "layers": layers}


def emit(*layers, shape, numbers=True):
    print(json.dumps(shapes_and_numbers(nn.Sequential(*layers), shape, numbers, None), separators=(",", ":")))


def emit_source(text, shape):
    """What a print leaves out stands in the source only: all of AvgPool but its sizes, Upsample's corners."""
    print(json.dumps(shapes_and_numbers(nn.Sequential(eval(text)), shape, True, text), separators=(",", ":")))


pools = {1: nn.MaxPool1d, 2: nn.MaxPool2d, 3: nn.MaxPool3d}
for dims, maximum in pools.items():
    for _ in range(8):
        k, s = random.randint(1, 4), random.randint(1, 4)
        p, d = random.randint(0, k // 2), random.randint(1, 2)
        sizes = [random.randint(4, 7) for _ in range(dims)]
        ceil = random.random() < 0.5
        if d * (k - 1) + 1 <= min(sizes) + 2 * p:
            emit(maximum(k, s, p, d, ceil_mode=ceil), shape=(1, 2, *sizes))
        if k <= min(sizes) + 2 * p:
            padded = random.random() < 0.5
            text = f"nn.AvgPool{dims}d({k}, {s}, {p}, ceil_mode={ceil}, count_include_pad={padded})"
            emit_source(text, (2, 1, *sizes))
emit_source("nn.AvgPool2d((2, 3), stride=(1, 2), divisor_override=5)", (1, 1, 5, 6))

emit(nn.AdaptiveAvgPool1d(3), shape=(1, 2, 7))
emit(nn.AdaptiveAvgPool2d((3, None)), shape=(1, 2, 7, 5))
emit(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 3), nn.Softmax(dim=1), shape=(2, 2, 4, 3))
emit(nn.AdaptiveMaxPool2d((2, 4)), shape=(1, 1, 5, 6))
emit(nn.AdaptiveAvgPool3d((2, 1, 3)), shape=(1, 1, 3, 4, 5))

emit(nn.Upsample(scale_factor=2), shape=(1, 1, 3, 4))
emit(nn.Upsample(size=(5, 7)), shape=(1, 1, 3, 4))
emit(nn.Upsample(scale_factor=1.5, mode="nearest"), shape=(1, 1, 5, 6))
emit(nn.Upsample(scale_factor=0.5, mode="nearest"), shape=(1, 1, 5, 6))
emit(nn.Upsample(scale_factor=2, mode="bilinear"), shape=(1, 1, 3, 4))
emit_source('nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)', (1, 2, 3, 4))
emit(nn.Upsample(size=5, mode="linear"), shape=(1, 2, 3))
emit(nn.Upsample(scale_factor=2, mode="trilinear"), shape=(1, 1, 2, 3, 2))
emit(nn.UpsamplingBilinear2d(scale_factor=2), nn.UpsamplingNearest2d(scale_factor=2), shape=(1, 1, 2, 3))
emit(nn.PixelShuffle(2), nn.PixelUnshuffle(2), shape=(2, 8, 2, 3))
emit(nn.PixelShuffle(3), shape=(1, 9, 2, 2))

emit(nn.ReflectionPad2d((1, 2, 0, 1)), nn.ReplicationPad2d(1), nn.ZeroPad2d((0, 1, 2, 0)), shape=(1, 1, 3, 4))
emit(nn.ConstantPad1d((2, 1), 3.5), nn.Conv1d(1, 2, 3, dilation=2), shape=(1, 1, 6))
emit(nn.Conv2d(2, 4, 3, padding="same", groups=2), nn.InstanceNorm2d(4, affine=True), nn.GroupNorm(2, 4), nn.PReLU(4), shape=(1, 2, 4, 5))
emit(nn.Conv2d(1, 2, (3, 2), (2, 1), (1, 0), padding_mode="circular"), nn.InstanceNorm2d(2), shape=(1, 1, 5, 4))
emit(nn.ConvTranspose2d(2, 3, 3, 2, 1, output_padding=1), nn.BatchNorm2d(3), nn.LeakyReLU(0.2), nn.Dropout2d(), nn.Identity(), shape=(1, 2, 3, 3))
emit(nn.ConvTranspose1d(1, 1, 4, 2, 1, dilation=2, bias=False), nn.BatchNorm1d(1), shape=(1, 1, 4))
emit(nn.ConvTranspose3d(1, 2, 2, 2), nn.BatchNorm3d(2), nn.MaxPool3d(2), shape=(1, 1, 2, 2, 2))
emit(nn.Flatten(), nn.Linear(12, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Unflatten(1, (2, 2, 2)), nn.Conv2d(2, 1, 2), shape=(2, 3, 4))
emit(nn.Linear(4, 3), nn.Conv1d(2, 2, 2), shape=(1, 2, 4))
for activation in (nn.ReLU6(), nn.ELU(0.7), nn.SELU(), nn.GELU(), nn.SiLU(), nn.Mish(), nn.Hardswish(), nn.Hardsigmoid(), nn.Hardtanh(-1.5, 2), nn.Sigmoid(), nn.Tanh(), nn.Softplus(), nn.LogSoftmax(dim=1), nn.PReLU()):
    emit(activation, shape=(1, 7, 2))

nz, ngf, nc = 100, 64, 3
emit(
    nn.ConvTranspose2d(nz, ngf * 8, 4, 1, 0, bias=False), nn.BatchNorm2d(ngf * 8), nn.ReLU(True),
    nn.ConvTranspose2d(ngf * 8, ngf * 4, 4, 2, 1, bias=False), nn.BatchNorm2d(ngf * 4), nn.ReLU(True),
    nn.ConvTranspose2d(ngf * 4, ngf * 2, 4, 2, 1, bias=False), nn.BatchNorm2d(ngf * 2), nn.ReLU(True),
    nn.ConvTranspose2d(ngf * 2, ngf, 4, 2, 1, bias=False), nn.BatchNorm2d(ngf), nn.ReLU(True),
    nn.ConvTranspose2d(ngf, nc, 4, 2, 1, bias=False), nn.Tanh(),
    shape=(1, nz, 1, 1), numbers=False,
)
emit(
    nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(True), nn.MaxPool2d(3, 2), nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(True),
    nn.MaxPool2d(3, 2), nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(True), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(True),
    nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(True), nn.MaxPool2d(3, 2), nn.AdaptiveAvgPool2d((6, 6)), nn.Flatten(),
    nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(True), nn.Linear(4096, 1000),
    shape=(1, 3, 224, 224), numbers=False,
)
emit(
    nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
    nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    shape=(1, 1, 28, 28), numbers=False,
)
