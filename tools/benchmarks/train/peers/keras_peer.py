"""One training step of ResNet-18 in TensorFlow with Keras, as a peer: see ../README.md."""

import argparse
import os
import sys
import time

START = time.time()
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402

import peer  # noqa: E402


def conv_norm(x, filters, size, stride):
    x = layers.Conv2D(filters, size, stride, "same", use_bias=False)(x)
    return layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x)


def block(x, filters, stride):
    y = layers.ReLU()(conv_norm(x, filters, 3, stride))
    y = conv_norm(y, filters, 3, 1)
    if stride != 1 or x.shape[-1] != filters:
        x = conv_norm(x, filters, 1, stride)
    return layers.ReLU()(layers.Add()([x, y]))


def resnet18(size, pooled_stem, classes):
    images = keras.Input((size, size, 3))
    if pooled_stem:
        x = layers.ReLU()(conv_norm(images, 64, 7, 2))
        x = layers.MaxPooling2D(3, 2, "same")(x)
    else:
        x = layers.ReLU()(conv_norm(images, 64, 3, 1))
    for stage in range(4):
        x = block(x, 64 << stage, 2 if stage > 0 else 1)
        x = block(x, 64 << stage, 1)
    logits = layers.Dense(classes, dtype="float32")(layers.GlobalAveragePooling2D()(x))
    return keras.Model(images, logits)


class Step:
    """Images and labels stay on the device; a step gets the indices of its images."""

    def __init__(self, options):
        keras.utils.set_random_seed(0)
        if options.threads:
            tf.config.threading.set_intra_op_parallelism_threads(options.threads)
        for gpu in tf.config.list_physical_devices("GPU"):
            tf.config.experimental.set_memory_growth(gpu, True)
        if options.precision == "bfloat16":
            keras.mixed_precision.set_global_policy("mixed_bfloat16")
        pixels, labels = peer.images(options.size)
        self.size = options.size
        self.batch = options.batch
        self.pixels = tf.constant(pixels)
        self.labels = tf.constant(labels)
        self.model = resnet18(options.size, options.stem == "pooled", peer.CLASSES)
        self.optimizer = keras.optimizers.Adam(1e-3, epsilon=1e-8)
        self.optimizer.build(self.model.trainable_variables)
        self.losses = tf.Variable(0.0)
        self.step = tf.function(self.train, jit_compile=options.compile)

    def augment(self, pixels):
        """Zero padding by four, a random window, mirrored half of the time: one gather."""
        count, pad, size = self.batch, 4, self.size
        padded = tf.pad(pixels, [[0, 0], [pad, pad], [pad, pad], [0, 0]])
        steps = tf.range(size)[None, :]
        rows = tf.random.uniform((count, 1), 0, 2 * pad + 1, tf.int32) + steps
        columns = tf.random.uniform((count, 1), 0, 2 * pad + 1, tf.int32) + steps
        mirrored = tf.random.uniform((count, 1)) < 0.5
        columns = tf.where(mirrored, tf.reverse(columns, [1]), columns)
        window = tf.gather(padded, rows, axis=1, batch_dims=1)
        window = tf.gather(tf.transpose(window, [0, 2, 1, 3]), columns, axis=1, batch_dims=1)
        return tf.cast(tf.transpose(window, [0, 2, 1, 3]), tf.float32)

    def train(self, indices):
        indices = tf.ensure_shape(indices, (self.batch,))
        labels = tf.gather(self.labels, indices)
        x = self.augment(tf.gather(self.pixels, indices)) * (2 / 255) - 1
        with tf.GradientTape() as tape:
            logits = self.model(x, training=True)
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        variables = self.model.trainable_variables
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        self.losses.assign_add(loss)

    def run(self, indices):
        self.step(tf.constant(indices, tf.int32))

    def mean_loss(self, steps):
        """Waits for the device."""
        mean = float(self.losses.numpy()) / steps
        self.losses.assign(0.0)
        return mean

    def version(self):
        return f"TensorFlow {tf.__version__}, Keras {keras.__version__}"


def main():
    parser = argparse.ArgumentParser()
    peer.add_options(parser)
    parser.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    peer.serve(lambda: Step(options), options, START)


if __name__ == "__main__":
    sys.exit(main())
