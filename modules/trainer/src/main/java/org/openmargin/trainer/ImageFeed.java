package org.openmargin.trainer;

import org.tensorflow.Session;

/**
 * Gives each step its images, in slots: tensors that are allocated once and refilled, each bound to
 * its own runner.
 */
interface ImageFeed extends AutoCloseable {

  int slots();

  /** Makes a runner feed the contents of a slot. */
  Session.Runner bind(Session.Runner runner, int slot);

  /**
   * Waits until the images of a step are in a slot, where they stay until the next call. Fastest if
   * steps are requested in order.
   *
   * @return the slot
   */
  int await(long step);

  /** Total waiting time of all calls so far. */
  long waitedNanos();

  @Override
  void close();
}
