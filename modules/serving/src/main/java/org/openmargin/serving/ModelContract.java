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

  /** Method name that TensorFlow Serving requires of most signatures. */
  public static final String METHOD = "tensorflow/serving/predict";

  /** Label of a rejected image. */
  public static final String UNKNOWN = "unknown";

  // Inputs.
  public static final String IMAGES = "images";
  public static final String IMAGE_BYTES = "image_bytes";
  public static final String QUERY = "query";

  /** Serialized examples, under the name that classify and regress require. */
  public static final String INPUTS = "inputs";

  /** Images of the network's own size. */
  public static final String PIXELS = "pixels";

  /** A class to explain; negative: the best known one. */
  public static final String CLASS_INDEX = "class_index";

  /** The feature of an example that holds the file, as TensorFlow's Model Garden names it. */
  public static final String ENCODED_FEATURE = "image/encoded";

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

  /** Share of known images at least as unknown; comparable between scorers and models. */
  public static final String P_VALUE = "p_value";

  // Outputs of classify, regress and explain.
  public static final String CLASSES = "classes";
  public static final String SCORES = "scores";
  public static final String OUTPUTS = "outputs";
  public static final String HEAT_MAP = "heat_map";
  public static final String EXPLAINED_INDEX = "explained_index";

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

  /** In the description: how values of more than 8 bits become levels. */
  public static final String LEVELS = "levels";

  // Outputs of the description.
  public static final String MODEL = "model";
  public static final String SCORER = "scorer";
  public static final String CLASS_NAMES = "class_names";

  /** An input of {@link #DECIDE}, too. */
  public static final String ALPHA = "alpha";

  public static final String DESCRIPTION = "description";

  private static final Map<String, DataType> DECIDED =
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
          Map.entry(P_VALUE, DataType.DT_FLOAT),
          Map.entry(UNKNOWN_SCORE, DataType.DT_FLOAT));

  /**
   * A way to call a model. Dimension 0 of every tensor is the batch.
   *
   * @param name key of the signature
   */
  public record Signature(
      String name, Map<String, DataType> inputs, Map<String, DataType> outputs) {

    /** What TensorFlow Serving requires of a signature of its kind. */
    public String method() {
      return switch (name) {
        case "classify", "regress" -> "tensorflow/serving/" + name;
        default -> METHOD;
      };
    }
  }

  /** Pixels in, decisions out. */
  public static final Signature SERVING_DEFAULT =
      new Signature("serving_default", Map.of(IMAGES, DataType.DT_UINT8), DECIDED);

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
          DECIDED);

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

  /** Examples that hold JPEG or PNG files in, decisions out. */
  public static final Signature SERVING_EXAMPLES =
      new Signature(
          "serving_examples", Map.of(INPUTS, DataType.DT_STRING), SERVING_BYTES.outputs());

  /** Images of the network's size in, by plain operations; what other runtimes can take. */
  public static final Signature SERVING_PIXELS =
      new Signature(
          "serving_pixels",
          Map.of(PIXELS, DataType.DT_FLOAT),
          only(
              PROBABILITIES,
              LOGITS,
              EMBEDDING,
              BEST_KNOWN_INDEX,
              IS_UNKNOWN,
              INPUT_IS_UNUSUAL,
              P_VALUE,
              UNKNOWN_SCORE));

  /** Examples in, classes out, "unknown" among them. */
  public static final Signature CLASSIFY =
      new Signature(
          "classify",
          Map.of(INPUTS, DataType.DT_STRING),
          Map.of(CLASSES, DataType.DT_STRING, SCORES, DataType.DT_FLOAT));

  /** Examples in, unknown scores out. */
  public static final Signature REGRESS =
      new Signature(
          "regress", Map.of(INPUTS, DataType.DT_STRING), Map.of(OUTPUTS, DataType.DT_FLOAT));

  /**
   * Files and the client's own threshold and alpha in, short decisions out: unknown unless {@code
   * unknown_score <= threshold} and {@code p_value > alpha}. Alpha 0, or the largest float as
   * threshold, leaves the decision to the other.
   */
  public static final Signature DECIDE =
      new Signature(
          "decide",
          Map.of(
              IMAGE_BYTES,
              DataType.DT_STRING,
              THRESHOLD,
              DataType.DT_FLOAT,
              ALPHA,
              DataType.DT_FLOAT),
          only(
              LABEL,
              LABEL_INDEX,
              BEST_KNOWN_LABEL,
              BEST_KNOWN_INDEX,
              IS_UNKNOWN,
              P_VALUE,
              PROBABILITIES,
              REASON,
              UNKNOWN_SCORE));

  /** As {@link #DECIDE}, for pixels. */
  public static final Signature DECIDE_PIXELS =
      new Signature(
          "decide_pixels",
          Map.of(IMAGES, DataType.DT_UINT8, THRESHOLD, DataType.DT_FLOAT, ALPHA, DataType.DT_FLOAT),
          DECIDE.outputs());

  /** Files in, embeddings out. */
  public static final Signature EMBED =
      new Signature("embed", Map.of(IMAGE_BYTES, DataType.DT_STRING), only(EMBEDDING, REASON));

  /** Files and a class in, where in the image the evidence for it is. */
  public static final Signature EXPLAIN =
      new Signature(
          "explain",
          Map.of(IMAGE_BYTES, DataType.DT_STRING, CLASS_INDEX, DataType.DT_INT64),
          Map.of(
              HEAT_MAP, DataType.DT_FLOAT,
              EXPLAINED_INDEX, DataType.DT_INT64,
              REASON, DataType.DT_STRING));

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
      List.of(
          CLASSIFY,
          DECIDE,
          DECIDE_PIXELS,
          DESCRIBE,
          EMBED,
          REGRESS,
          SERVING_BYTES,
          SERVING_DEFAULT,
          SERVING_EXAMPLES,
          SERVING_PIXELS,
          SERVING_THRESHOLD);

  /** What a model may have, depending on its backbone and gallery. */
  public static final List<Signature> OPTIONAL_SIGNATURES = List.of(EXPLAIN, IDENTIFY);

  /** The graph and its signatures. */
  public static final String GRAPH_FILE = "saved_model.pb";

  /** Prefix of the variable files. */
  public static final String VARIABLES = "variables/variables";

  /** In {@code assets}: one class name per line, in label order. */
  public static final String LABELS_FILE = "labels.txt";

  /** Name of the constant that a loader sets to the path of {@link #LABELS_FILE}. */
  public static final String ASSET = "labels_file";

  /** {@link #LABELS_FILE} within a version. */
  public static final String LABELS = "assets/" + LABELS_FILE;

  /** Everything about the model, as JSON. */
  public static final String DESCRIPTION_FILE = "assets.extra/open_set.json";

  /** Inputs and outputs to test clients in any language. */
  public static final String EXAMPLES_FILE = "assets.extra/golden.json";

  /** Where the weights come from, as in a run. */
  public static final String PROVENANCE_FILE = "assets.extra/provenance.json";

  /** The experiment that gives these weights, without paths. */
  public static final String EXPERIMENT_FILE = "assets.extra/experiment.textproto";

  /** The figures of the evaluation that the model must reproduce, as in a run. */
  public static final String EVALUATION_FILE = "assets.extra/evaluation.json";

  /** Files about the origin of a model, which need not be there. */
  public static final List<String> ORIGIN =
      List.of(PROVENANCE_FILE, EXPERIMENT_FILE, EVALUATION_FILE);

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

  /**
   * Scope of the operations that a calibration decides: {@code limit}, the largest score that is
   * accepted, a scalar or [n], and {@code class} [n], which selects it where classes have their
   * own. Beside the scope are the tensors {@code decision_score}, {@code decision_best} and {@code
   * decision_logits}.
   */
  public static final String DECISION = "decision";

  /** Name of the tensor that is compared with thresholds: [n]. */
  public static final String DECISION_SCORE = DECISION + "_score";

  /** Scope of the same operations, and beginning of the same names, for {@code serving_pixels}. */
  public static final String PIXEL_DECISION = "pixel_decision";

  /** Name of the tensor by which a guard decides, if there is one: [n]. */
  public static final String GUARD_SCORE = "guard_score";

  /** The same for {@code serving_pixels}. */
  public static final String PIXEL_GUARD_SCORE = "pixel_guard_score";

  /** The variable with a gallery's rows, and its key in the file. */
  public static final String GALLERY_ROWS = "gallery.rows";

  private ModelContract() {}

  /** Some of the outputs of decisions. */
  private static Map<String, DataType> only(String... names) {
    var outputs = new TreeMap<>(DECIDED);
    outputs.keySet().retainAll(List.of(names));
    return Map.copyOf(outputs);
  }

  private static Map<String, DataType> decisionWith(String name, DataType type) {
    var outputs = new TreeMap<>(DECIDED);
    outputs.put(name, type);
    return Map.copyOf(outputs);
  }
}
