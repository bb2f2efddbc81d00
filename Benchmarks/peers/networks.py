"""The networks of BenchmarkNetwork.swift in PyTorch, layer for layer."""

import torch
from torch import nn

CLASSES = 10


def mlp(*widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def convolution(inputs, outputs, kernel=3, stride=1):
    """A convolution without bias, and batch normalisation."""
    return [
        nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
    ]


def cnn(*stages, side=28):
    layers, inputs = [], 1
    for outputs in stages:
        layers += [*convolution(inputs, outputs), nn.ReLU(), nn.MaxPool2d(2)]
        inputs, side = outputs, side // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(inputs * side * side, CLASSES))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Sequential(*convolution(inputs, outputs, stride=stride), nn.ReLU(inplace=True))
        self.second = nn.Sequential(*convolution(outputs, outputs))
        self.shortcut = nn.Sequential(*convolution(inputs, outputs, 1, stride)) if inputs != outputs else nn.Identity()

    def forward(self, x):
        return torch.relu_(self.second(self.first(x)) + self.shortcut(x))


def resnet8(width=16):
    layers, inputs = [*convolution(3, width), nn.ReLU()], width
    for stage in range(3):
        layers.append(Residual(inputs, width << stage, 2 if stage else 1))
        inputs = width << stage
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))


# By name: how to build it, the shape of a row, and the rows of a training step.
NETWORKS = {
    "textbook": (lambda: mlp(100, 64, 32, CLASSES), (100,), 32),
    "mlp256": (lambda: mlp(784, 256, 128, CLASSES), (784,), 128),
    "mlp1024": (lambda: mlp(784, 1024, 1024, CLASSES), (784,), 256),
    "cnn": (lambda: cnn(32, 64), (1, 28, 28), 128),
    "resnet8": (resnet8, (3, 32, 32), 128),
    "mlp64": (lambda: mlp(64, 64, 32, CLASSES), (64,), None),
    "cnn16": (lambda: cnn(16, 32), (1, 28, 28), None),
}
