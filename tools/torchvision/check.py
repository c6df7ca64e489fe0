#!/usr/bin/env python3
"""Checks that torchvision's ResNet-18 and ResNet-34, imported, give torchvision's embeddings.

Needs torch, torchvision, safetensors, numpy and pillow; no network, no trained weights: the networks are
random. For each: writes the weights as .safetensors and drawn images as PNG files, trains with every stage
frozen, exports, and compares the exported model's embeddings with those of PyTorch.

  tools/torchvision/check.py [--launcher tools/openmargin] [--class-path FILE] [--size 64] [--keep DIR]
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy
import PIL.Image
import safetensors.torch
import torch
import torchvision

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
LIMIT = 1e-5

EXPERIMENT = """
name: "torchvision"
data {{
  folder {{ path: "{images}" channels: 3 validation_fraction: 0.3 test_fraction: 0.3 }}
  known_classes: [0, 1]
  image_size_px: {size}
}}
model {{
  resnet {{ variant: {variant} stem: POOLED_7X7 padding: SYMMETRIC pixels: IMAGENET }}
  initial_weights {{ path: "{weights}" }}
}}
loss {{ omcl {{}} }}
training {{
  epochs: 1
  batch_size: 8
  frozen: ["stem", "stage1", "stage2", "stage3", "stage4"]
  adam {{}}
  constant {{}}
}}
export {{ alpha: 0.2 }}
"""


def random_network(make):
    network = make(weights=None)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
            torch.nn.init.uniform_(module.running_mean, -0.5, 0.5)
            torch.nn.init.uniform_(module.running_var, 0.5, 2)
    return network.eval()


def draw_images(folder, size):
    generator = numpy.random.default_rng(1)
    for name in "abc":
        (folder / name).mkdir(parents=True)
        for i in range(40):
            coarse = generator.integers(0, 256, (8, 8, 3), dtype=numpy.uint8)
            image = PIL.Image.fromarray(coarse).resize((size, size), PIL.Image.BICUBIC)
            image.save(folder / name / f"{i:02d}.png")


def torch_embeddings(network, files):
    body = torch.nn.Sequential(*list(network.children())[:-1], torch.nn.Flatten())
    pixels = numpy.stack([numpy.asarray(PIL.Image.open(file)) for file in files])
    batch = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    with torch.no_grad():
        return body((batch - MEAN) / DEVIATION).numpy()


def check(variant, make, folder, options):
    images, weights = folder / "images", folder / "weights.safetensors"
    draw_images(images, options.size)
    network = random_network(make)
    safetensors.torch.save_file(network.state_dict(), weights)
    experiment = folder / "experiment.textproto"
    experiment.write_text(
        EXPERIMENT.format(images=images, size=options.size, variant=variant, weights=weights)
    )
    for arguments in (
        ("train", experiment, "--run", folder / "run", "--device", "cpu"),
        ("export", folder / "run", "--to", folder / "models", "--device", "cpu"),
    ):
        subprocess.run([options.launcher, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    files = sorted(images.glob("*/*.png"))
    ours = subprocess.run(
        [
            "java",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-cp",
            pathlib.Path(options.class_path).read_text().strip(),
            HERE / "Embeddings.java",
            folder / "models" / "torchvision",
            *files,
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    ours = numpy.array([[float(x) for x in line.split(",")] for line in ours.splitlines()])
    theirs = torch_embeddings(network, files)
    if ours.shape != theirs.shape:
        sys.exit(f"{variant}: shape {ours.shape}, not {theirs.shape}")
    difference = numpy.abs(ours - theirs).max() / numpy.abs(theirs).max()
    print(
        f"{variant}: {len(files)} images of {options.size} px, largest difference {difference:.2e}"
        f" of the largest value, {numpy.abs(theirs).max():.3g}"
    )
    return difference < LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--launcher", default=ROOT / "tools" / "openmargin")
    parser.add_argument("--class-path", default=ROOT / "modules" / "cli" / "target" / "class-path")
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the files, to look at them")
    options = parser.parse_args()
    torch.manual_seed(0)
    networks = {"RESNET18": torchvision.models.resnet18, "RESNET34": torchvision.models.resnet34}
    with tempfile.TemporaryDirectory() as temporary:
        base = options.keep or pathlib.Path(temporary)
        results = [check(name, make, base / name, options) for name, make in networks.items()]
    if not all(results):
        sys.exit(f"not equal within {LIMIT}")
    print(f"equal within {LIMIT}")


if __name__ == "__main__":
    main()
