package org.openmargin.data;

import java.util.Arrays;

/**
 * Which images each training step sees: every epoch goes through its own {@link EpochOrder} in
 * whole batches. A function of the seed and the step, so that resuming and reading ahead change
 * nothing. Not thread-safe: it keeps the order of the latest epoch.
 */
public final class Batches {

  private final EpochOrder order;
  private final int batchSize;
  private int epoch = -1;
  private int[] permutation = {};

  /**
   * @param order of the images in each epoch
   * @param batchSize images of a step; the last, partial batch of an epoch is dropped
   * @throws DataException when there is less than one batch of images
   */
  public Batches(EpochOrder order, int batchSize) {
    if (batchSize < 1 || order.count() < batchSize) {
      throw new DataException(
          "%d images are fewer than one batch of %d".formatted(order.count(), batchSize));
    }
    this.order = order;
    this.batchSize = batchSize;
  }

  /** Steps per epoch: the number of whole batches. */
  public int perEpoch() {
    return order.count() / batchSize;
  }

  /**
   * The images of a step.
   *
   * @param step of the whole training, from 0
   * @return batchSize indices
   */
  public int[] indices(long step) {
    int wanted = (int) (step / perEpoch());
    if (wanted != epoch) {
      permutation = order.permutation(wanted);
      epoch = wanted;
    }
    int first = (int) (step % perEpoch()) * batchSize;
    return Arrays.copyOfRange(permutation, first, first + batchSize);
  }
}
