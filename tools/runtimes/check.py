#!/usr/bin/env python3
"""Takes an exported model through other runtimes, and through Python, and compares the answers.

Usage: check.py DIR [--only NAME ...]

DIR is a version directory, or a model's directory (its highest version is used). Two things are checked:
the signature serving_pixels in XLA, onnxruntime, OpenVINO (float32) and TensorFlow Lite gives the numbers
that TensorFlow gives, within 1e-5 of the largest of each output (of 1 if that is smaller); a p-value, which
counts scores and so jumps, must be the one that TensorFlow gives for the other runtime's score; and a model that
Python has loaded and saved again has all signatures, with equal answers, loaded twice.
Needs what requirements.txt lists. Exit code 0: all passed; 1: something failed; 2: usage.
"""

import argparse
import base64
import json
import os
import sys
import tempfile

TOLERANCE = 1e-5
FAILED = []


def report(ok, what):
    print(("ok      " if ok else "FAILED  ") + what, flush=True)
    if not ok:
        FAILED.append(what)


def version_directory(path):
    if os.path.isfile(os.path.join(path, "saved_model.pb")):
        return path
    versions = [v for v in os.listdir(path) if v.isdigit()] if os.path.isdir(path) else []
    if not versions:
        print(f"{path} is not a SavedModel: it has neither a saved_model.pb nor a version directory")
        sys.exit(2)
    return os.path.join(path, max(versions, key=int))


def golden(directory):
    with open(os.path.join(directory, "assets.extra", "golden.json"), encoding="utf-8") as file:
        found = json.load(file)
    pixels = b"".join(base64.b64decode(image) for image in found["images_base64"])
    files = [base64.b64decode(image) for image in found["png_base64"]]
    return np.frombuffer(pixels, np.uint8).reshape(found["shape"]), files


def difference(got, want):
    """The largest difference, as a part of the largest wanted number or of 1; infinite if not comparable."""
    got, want = np.asarray(got, np.float64), np.asarray(want, np.float64)
    if got.shape != want.shape or not np.all(np.isfinite(got)):
        return float("inf")
    return float(np.max(np.abs(got - want), initial=0) / max(1, np.max(np.abs(want), initial=0)))


def compare(got, want, what):
    worst = {name: difference(got[name], value) for name, value in want.items() if value.dtype.kind == "f"}
    others = [name for name, value in want.items()
              if value.dtype.kind != "f" and not np.array_equal(np.asarray(got[name]), value)]
    largest = max(worst, key=worst.get)
    report(
        worst[largest] <= TOLERANCE and not others,
        f"{what}: {len(want)} outputs differ by at most {worst[largest]:.1e} ({largest})"
        + (f"; different: {', '.join(others)}" if others else ""))


def check_runtimes(directory, images, wanted):
    pixels = images.astype(np.float32)
    reference = cut.signature(directory)
    counted = reference.model.prune("pixel_decision_score:0", "pixel_decision/p_value:0")
    want = reference(pixels)

    def compare_own(got, want, what):
        own = counted(tf.constant(np.asarray(got["unknown_score"], np.float32))).numpy()
        compare(got, dict(want, p_value=own), what)

    compare(want, want, "serving_pixels in TensorFlow " + tf.__version__)
    for name, build in cut.RUNTIMES.items():
        if wanted and name not in wanted:
            continue
        try:
            run = build(directory)
            compare_own(run(pixels), want, f"serving_pixels in {name}, {len(pixels)} images")
            one = {key: value[:1] for key, value in want.items()}
            compare_own(run(pixels[:1]), one, f"serving_pixels in {name}, one image")
        except Exception as e:  # a converter's refusal is the finding
            report(False, f"serving_pixels in {name}: {type(e).__name__}: {str(e).strip()[:600]}")


def requests(model, images, files):
    """Inputs for each signature of a model."""
    examples = [
        tf.train.Example(features=tf.train.Features(feature={
            "image/encoded": tf.train.Feature(bytes_list=tf.train.BytesList(value=[file]))})).SerializeToString()
        for file in files]
    n = len(files)
    values = {
        "images": tf.constant(images), "image_bytes": tf.constant(files), "inputs": tf.constant(examples),
        "pixels": tf.constant(images.astype(np.float32)), "query": tf.constant([""] * n),
        "threshold": tf.zeros([n]), "alpha": tf.fill([n], 0.05), "class_index": -tf.ones([n], tf.int64)}
    return {name: {key: values[key] for key in function.structured_input_signature[1]}
            for name, function in model.signatures.items()}


def answers(model, fed):
    return {name: {key: value.numpy() for key, value in function(**fed[name]).items()}
            for name, function in model.signatures.items()}


def check_saved_again(directory, images, files):
    model = tf.saved_model.load(directory)
    fed = requests(model, images, files)
    want = answers(model, fed)
    report(True, f"Python: {len(want)} signatures answer")
    with tempfile.TemporaryDirectory() as folder:
        for turn in ("saved again", "saved twice"):
            path = os.path.join(folder, turn.replace(" ", "-"))
            tf.saved_model.save(model, path, signatures=dict(model.signatures))
            model = tf.saved_model.load(path)
            got = answers(model, fed)
            report(sorted(got) == sorted(want), f"Python, {turn}: the same signatures")
            same = all(np.array_equal(got[name][key], value)
                       for name, outputs in want.items() for key, value in outputs.items())
            report(same, f"Python, {turn}: equal answers, bit for bit")


def main():
    directory = version_directory(arguments.directory)
    images, files = golden(directory)
    check_runtimes(directory, images, arguments.only)
    if not arguments.only:
        check_saved_again(directory, images, files)
    return 1 if FAILED else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", metavar="DIR", help="version directory or model directory")
    parser.add_argument("--only", nargs="+", default=[], help="XLA, onnxruntime, OpenVINO or 'TensorFlow Lite'")
    arguments = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    import numpy as np
    import tensorflow as tf

    import cut

    sys.exit(main())
