package org.openmargin.trainer.rate;

import java.util.List;

/** How the learning rate changes during training. */
public sealed interface Schedule {

  /**
   * @param progress share of training done, from 0 to less than 1
   * @return factor of the learning rate
   */
  double factor(double progress);

  /** The same throughout. */
  record Constant() implements Schedule {
    @Override
    public double factor(double progress) {
      return 1;
    }
  }

  /**
   * Multiplied by {@code by} at given points.
   *
   * @param at shares of training, ascending
   */
  record Multistep(List<Double> at, double by) implements Schedule {
    public Multistep {
      at = List.copyOf(at);
    }

    @Override
    public double factor(double progress) {
      return Math.pow(by, (double) at.stream().filter(point -> progress >= point).count());
    }
  }

  /**
   * Half a cosine from 1 to {@code last}, once in each of {@code restarts + 1} equal parts of
   * training (Loshchilov and Hutter, "SGDR", 2017).
   *
   * @param last share of the learning rate at the end of a part
   * @param restarts how often the cosine starts again, at least 0
   */
  record Cosine(double last, int restarts) implements Schedule {

    /** Once over all of training. */
    public Cosine(double last) {
      this(last, 0);
    }

    @Override
    public double factor(double progress) {
      var parts = progress * (restarts + 1);
      var ofThisPart = parts - Math.min(Math.floor(parts), restarts);
      return last + (1 - last) * 0.5 * (1 + Math.cos(Math.PI * ofThisPart));
    }
  }
}
