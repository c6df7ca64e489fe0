package org.openmargin.data;

import java.util.Arrays;

/**
 * The images of each training step: every epoch goes through its own {@link Order} in whole
 * batches. Depends only on seed and step, so resuming and reading ahead change nothing. Not
 * thread-safe: it caches the order of the latest epoch.
 */
public final class Batches {

  /** Which images an epoch visits, and in which order: a function of the epoch alone. */
  public interface Order {

    /** Images of an epoch. */
    int count();

    /**
     * @param epoch from 0
     * @return indices of {@link #count} images; one may come several times or not at all
     */
    int[] permutation(int epoch);
  }

  private final Order order;
  private final int batchSize;
  private int epoch = -1;
  private int[] permutation = {};

  /**
   * @param batchSize images per step; the last, partial batch of an epoch is dropped
   * @throws DataException if there is less than one batch of images
   */
  public Batches(Order order, int batchSize) {
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
   * The {@code batchSize} images of a step.
   *
   * @param step of the whole training run, from 0
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
