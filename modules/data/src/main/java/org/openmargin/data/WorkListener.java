package org.openmargin.data;

/** Follows long work, such as reading images; called often, from any thread. */
@FunctionalInterface
public interface WorkListener {
  /** Ignores everything. */
  WorkListener NONE = (work, done, total) -> {};

  /**
   * @param work what is being done, in words, such as "reading images"
   * @param done of it
   * @param total 0 if unknown
   */
  void at(String work, long done, long total);

  /** Work of unknown length begins. */
  default void begin(String work) {
    at(work, 0, 0);
  }
}
