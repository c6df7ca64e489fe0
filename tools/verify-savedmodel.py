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
    "is_unknown": "bool", "input_is_unusual": "bool", "unknown_score": "float32", "p_value": "float32",
    "reason": "string",
}
FILE_OUTPUTS = {**IMAGE_OUTPUTS, "input_ok": "bool"}
SHORT = {key: IMAGE_OUTPUTS[key] for key in (
    "label", "label_index", "best_known_label", "best_known_index", "is_unknown", "p_value", "probabilities",
    "reason", "unknown_score")}
PLAIN = {key: IMAGE_OUTPUTS[key] for key in (
    "probabilities", "logits", "embedding", "best_known_index", "is_unknown", "input_is_unusual", "p_value",
    "unknown_score")}
SIGNATURES = {
    "serving_default": ({"images": "uint8"}, IMAGE_OUTPUTS),
    "serving_bytes": ({"image_bytes": "string"}, FILE_OUTPUTS),
    "serving_examples": ({"inputs": "string"}, FILE_OUTPUTS),
    "serving_threshold": ({"images": "uint8", "threshold": "float32"}, IMAGE_OUTPUTS),
    "serving_pixels": ({"pixels": "float32"}, PLAIN),
    "decide": ({"image_bytes": "string", "threshold": "float32", "alpha": "float32"}, SHORT),
    "decide_pixels": ({"images": "uint8", "threshold": "float32", "alpha": "float32"}, SHORT),
    "embed": ({"image_bytes": "string"}, {"embedding": "float32", "reason": "string"}),
    "classify": ({"inputs": "string"}, {"classes": "string", "scores": "float32"}),
    "regress": ({"inputs": "string"}, {"outputs": "float32"}),
    "describe": ({"query": "string"}, {
        "model": "string", "scorer": "string", "class_names": "string", "alpha": "float64",
        "threshold": "float64", "description": "string"}),
}
OPTIONAL = {
    "explain": ({"image_bytes": "string", "class_index": "int64"}, {
        "heat_map": "float32", "explained_index": "int64", "reason": "string"}),
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
    present = {name: tensors for name, tensors in OPTIONAL.items() if name in model.signatures}
    for name, (inputs, outputs) in {**SIGNATURES, **present}.items():
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
        list(bad["reason"].numpy()[:2]) == [b"not_an_image", b"truncated"]
        and bad["reason"].numpy()[2] in (b"ok", b"unusual_input")
        and list(bad["label"].numpy()[:2]) == [b"unknown", b"unknown"],
        "serving_bytes: bytes that are no image, or a part of one, are rejected, their neighbour is not")
    check_others(tf, np, model, images, files, encoded, report)
    low = model.signatures["serving_threshold"](images=images, threshold=tf.constant([-1e30]))
    report.check(
        bool(tf.reduce_all(low["is_unknown"])), "serving_threshold: the lowest threshold rejects all")
    with open(os.path.join(directory, "assets.extra", "open_set.json"), encoding="utf-8") as file:
        text = file.read()
    said = model.signatures["describe"](query=tf.constant(["", ""]))["description"].numpy()
    report.check(all(s.decode() == text for s in said), "describe matches open_set.json")


def check_others(tf, np, model, images, files, wanted, report):
    """The other signatures answer as serving_bytes does."""
    examples = tf.constant([tf.train.Example(features=tf.train.Features(feature={
        "image/encoded": tf.train.Feature(bytes_list=tf.train.BytesList(value=[file]))})).SerializeToString()
        for file in files.numpy()])
    want = {name: value.numpy() for name, value in wanted.items()}
    call = model.signatures

    def same(outputs, what, names=None):
        differ = [name for name, value in outputs.items() if name in want
                  and (not names or name in names) and not np.array_equal(value.numpy(), want[name])]
        report.check(not differ, f"{what}: " + (f"{differ} differ" if differ else "as serving_bytes"))

    same(call["serving_examples"](inputs=examples), "serving_examples")
    same(call["embed"](image_bytes=files), "embed")
    largest = tf.constant([float(np.finfo(np.float32).max)])
    own = call["describe"](query=tf.constant([""]))["threshold"].numpy().astype(np.float32)
    for name, fed in (("decide", {"image_bytes": files}), ("decide_pixels", {"images": images})):
        same(call[name](threshold=tf.constant(own), alpha=tf.constant([0.0]), **fed), f"{name} by threshold")
        alpha = np.float32(0.25)
        strict = call[name](threshold=largest, alpha=tf.constant([alpha]), **fed)["is_unknown"].numpy()
        report.check(np.array_equal(strict, ~(want["p_value"] > alpha)), f"{name} by alpha: as the p-value says")
    found = call["classify"](inputs=examples)
    best = found["classes"].numpy()[np.arange(len(examples)), np.argmax(found["scores"].numpy(), axis=1)]
    report.check(np.array_equal(best, want["label"]), "classify: the class with the largest score is the label")
    scores = call["regress"](inputs=examples)["outputs"].numpy()
    report.check(np.array_equal(scores, want["unknown_score"]), "regress: the unknown score")
    plain = call["serving_pixels"](pixels=tf.cast(images, tf.float32))
    for name in ("logits", "embedding", "probabilities", "unknown_score"):
        worst = difference(np, plain[name].numpy(), want[name])
        # The score is computed in floats there, and in doubles by the other signatures.
        report.check(worst <= (1e-4 if name == "unknown_score" else TOLERANCE), f"serving_pixels: {name} differs by at most {worst:.1e}")
    if "explain" in call:
        maps = call["explain"](image_bytes=files, class_index=tf.constant([-1], tf.int64))
        heat = maps["heat_map"].numpy()
        report.check(
            np.array_equal(maps["explained_index"].numpy(), want["best_known_index"])
            and heat.min() >= 0 and set(heat.max(axis=(1, 2)).round(6)) <= {0.0, 1.0},
            "explain: the best class, from 0 to 1")


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
