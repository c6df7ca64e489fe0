#!/usr/bin/env python3
"""Writes an archive in MedMNIST's layout as folders of PNG files: OUT/SPLIT/CLASS/NUMBER.png.

Usage: folders.py ARCHIVE.npz OUT [--classes 0,2,5] [--split train] [--each 20]

Needs NumPy and Pillow. With --each, the first so many images of each class.
"""

import argparse
import pathlib

import numpy
from PIL import Image


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--classes", help="ids, separated by commas; all if not given")
    parser.add_argument("--split", default="test", choices=["train", "val", "test"])
    parser.add_argument("--each", type=int, default=10**9)
    args = parser.parse_args()
    with numpy.load(args.archive) as archive:
        images = archive[args.split + "_images"]
        labels = archive[args.split + "_labels"].reshape(-1)
    wanted = set(labels.tolist())
    if args.classes:
        wanted &= {int(number) for number in args.classes.split(",")}
    count = dict.fromkeys(wanted, 0)
    for number, (image, label) in enumerate(zip(images, labels.tolist())):
        if label in wanted and count[label] < args.each:
            folder = args.out / args.split / f"class-{label}"
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image).save(folder / f"{number:06d}.png")
            count[label] += 1
    print(f"{sum(count.values())} images of {len(count)} classes in {args.out / args.split}")


if __name__ == "__main__":
    main()
