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
    """(GraphDef, input tensor's name, output tensors' names by output), variables as constants, without functions."""
    v1 = tf.compat.v1
    v1.logging.set_verbosity(v1.logging.ERROR)  # of "deprecated", once a call
    with tf.Graph().as_default(), v1.Session() as session:
        model = v1.saved_model.load(session, ["serve"], directory)
        definition = model.signature_def[SIGNATURE]
        outputs = {name: tf.identity(session.graph.get_tensor_by_name(definition.outputs[name].name)).name
                   for name in sorted(definition.outputs)}
        ends = [tensor.split(":")[0] for tensor in outputs.values()]
        whole = v1.graph_util.extract_sub_graph(session.graph_def, ends)
        key = definition.inputs[INPUT].name
        for node in whole.node:
            if node.name == key.split(":")[0]:  # by default the decoded files; here always fed
                node.op = "Placeholder"
                del node.input[:]
        reads = [node for node in whole.node if node.op == "ReadVariableOp"]
        values = session.run([node.name + ":0" for node in reads])
    for node, value in zip(reads, values, strict=True):
        node.CopyFrom(v1.NodeDef(name=node.name, op="Const", attr={
            "dtype": v1.AttrValue(type=tf.as_dtype(value.dtype).as_datatype_enum),
            "value": v1.AttrValue(tensor=tf.make_tensor_proto(value))}))
    constant = v1.graph_util.extract_sub_graph(whole, ends)
    constant.ClearField("library")  # of the signatures that decode files; this one has plain operations only
    return constant, key, outputs


def onnx(directory, threads=0):
    """Converted by tf2onnx, run by onnxruntime."""
    import onnxruntime
    import tf2onnx

    constant, pixels, outputs = frozen(directory)
    proto, _ = tf2onnx.convert.from_graph_def(
        constant, input_names=[pixels], output_names=list(outputs.values()), opset=18)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
    key = session.get_inputs()[0].name

    def run(pixels):
        return dict(zip(outputs, session.run(None, {key: pixels})))

    return run


def openvino(directory, threads=0):
    """Read and run by OpenVINO, in float32."""
    import openvino as ov

    constant, pixels, outputs = frozen(directory)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cut.pb")
        with open(path, "wb") as file:
            file.write(constant.SerializeToString())
        model = ov.convert_model(path, input=[pixels], output=list(outputs.values()))
    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    if threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    request = ov.Core().compile_model(model, "CPU", settings).create_infer_request()

    def run(pixels):
        found = request.infer([pixels])
        return {name: np.array(found[index]) for index, name in enumerate(outputs)}

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
