"""Training steps per second of a loop as one writes it in PyTorch, in a process of its own.

For `benchmarks.train`. It imports nothing of this repository, so that any Python with torch can run it;
ResNet-18, MobileNet v2 and ResNeXt-50 are torchvision's, ResNet-20 is written here.
"""

import argparse
import json
import statistics
import time
from typing import Any

import torch
from torch import nn

TORCHVISION = ("resnet18", "mobilenet_v2", "resnext50_32x4d")


class Block(nn.Module):
    """Two convolutions and a shortcut, which subsamples and pads with zeros where the width changes."""

    def __init__(self, channels: int, filters: int, strides: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, strides, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.strides, self.padding = strides, filters - channels

    def forward(self, x: Any) -> Any:
        """Computes the block of features N×C×H×W."""
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        x = x[:, :, :: self.strides, :: self.strides]
        x = nn.functional.pad(x, (0, 0, 0, 0, 0, self.padding))
        return torch.relu(x + y)


def resnet20() -> Any:
    """Builds the ResNet-20 for CIFAR: He et al., CVPR 2016, section 4.2."""
    parts: list[Any] = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    channels = 16
    for filters, strides in ((16, 1), (32, 2), (64, 2)):
        for i in range(3):
            parts.append(Block(channels, filters, strides if i == 0 else 1))
            channels = filters
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def network_of(name: str) -> tuple[Any, int, int]:
    """Returns a network, the size of its images and its number of classes."""
    if name == "resnet20_cifar":
        return resnet20(), 32, 10
    if name not in TORCHVISION:
        raise SystemExit(f"{name} is not among {', '.join(('resnet20_cifar', *TORCHVISION))}.")
    import torchvision

    return getattr(torchvision.models, name)(weights=None), 224, 1000


def steps_per_second(name: str, batch: int, steps: int, epochs: int) -> float:
    """Trains on random images, and returns the median speed of the epochs after the first."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model, size, classes = network_of(name)
    model = model.to(device, memory_format=torch.channels_last)
    images = torch.randint(0, 256, (batch * steps, 3, size, size)).float()
    images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.randint(0, classes, (batch * steps,))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.9)
    model.train()
    seconds = []
    for _ in range(1 + epochs):
        start, loss_sum, right = time.perf_counter(), 0.0, 0
        for chosen in torch.randperm(len(images)).split(batch):
            x = ((images[chosen] - 127) / 60).to(device, memory_format=torch.channels_last)
            y = labels[chosen].to(device)
            optimizer.zero_grad()
            scores = model(x)
            loss = nn.functional.cross_entropy(scores, y)
            loss.backward()
            optimizer.step()
            loss_sum += loss.detach()
            right += (scores.argmax(1) == y).sum()
        float(loss_sum), int(right)  # the device is done when they are read
        seconds.append(time.perf_counter() - start)
    return steps / statistics.median(seconds[1:])


def main() -> None:
    """Prints the steps per second."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("network")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--check", action="store_true", help="only say whether it can run")
    options = parser.parse_args()
    if options.check:
        network_of(options.network)
        return
    print(json.dumps(steps_per_second(options.network, options.batch, options.steps, options.epochs)))


if __name__ == "__main__":
    main()
