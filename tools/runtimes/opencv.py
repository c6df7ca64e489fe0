#!/usr/bin/env python3
"""Reads the network of a frozen export with OpenCV's importer and compares the embeddings.

  python3 tools/runtimes/opencv.py savedmodels/quickstart      # exported with --frozen

The graph is cut between `pixels` and `embedding`: OpenCV's importer knows neither the operations of the
decision nor those of files, and not the normalised weights of a cosine head. Needs: pip install
tensorflow-cpu "opencv-python-headless<5". Exit code 0: equal within 1e-4 of the largest number; 1: not.
"""

import os
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
OUTPUT = "embedding"


def cut(tf, meta, first, last):
    """The nodes between two tensors; the first one becomes a placeholder."""
    nodes = {node.name: node for node in meta.graph_def.node}
    if any(node.op == "VarHandleOp" for node in nodes.values()):
        sys.exit("not a frozen model: export it with --frozen")
    kept, todo = set(), [last]
    while todo:
        name = todo.pop().lstrip("^").split(":")[0]
        if name not in kept:
            kept.add(name)
            todo.extend([] if name == first else nodes[name].input)
    graph = tf.compat.v1.GraphDef()
    for node in meta.graph_def.node:
        if node.name == first:
            graph.node.add(name=first, op="Placeholder").attr["dtype"].type = tf.float32.as_datatype_enum
        elif node.name in kept:
            graph.node.add().CopyFrom(node)
    return graph


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    import cv2
    import numpy as np
    import tensorflow as tf
    from check import version_directory
    from tensorflow.core.protobuf import saved_model_pb2
    directory = version_directory(sys.argv[1])
    with open(os.path.join(directory, "saved_model.pb"), "rb") as file:
        meta = saved_model_pb2.SavedModel.FromString(file.read()).meta_graphs[0]
    signature = meta.signature_def["serving_pixels"]
    pixels = signature.inputs["pixels"]
    graph = cut(tf, meta, pixels.name.split(":")[0], signature.outputs[OUTPUT].name.split(":")[0])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cut.pb")
        with open(path, "wb") as file:
            file.write(graph.SerializeToString())
        network = cv2.dnn.readNetFromTensorflow(path)
    shape = [int(size.size) for size in pixels.tensor_shape.dim][1:]
    images = np.random.RandomState(0).randint(0, 256, [3] + shape).astype(np.float32)
    serving = tf.saved_model.load(directory).signatures["serving_pixels"]
    want = serving(pixels=tf.constant(images))[OUTPUT].numpy()
    network.setInput(np.transpose(images, (0, 3, 1, 2)))
    got = network.forward().reshape(want.shape)
    worst = float(np.max(np.abs(got - want)) / np.max(np.abs(want)))
    print(f"OpenCV {cv2.__version__}: {OUTPUT} differs by at most {worst:.1e} of the largest number")
    sys.exit(0 if worst <= 1e-4 else 1)


if __name__ == "__main__":
    main()
