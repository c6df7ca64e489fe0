package org.openmargin.data;

/**
 * The order in which an epoch visits the images: a seeded shuffle, the same on every machine.
 *
 * @param seed the experiment's seed
 * @param count number of images
 */
public record EpochOrder(long seed, int count) implements Batches.Order {

  public EpochOrder {
    if (count < 0) {
      throw new DataException("an epoch of %d images: must be at least 0".formatted(count));
    }
  }

  /**
   * A permutation of 0..count-1 by Fisher-Yates with SplitMix64 seeded from (seed, epoch). No state
   * passes from one epoch to the next, so resumed and uninterrupted runs see the same order.
   *
   * @param epoch from 0
   */
  @Override
  public int[] permutation(int epoch) {
    var random = SplitMix.of(seed, epoch);
    var order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
