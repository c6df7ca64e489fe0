package org.openmargin.trainer;

import org.tensorflow.Session;

/**
 * Gives each step its images. They are in slots: tensors that are made once and refilled, each
 * bound to a runner of its own.
 */
interface ImageFeed extends AutoCloseable {

  /** Number of slots. */
  int slots();

  /** Makes a runner feed what is in a slot. */
  Session.Runner bind(Session.Runner runner, int slot);

  /**
   * Waits until the images of a step are in a slot. They stay there until the next call. Fastest if
   * steps are asked for in order.
   *
   * @return the slot
   */
  int await(long step);

  /** How long all calls have waited so far. */
  long waitedNanos();

  @Override
  void close();
}
