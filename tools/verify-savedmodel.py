#!/usr/bin/env python3
"""Checks an exported model with Python TensorFlow: signatures, and equal outputs.

Usage: verify-savedmodel.py DIR [--images FILE ...]

DIR is a version directory, or a model's directory (its highest version is used). The outputs are compared
with assets.extra/golden.json, written by the export. --images classifies JPEG or PNG files.
Exit code 0: everything passed, or Python TensorFlow is not installed; 1: something failed; 2: usage.
"""

import argparse
import base64
import importlib.util
import json
import os
import sys

TOLERANCE = 1e-5

IMAGE_OUTPUTS = {
    "probabilities": "float32", "logits": "float32", "embedding": "float32", "label": "string",
    "label_index": "int64", "best_known_label": "string", "best_known_index": "int64",
    "is_unknown": "bool", "input_is_unusual": "bool", "unknown_score": "float32", "reason": "string",
}
SIGNATURES = {
    "serving_default": ({"images": "uint8"}, IMAGE_OUTPUTS),
    "serving_bytes": ({"image_bytes": "string"}, {**IMAGE_OUTPUTS, "input_ok": "bool"}),
    "serving_threshold": ({"images": "uint8", "threshold": "float32"}, IMAGE_OUTPUTS),
    "describe": ({"query": "string"}, {
        "model": "string", "scorer": "string", "class_names": "string", "alpha": "float64",
        "threshold": "float64", "description": "string"}),
}


class Report:
    """Prints one line per check and remembers whether one failed."""

    def __init__(self):
        self.failed = False

    def check(self, ok, what):
        print(("ok      " if ok else "FAILED  ") + what)
        self.failed = self.failed or not ok


def version_directory(path):
    if os.path.isfile(os.path.join(path, "saved_model.pb")):
        return path
    versions = [v for v in os.listdir(path) if v.isdigit()] if os.path.isdir(path) else []
    if not versions:
        sys.exit(f"{path} is not a SavedModel: it has neither a saved_model.pb nor a version directory")
    return os.path.join(path, max(versions, key=int))


def check_signatures(model, report):
    for name, (inputs, outputs) in SIGNATURES.items():
        if name not in model.signatures:
            report.check(False, f"signature {name} is missing")
            continue
        function = model.signatures[name]
        found_inputs = {k: v.dtype.name for k, v in function.structured_input_signature[1].items()}
        found_outputs = {k: v.dtype.name for k, v in function.structured_outputs.items()}
        batch = all(t.shape.rank and t.shape[0] is None for t in function.structured_outputs.values())
        report.check(
            found_inputs == inputs and found_outputs == outputs and batch,
            f"signature {name}: names, types, batch in dimension 0")


def difference(np, got, want):
    got, want = np.asarray(got, np.float64), np.asarray(want, np.float64)
    if got.shape != want.shape:
        return float("inf")
    return float(np.max(np.abs(got - want) / np.maximum(1, np.abs(want)), initial=0.0))


def check_outputs(np, outputs, want, what, report):
    for name, values in want.items():
        got = outputs[name].numpy()
        if name == "label":
            report.check([g.decode() for g in got] == values, f"{what}: {name} equal")
        else:
            worst = difference(np, got, values)
            report.check(worst <= TOLERANCE, f"{what}: {name} differs by at most {worst:.1e}")


def check_golden(tf, np, model, directory, report):
    with open(os.path.join(directory, "assets.extra", "golden.json"), encoding="utf-8") as file:
        golden = json.load(file)
    pixels = b"".join(base64.b64decode(i) for i in golden["images_base64"])
    images = tf.constant(np.frombuffer(pixels, np.uint8).reshape(golden["shape"]))
    files = tf.constant([base64.b64decode(p) for p in golden["png_base64"]])
    want = golden["outputs"]
    check_outputs(np, model.signatures["serving_default"](images=images), want, "serving_default", report)
    encoded = model.signatures["serving_bytes"](image_bytes=files)
    check_outputs(np, encoded, want, "serving_bytes", report)
    first = golden_first(golden)
    rows = tf.constant([b"no image", first[:len(first) // 2], first])
    bad = model.signatures["serving_bytes"](image_bytes=rows)
    report.check(
        list(bad["reason"].numpy()) == [b"not_an_image", b"truncated", b"ok"]
        and list(bad["label"].numpy()[:2]) == [b"unknown", b"unknown"],
        "serving_bytes: bytes that are no image, or a part of one, are rejected, their neighbour is not")
    low = model.signatures["serving_threshold"](images=images, threshold=tf.constant([-1e30]))
    report.check(
        bool(tf.reduce_all(low["is_unknown"])), "serving_threshold: the lowest threshold rejects all")
    with open(os.path.join(directory, "assets.extra", "open_set.json"), encoding="utf-8") as file:
        text = file.read()
    said = model.signatures["describe"](query=tf.constant(["", ""]))["description"].numpy()
    report.check(all(s.decode() == text for s in said), "describe matches open_set.json")


def golden_first(golden):
    return base64.b64decode(golden["png_base64"][0])


def classify(tf, model, images):
    for path in images:
        with open(path, "rb") as file:
            answer = model.signatures["serving_bytes"](image_bytes=tf.constant([file.read()]))
        label, score = answer["label"].numpy()[0].decode(), float(answer["unknown_score"].numpy()[0])
        note = "" if answer["input_ok"].numpy()[0] else f"  ({answer['reason'].numpy()[0].decode()})"
        print(f"{path}  {label}  unknown score {score:.6g}{note}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", metavar="DIR", help="version directory or model directory")
    parser.add_argument("--images", nargs="+", default=[], help="JPEG or PNG files to classify")
    arguments = parser.parse_args()
    directory = version_directory(arguments.directory)
    if importlib.util.find_spec("tensorflow") is None:
        print("skipped: Python TensorFlow is not installed")
        return 0
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import numpy as np
    import tensorflow as tf

    report = Report()
    model = tf.saved_model.load(directory)
    report.check(True, f"loads in Python TensorFlow {tf.__version__}, {len(model.variables)} variables")
    check_signatures(model, report)
    if not report.failed:
        check_golden(tf, np, model, directory, report)
        classify(tf, model, arguments.images)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
