#!/usr/bin/env python3
"""Loads an exported model in Python, saves it again, and compares every signature.

  python3 tools/runtimes/resave.py savedmodels/quickstart

Ways to save: tf.saved_model.save; mlflow.tensorflow.save_model; and a copy into BentoML's model store
(its own bentoml.tensorflow is deprecated). One whose package is missing is skipped, and says so. The first
lines are a control: a model that TensorFlow itself made loses its signatures, too, when it is saved
without `signatures=`, so there is nothing that an exporter could write to keep them.

Needs: pip install tensorflow; for the others mlflow (or mlflow-skinny and pandas), bentoml.
"""

import json
import os
import shutil
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("BENTOML_DO_NOT_TRACK", "True")


def version_directory(path):
    if os.path.isfile(os.path.join(path, "saved_model.pb")):
        return path
    return os.path.join(path, max((v for v in os.listdir(path) if v.isdigit()), key=int))


def control(tf, folder):
    class Two(tf.Module):
        def __init__(self):
            self.weight = tf.Variable(2.0)

        @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
        def times(self, x):
            return {"y": x * self.weight}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
        def plus(self, x):
            return {"y": x + self.weight}

    two = Two()
    tf.saved_model.save(two, folder + "/a", signatures={"times": two.times, "plus": two.plus})
    loaded = tf.saved_model.load(folder + "/a")
    tf.saved_model.save(loaded, folder + "/b")
    kept = sorted(tf.saved_model.load(folder + "/b").signatures)
    print(f"control: TensorFlow's own model with signatures plus, times; saved again without signatures=: {kept}")


def requests(tf, directory):
    """A request for each signature, made of the golden images."""
    import base64

    import numpy as np
    with open(os.path.join(directory, "assets.extra", "golden.json"), encoding="utf-8") as file:
        golden = json.load(file)
    pixels = b"".join(base64.b64decode(i) for i in golden["images_base64"])
    images = np.frombuffer(pixels, np.uint8).reshape(golden["shape"])
    files = [base64.b64decode(p) for p in golden["png_base64"]]
    bad = files + [files[0][:len(files[0]) // 2], b"no image"]
    examples = [
        tf.train.Example(features=tf.train.Features(feature={
            "image/encoded": tf.train.Feature(bytes_list=tf.train.BytesList(value=[f]))})).SerializeToString()
        for f in bad]
    return {
        "images": tf.constant(images), "image_bytes": tf.constant(bad), "inputs": tf.constant(examples),
        "pixels": tf.constant(images, tf.float32), "threshold": tf.constant([0.5]), "alpha": tf.constant([0.05]),
        "class_index": tf.constant([-1], tf.int64), "query": tf.constant([""])}


def differences(np, first, second, fed):
    wrong = sorted(set(first.signatures) ^ set(second.signatures))
    for name, function in first.signatures.items():
        if name in wrong:
            continue
        inputs = {key: fed[key] for key in function.structured_input_signature[1]}
        one, other = function(**inputs), second.signatures[name](**inputs)
        for key, value in one.items():
            if not np.array_equal(value.numpy(), other[key].numpy()):
                wrong.append(name + "." + key)
    return wrong


def by_tensorflow(tf, model, source, folder):
    tf.saved_model.save(model, folder, signatures=model.signatures)
    return tf.saved_model.load(folder)


def by_mlflow(tf, model, source, folder):
    import mlflow.tensorflow
    module = tf.Module()  # MLflow takes no other kind of object
    module.model = model
    mlflow.tensorflow.save_model(module, folder, saved_model_kwargs={"signatures": model.signatures})
    return mlflow.tensorflow.load_model(folder)


def by_bentoml(tf, model, source, folder):
    os.environ["BENTOML_HOME"] = folder
    import bentoml
    with bentoml.models.create("copied") as copied:
        shutil.copytree(source, copied.path_of("model"))
    return tf.saved_model.load(bentoml.models.get("copied:latest").path_of("model"))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    import numpy as np
    import tensorflow as tf
    source = version_directory(sys.argv[1])
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        control(tf, folder)
        model = tf.saved_model.load(source)
        fed = requests(tf, source)
        for way in (by_tensorflow, by_mlflow, by_bentoml):
            try:
                again = way(tf, model, source, os.path.join(folder, way.__name__))
            except ImportError as e:
                print(f"skipped {way.__name__}: {e}")
                continue
            wrong = differences(np, model, again, fed)
            failed = failed or bool(wrong)
            print(f"{'FAILED ' if wrong else 'ok     '} {way.__name__}: {len(again.signatures)} signatures"
                  + (f"; differ: {', '.join(wrong)}" if wrong else ", every output equal"))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
