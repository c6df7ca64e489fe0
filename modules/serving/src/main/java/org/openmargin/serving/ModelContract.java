package org.openmargin.serving;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;

/**
 * What the writer and the users of a model agree on: signatures with their tensors, files, labels.
 * The exporter builds its signatures from it; {@link ModelCheck} compares a model with it.
 */
public final class ModelContract {
  /** Tag of the served graph. */
  public static final String TAG = "serve";

  /** Method name that TensorFlow Serving requires of a signature. */
  public static final String METHOD = "tensorflow/serving/predict";

  /** Label of a rejected image. */
  public static final String UNKNOWN = "unknown";

  // Inputs.
  public static final String IMAGES = "images";
  public static final String IMAGE_BYTES = "image_bytes";
  public static final String QUERY = "query";

  /** An input of {@link #SERVING_THRESHOLD}, an output of {@link #DESCRIBE}. */
  public static final String THRESHOLD = "threshold";

  // Outputs of the image signatures.
  public static final String PROBABILITIES = "probabilities";
  public static final String LOGITS = "logits";
  public static final String EMBEDDING = "embedding";
  public static final String LABEL = "label";
  public static final String LABEL_INDEX = "label_index";
  public static final String BEST_KNOWN_LABEL = "best_known_label";
  public static final String BEST_KNOWN_INDEX = "best_known_index";
  public static final String IS_UNKNOWN = "is_unknown";
  public static final String UNKNOWN_SCORE = "unknown_score";
  public static final String INPUT_IS_UNUSUAL = "input_is_unusual";
  public static final String INPUT_OK = "input_ok";

  /** A code of {@link Reason}. */
  public static final String REASON = "reason";

  /**
   * Unknown score of a row that is rejected without one, finite so that it can be written as JSON.
   */
  public static final float NO_SCORE = Float.MAX_VALUE;

  // Outputs of the gallery.
  public static final String IDENTITY = "identity";
  public static final String SIMILARITY = "similarity";
  public static final String BEST_IDENTITY = "best_identity";

  // Outputs of the description.
  public static final String MODEL = "model";
  public static final String SCORER = "scorer";
  public static final String CLASS_NAMES = "class_names";
  public static final String ALPHA = "alpha";
  public static final String DESCRIPTION = "description";

  private static final Map<String, DataType> DECISION =
      Map.ofEntries(
          Map.entry(PROBABILITIES, DataType.DT_FLOAT),
          Map.entry(LOGITS, DataType.DT_FLOAT),
          Map.entry(EMBEDDING, DataType.DT_FLOAT),
          Map.entry(LABEL, DataType.DT_STRING),
          Map.entry(LABEL_INDEX, DataType.DT_INT64),
          Map.entry(BEST_KNOWN_LABEL, DataType.DT_STRING),
          Map.entry(BEST_KNOWN_INDEX, DataType.DT_INT64),
          Map.entry(IS_UNKNOWN, DataType.DT_BOOL),
          Map.entry(INPUT_IS_UNUSUAL, DataType.DT_BOOL),
          Map.entry(REASON, DataType.DT_STRING),
          Map.entry(UNKNOWN_SCORE, DataType.DT_FLOAT));

  /**
   * A way to call a model. Dimension 0 of every tensor is the batch.
   *
   * @param name key of the signature
   */
  public record Signature(
      String name, Map<String, DataType> inputs, Map<String, DataType> outputs) {}

  /** Pixels in, decisions out. */
  public static final Signature SERVING_DEFAULT =
      new Signature("serving_default", Map.of(IMAGES, DataType.DT_UINT8), DECISION);

  /** JPEG or PNG files in, decisions out. */
  public static final Signature SERVING_BYTES =
      new Signature(
          "serving_bytes",
          Map.of(IMAGE_BYTES, DataType.DT_STRING),
          decisionWith(INPUT_OK, DataType.DT_BOOL));

  /** Pixels and the client's own threshold in, decisions out. */
  public static final Signature SERVING_THRESHOLD =
      new Signature(
          "serving_threshold",
          Map.of(IMAGES, DataType.DT_UINT8, THRESHOLD, DataType.DT_FLOAT),
          DECISION);

  public static final Signature DESCRIBE =
      new Signature(
          "describe",
          Map.of(QUERY, DataType.DT_STRING),
          Map.of(
              MODEL, DataType.DT_STRING,
              SCORER, DataType.DT_STRING,
              CLASS_NAMES, DataType.DT_STRING,
              ALPHA, DataType.DT_DOUBLE,
              THRESHOLD, DataType.DT_DOUBLE,
              DESCRIPTION, DataType.DT_STRING));

  /** JPEG or PNG files in, enrolled identities out; of a model with a gallery. */
  public static final Signature IDENTIFY =
      new Signature(
          "identify",
          Map.of(IMAGE_BYTES, DataType.DT_STRING),
          Map.of(
              IDENTITY, DataType.DT_STRING,
              SIMILARITY, DataType.DT_FLOAT,
              IS_UNKNOWN, DataType.DT_BOOL,
              BEST_IDENTITY, DataType.DT_STRING,
              REASON, DataType.DT_STRING));

  /** What every model has. */
  public static final List<Signature> SIGNATURES =
      List.of(DESCRIBE, SERVING_BYTES, SERVING_DEFAULT, SERVING_THRESHOLD);

  /** What a model may have. */
  public static final List<Signature> OPTIONAL_SIGNATURES = List.of(IDENTIFY);

  /** The graph and its signatures. */
  public static final String GRAPH_FILE = "saved_model.pb";

  /** Prefix of the variable files. */
  public static final String VARIABLES = "variables/variables";

  /** In {@code assets}: one class name per line, in label order. */
  public static final String LABELS_FILE = "labels.txt";

  /** {@link #LABELS_FILE} within a version. */
  public static final String LABELS = "assets/" + LABELS_FILE;

  /** Everything about the model, as JSON. */
  public static final String DESCRIPTION_FILE = "assets.extra/open_set.json";

  /** Inputs and outputs to test clients in any language. */
  public static final String EXAMPLES_FILE = "assets.extra/golden.json";

  /** Requests to replay at loading; the name is prescribed by TensorFlow Serving. */
  public static final String WARM_UP_FILE = "assets.extra/tf_serving_warmup_requests";

  /** The SHA-256 of every other file, in the format of {@code sha256sum}. */
  public static final String DIGESTS_FILE = "assets.extra/SHA256SUMS";

  /** Signature of {@link #DIGESTS_FILE}, in Base64. */
  public static final String SIGNATURE_FILE = "assets.extra/SHA256SUMS.sig";

  /** What a check has found. */
  public static final String BLESSING_FILE = "assets.extra/blessing.json";

  /** Files that have no digest. */
  public static final List<String> WRITTEN_LATER =
      List.of(DIGESTS_FILE, SIGNATURE_FILE, BLESSING_FILE);

  /** Name of the tensor that is compared with thresholds: [n]. */
  public static final String DECISION_SCORE = "decision_score";

  private ModelContract() {}

  private static Map<String, DataType> decisionWith(String name, DataType type) {
    var outputs = new TreeMap<>(DECISION);
    outputs.put(name, type);
    return Map.copyOf(outputs);
  }
}
