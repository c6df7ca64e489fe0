#!/usr/bin/env python3
"""Writes the SavedModel of modules/model/src/test/resources/keras-tiny with Keras, and what it answers.

    python -m pip install tensorflow-cpu
    python tools/keras/tiny.py modules/model/src/test/resources/keras-tiny

A convolution, a batch norm with statistics as after a training, dropout, pooling and a dense layer: 16 x 16 px RGB,
pixels from 0 to 1, 8 numbers. expected.txt holds its embeddings of two images whose byte number i is (7 i + i*i/13) % 256.
"""

import os
import pathlib
import shutil
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402
import numpy as np  # noqa: E402


def model() -> keras.Model:
    keras.utils.set_random_seed(7)
    pixels = keras.Input((16, 16, 3), name="pixels")
    x = keras.layers.Conv2D(6, 3, strides=2, padding="same", use_bias=False)(pixels)
    norm = keras.layers.BatchNormalization()
    x = keras.layers.Activation("relu")(norm(x))
    x = keras.layers.Dropout(0.3)(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    x = keras.layers.Dense(8, activation="gelu", name="embedding")(x)
    draws = np.random.default_rng(1)
    norm.set_weights([np.abs(w + 0.2 * draws.normal(size=w.shape)) for w in norm.get_weights()])
    return keras.Model(pixels, x)


def main() -> None:
    target = pathlib.Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    network = model()
    network.export(str(target), format="tf_saved_model", verbose=False)
    (target / "fingerprint.pb").unlink(missing_ok=True)
    i = np.arange(2 * 16 * 16 * 3)
    images = ((7 * i + i * i // 13) % 256).reshape(2, 16, 16, 3).astype("float32")
    rows = network(images / 255).numpy()
    (target / "expected.txt").write_text("".join(" ".join(repr(float(v)) for v in row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
