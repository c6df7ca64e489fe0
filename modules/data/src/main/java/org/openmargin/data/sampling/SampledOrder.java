package org.openmargin.data.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.Batches;
import org.openmargin.data.EpochOrder;

/**
 * An epoch that visits classes as {@link ClassSampling} says. Each class goes through its own
 * images in a shuffled order before one comes again, also from one epoch to the next; the images of
 * an epoch are then shuffled. A function of seed and epoch.
 */
public final class SampledOrder implements Batches.Order {
  private final long seed;
  private final int count;
  private final double[] shares;
  private final List<int[]> images;

  /**
   * @param seed the experiment's seed
   * @param labels of all images
   */
  public SampledOrder(long seed, int[] labels, ClassSampling sampling) {
    this.seed = seed;
    this.count = labels.length;
    this.shares = sampling.shares(labels);
    this.images = new ArrayList<>();
    for (var label = 0; label < shares.length; label++) {
      images.add(indices(labels, label));
    }
  }

  private static int[] indices(int[] labels, int label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int[] permutation(int epoch) {
    var chosen = new int[count];
    var filled = 0;
    var wanted = 0.0;
    for (var label = 0; label < shares.length; label++) {
      wanted += shares[label] * count;
      var until = label == shares.length - 1 ? count : (int) Math.round(wanted);
      fill(chosen, filled, until, label, epoch);
      filled = until;
    }
    var order = new EpochOrder(seed, count).permutation(epoch);
    return Arrays.stream(order).map(i -> chosen[i]).toArray();
  }

  /** The next images of a class: those that follow where the epoch before ended. */
  private void fill(int[] chosen, int from, int to, int label, int epoch) {
    var own = images.get(label);
    var first = (long) epoch * (to - from);
    var pass = -1L;
    var order = new int[0];
    for (var i = from; i < to; i++) {
      var visit = first + i - from;
      if (visit / own.length != pass) {
        pass = visit / own.length;
        order = new EpochOrder(seed + label + 1, own.length).permutation((int) pass);
      }
      chosen[i] = own[order[(int) (visit % own.length)]];
    }
  }
}
