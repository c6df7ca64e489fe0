"""One runtime with a cut network, for compare.py: answers requests and says how long it took.

Usage: peer.py RUNTIME DIRECTORY INPUT REQUESTS COUNT THREADS

RUNTIME is OpenVINO, onnxruntime or TensorFlow (Python); INPUT is PIXELS or FILES (JPEG, decoded here by
Pillow, which needs no resizing, because the files have the network's size). Prints its name and the logits,
then for each line "N" of standard input the processor time per call and the time of each call, in ms.
"""

import io
import os
import pathlib
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "runtimes"))

import numpy as np


def main():
    runtime, directory, kind, requests, count, threads = sys.argv[1:]
    threads = int(threads)
    if runtime == "TensorFlow":
        import tensorflow as tf
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    import cut

    contents = [path.read_bytes() for path in sorted(pathlib.Path(requests).iterdir())][: int(count)]
    if runtime == "OpenVINO":
        import openvino
        run, name = cut.openvino(directory, threads), "OpenVINO " + openvino.__version__.split("-")[0]
    elif runtime == "onnxruntime":
        import onnxruntime
        run, name = cut.onnx(directory, threads), "onnxruntime " + onnxruntime.__version__
    else:
        import tensorflow as tf
        run, name = cut.signature(directory), "Python TensorFlow " + tf.__version__

    if kind == "PIXELS":
        side = round((len(contents[0]) / 3) ** 0.5)
        images = np.stack([np.frombuffer(c, np.uint8).reshape(side, side, 3) for c in contents])

        def answer():
            return run(images.astype(np.float32))
    else:
        from PIL import Image

        def answer():
            images = [np.asarray(Image.open(io.BytesIO(c)).convert("RGB")) for c in contents]
            return run(np.stack(images).astype(np.float32))

    logits = answer()["logits"].ravel()
    print(name)
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
