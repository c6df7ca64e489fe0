"""One training step of ResNet-18 in PyTorch, as a peer of the benchmark: see ../README.md."""

import argparse
import os
import sys
import time

START = time.time()

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402

import peer  # noqa: E402


class Block(nn.Module):
    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.shortcut = None
        if stride != 1 or inputs != filters:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)
            )

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class ResNet18(nn.Module):
    def __init__(self, pooled_stem, classes):
        super().__init__()
        if pooled_stem:
            self.stem = nn.Sequential(
                nn.Conv2d(3, 64, 7, 2, 3, bias=False),
                nn.BatchNorm2d(64),
                nn.ReLU(),
                nn.MaxPool2d(3, 2, 1),
            )
        else:
            self.stem = nn.Sequential(
                nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()
            )
        blocks, inputs = [], 64
        for stage in range(4):
            for block in range(2):
                filters = 64 << stage
                blocks.append(Block(inputs, filters, 2 if stage > 0 and block == 0 else 1))
                inputs = filters
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(512, classes)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)).mean(dim=(2, 3)))


class Step:
    """Images and labels stay on the device; a step gets the indices of its images."""

    def __init__(self, options):
        torch.manual_seed(0)
        self.device = torch.device("cuda" if options.device == "gpu" else "cpu")
        if options.threads:
            torch.set_num_threads(options.threads)
        pixels, labels = peer.images(options.size)
        self.pixels = torch.from_numpy(pixels).to(self.device)
        self.labels = torch.from_numpy(labels).to(self.device)
        self.size = options.size
        self.format = (
            torch.channels_last if options.layout == "channels_last" else torch.contiguous_format
        )
        self.bfloat16 = options.precision == "bfloat16"
        model = ResNet18(options.stem == "pooled", peer.CLASSES)
        self.model = model.to(self.device, memory_format=self.format).train()
        fused = {"fused": True}
        try:
            self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, **fused)
        except (RuntimeError, TypeError):
            self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, foreach=True)
        self.forward = torch.compile(self.loss) if options.compile else self.loss
        if options.device == "gpu":
            torch.backends.cudnn.benchmark = True
            torch.set_float32_matmul_precision("high")
        self.losses = torch.zeros((), dtype=torch.float64, device=self.device)

    def augment(self, pixels):
        """Zero padding by four, a random window, mirrored half of the time: one gather."""
        count, pad, size = pixels.shape[0], 4, self.size
        padded = F.pad(pixels, (0, 0, pad, pad, pad, pad))
        steps = torch.arange(size, device=self.device)
        rows = torch.randint(0, 2 * pad + 1, (count, 1), device=self.device) + steps
        columns = torch.randint(0, 2 * pad + 1, (count, 1), device=self.device) + steps
        mirrored = torch.rand((count, 1), device=self.device) < 0.5
        columns = torch.where(mirrored, columns.flip(1), columns)
        image = torch.arange(count, device=self.device)[:, None, None]
        window = padded[image, rows[:, :, None], columns[:, None, :]]
        return window.permute(0, 3, 1, 2).to(torch.float32).contiguous(memory_format=self.format)

    def loss(self, pixels, labels):
        x = self.augment(pixels) * (2 / 255) - 1
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bfloat16):
            logits = self.model(x)
        return F.cross_entropy(logits.float(), labels)

    def run(self, indices):
        chosen = torch.from_numpy(indices).to(self.device)
        loss = self.forward(self.pixels[chosen], self.labels[chosen])
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.losses += loss.detach()

    def mean_loss(self, steps):
        """Waits for the device."""
        mean = float(self.losses) / steps
        self.losses.zero_()
        return mean

    def version(self):
        return "PyTorch " + torch.__version__


def main():
    parser = argparse.ArgumentParser()
    peer.add_options(parser)
    parser.add_argument("--layout", choices=["contiguous", "channels_last"], default="contiguous")
    parser.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    peer.serve(lambda: Step(options), options, START)


if __name__ == "__main__":
    sys.exit(main())
