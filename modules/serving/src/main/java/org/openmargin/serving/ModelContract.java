package org.openmargin.serving;

/**
 * The names that whoever writes a model and whoever uses one must agree on: signatures, files,
 * labels. What the signatures take and give is checked by {@link GraphContract}.
 */
public final class ModelContract {
  /** Tag of the graph that is served. */
  public static final String TAG = "serve";

  /** Method name that TensorFlow Serving demands of a signature. */
  public static final String METHOD = "tensorflow/serving/predict";

  /** Signature: pixels in, decisions out. */
  public static final String DEFAULT = "serving_default";

  /** Signature: JPEG or PNG files in, decisions out. */
  public static final String BYTES = "serving_bytes";

  /** Signature: pixels and a threshold of the client's own in, decisions out. */
  public static final String THRESHOLD = "serving_threshold";

  /** Signature: what the model is. */
  public static final String DESCRIBE = "describe";

  /** Label of an image that is rejected. */
  public static final String UNKNOWN = "unknown";

  /** In {@code assets}: one class name per line, in label order. */
  public static final String LABELS_FILE = "labels.txt";

  /** In {@code assets.extra}: everything about the model, as JSON. */
  public static final String DESCRIPTION_FILE = "open_set.json";

  /** In {@code assets.extra}: inputs and outputs for a client of any language to test against. */
  public static final String GOLDEN_FILE = "golden.json";

  /** In {@code assets.extra}: requests to replay at loading; prescribed by TensorFlow Serving. */
  public static final String WARM_UP_FILE = "tf_serving_warmup_requests";

  private ModelContract() {}
}
