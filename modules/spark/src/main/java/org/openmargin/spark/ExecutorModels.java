package org.openmargin.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openmargin.serving.OpenSetClassifier;

/**
 * The models of this executor: each is loaded by the first task that needs it, and shared by all
 * tasks until the process ends.
 *
 * <p>This is the one place with static state. Spark makes new copies of all objects for every task,
 * and an executor has no place for what outlives a task but its process; a session of TensorFlow
 * cannot be sent. Without it, every task would load the model again: a second and its memory for
 * some hundred images. The key is the digest of all files of the model, so that a newer version in
 * the same application is never mistaken for it.
 */
final class ExecutorModels {
  private static final Map<String, OpenSetClassifier> LOADED = new ConcurrentHashMap<>();

  private ExecutorModels() {}

  /** Tasks that come while it is being loaded wait for it; after a failure, the next one tries. */
  static OpenSetClassifier get(SharedModel model) {
    return LOADED.computeIfAbsent(model.audit().digest(), digest -> model.load());
  }

  /** How many models are loaded in this process. */
  static int count() {
    return LOADED.size();
  }
}
