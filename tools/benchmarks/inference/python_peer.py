"""Python TensorFlow, to compare with the classifier: loads a SavedModel and answers as a Python user expects.

Usage: python_peer.py VERSION_DIRECTORY SIGNATURE INPUT REQUESTS COUNT

Prints its name, then its logits. Then makes N calls for each line "N" of standard input and prints the
processor time per call and the time of each call, in milliseconds. Ends with the input.
"""

import pathlib
import platform
import sys
import time

import numpy as np
import tensorflow as tf

# What the classifier delivers.
READ = ["best_known_index", "is_unknown", "unknown_score", "probabilities", "embedding"]


def main():
    directory, signature, name, requests, count = sys.argv[1:]
    contents = [path.read_bytes() for path in sorted(pathlib.Path(requests).iterdir())][: int(count)]
    if name == "images":
        side = round((len(contents[0]) / 3) ** 0.5)
        fed = np.stack([np.frombuffer(c, np.uint8).reshape(side, side, 3) for c in contents])
    else:
        fed = contents
    model = tf.saved_model.load(directory)
    function = model.signatures[signature]

    def call():
        return function(**{name: tf.constant(fed)})

    def answer():
        outputs = call()
        return [outputs[output].numpy() for output in READ]

    logits = call()["logits"].numpy().ravel()
    print(f"TensorFlow {tf.__version__}, Python {platform.python_version()}")
    print(" ".join(f"{value:.9g}" for value in logits), flush=True)
    for line in sys.stdin:
        cpu = time.process_time()
        millis = []
        for _ in range(int(line)):
            began = time.perf_counter()
            answer()
            millis.append((time.perf_counter() - began) * 1e3)
        cpu = (time.process_time() - cpu) * 1e3 / len(millis)
        print(" ".join(f"{value:.6f}" for value in [cpu, *millis]), flush=True)


main()
