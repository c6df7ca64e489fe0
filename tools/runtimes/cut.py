"""The signature serving_pixels of an exported model, cut out and converted for other runtimes.

Each function takes a version directory and returns a function from pixels to outputs by name:
float32 [n, height, width, channels] in, a dict of numpy arrays out.
"""

import os
import tempfile

import numpy as np
import tensorflow as tf

SIGNATURE = "serving_pixels"
INPUT = "pixels"


def signature(directory):
    """The signature itself, in TensorFlow."""
    model = tf.saved_model.load(directory)
    function = model.signatures[SIGNATURE]

    def run(pixels):
        return {name: value.numpy() for name, value in function(**{INPUT: tf.constant(pixels)}).items()}

    run.model = model
    run.shape = [int(size) for size in function.structured_input_signature[1][INPUT].shape[1:]]
    return run


def xla(directory):
    """Compiled by XLA."""
    model = tf.saved_model.load(directory)
    function = model.signatures[SIGNATURE]
    compiled = tf.function(lambda pixels: function(**{INPUT: pixels}), jit_compile=True)

    def run(pixels):
        return {name: value.numpy() for name, value in compiled(tf.constant(pixels)).items()}

    run.model = model
    return run


def frozen(directory):
    """(GraphDef, input tensor name, output tensor names by output name), variables as constants."""
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    model = tf.saved_model.load(directory)
    function = model.signatures[SIGNATURE]
    shape = function.structured_input_signature[1][INPUT].shape
    wrapped = tf.function(lambda pixels: function(**{INPUT: pixels}))
    concrete = wrapped.get_concrete_function(tf.TensorSpec(shape, tf.float32, INPUT))
    constant = convert_variables_to_constants_v2(concrete)
    names = sorted(function.structured_outputs)
    return constant, names


def onnx(directory, threads=0):
    """Converted by tf2onnx, run by onnxruntime."""
    import onnxruntime
    import tf2onnx

    constant, names = frozen(directory)
    proto, _ = tf2onnx.convert.from_graph_def(
        constant.graph.as_graph_def(),
        input_names=[tensor.name for tensor in constant.inputs],
        output_names=[tensor.name for tensor in constant.outputs],
        opset=18)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
    key = session.get_inputs()[0].name

    def run(pixels):
        return dict(zip(names, session.run(None, {key: pixels})))

    return run


def openvino(directory, threads=0):
    """Read and run by OpenVINO, in float32."""
    import openvino as ov

    constant, names = frozen(directory)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cut.pb")
        with open(path, "wb") as file:
            file.write(constant.graph.as_graph_def().SerializeToString())
        model = ov.convert_model(
            path,
            input=[tensor.name for tensor in constant.inputs],
            output=[tensor.name for tensor in constant.outputs])
    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    if threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    request = ov.Core().compile_model(model, "CPU", settings).create_infer_request()

    def run(pixels):
        found = request.infer([pixels])
        return {name: np.array(found[index]) for index, name in enumerate(names)}

    return run


def lite(directory, threads=0):
    """Converted to TensorFlow Lite with its own operations only."""
    converter = tf.lite.TFLiteConverter.from_saved_model(directory, signature_keys=[SIGNATURE])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    interpreter = tf.lite.Interpreter(model_content=converter.convert(), num_threads=threads or None)
    runner = interpreter.get_signature_runner(SIGNATURE)

    def run(pixels):
        return runner(**{INPUT: pixels})

    return run


RUNTIMES = {"XLA": xla, "onnxruntime": onnx, "OpenVINO": openvino, "TensorFlow Lite": lite}
