package org.openmargin.exporter;

/** Files for the person who serves the model, beside its versions. */
final class ServingNotes {
  private ServingNotes() {}

  /** Configuration of TensorFlow Serving ({@code --model_config_file}). */
  static String modelsConfig(String model) {
    return """
        # tensorflow_model_server --model_config_file=/models/%1$s/models.config
        model_config_list {
          config {
            name: "%1$s"
            base_path: "/models/%1$s"
            model_platform: "tensorflow"
          }
        }
        """
        .formatted(model);
  }

  /** How to call the model. */
  static String readme(ExportRequest request) {
    var input = request.source().network().input();
    return README
        .replace("@MODEL@", request.target().model())
        .replace("@CLASSES@", String.join(", ", request.decision().head().classNames()))
        .replace("@HEIGHT@", Integer.toString(input.height()))
        .replace("@WIDTH@", Integer.toString(input.width()))
        .replace("@CHANNELS@", Integer.toString(input.channels()));
  }

  private static final String README =
      """
      # @MODEL@

      Classifies images as one of: @CLASSES@; or as `unknown`.
      Each version directory is a SavedModel. What a version was made of and how it decides is in its
      `assets.extra/open_set.json`.

      ## Serve

      ```
      docker run --rm -p 8500:8500 -p 8501:8501 -v "$PWD:/models/@MODEL@" \\
        tensorflow/serving --model_config_file=/models/@MODEL@/models.config
      ```

      ## Ask over REST

      A JPEG or PNG file (input names that end in `_bytes` are sent in base64):

      ```
      curl -s localhost:8501/v1/models/@MODEL@:predict -d \\
        "{\\"signature_name\\": \\"serving_bytes\\", \\"instances\\": [{\\"image_bytes\\": {\\"b64\\": \\"$(base64 < image.png | tr -d '\\n')\\"}}]}"
      ```

      What the model is:

      ```
      curl -s localhost:8501/v1/models/@MODEL@:predict -d \\
        '{"signature_name": "describe", "instances": [{"query": ""}]}'
      ```

      ## Ask over gRPC

      Python, with `tensorflow` and `tensorflow-serving-api`:

      ```python
      import grpc, tensorflow as tf
      from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

      stub = prediction_service_pb2_grpc.PredictionServiceStub(grpc.insecure_channel("localhost:8500"))
      request = predict_pb2.PredictRequest()
      request.model_spec.name = "@MODEL@"
      request.model_spec.signature_name = "serving_bytes"
      request.inputs["image_bytes"].CopyFrom(tf.make_tensor_proto([open("image.png", "rb").read()]))
      print(stub.Predict(request, timeout=10).outputs["label"].string_val)
      ```

      ## Signatures

      | name | inputs |
      |---|---|
      | `serving_default` | `images` uint8 [n, height, width, @CHANNELS@]; any size, all of one size; @HEIGHT@ x @WIDTH@ is taken as it is |
      | `serving_bytes` | `image_bytes` string [n], JPEG or PNG files of any size |
      | `serving_threshold` | `images`, and `threshold` float [n] or [1], which replaces the model's own |
      | `describe` | `query` string [n], any text |

      Per image: `label` (a class, or `unknown`), `label_index` (-1 if unknown), `is_unknown`, `unknown_score` (higher = more unknown),
      `best_known_label`, `best_known_index`, `probabilities`, `logits`, `embedding`. `serving_bytes` adds `input_ok`: a file that is
      neither JPEG nor PNG gives false and `unknown`. A file that begins right and is cut off or damaged fails its whole request.
      """;
}
