package org.openmargin.data.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A sample, spread evenly, of things that come one by one, however many: when there are twice as
 * many as wanted, every second is dropped, and only every second is taken from then on.
 *
 * @param <T> of the things
 */
public final class EvenSample<T> {
  private final int most;
  private List<Optional<T>> kept = new ArrayList<>();
  private long step = 1;
  private long seen;

  /**
   * @param most things in the sample
   */
  public EvenSample(int most) {
    this.most = most;
  }

  /**
   * @param thing made only if it may be in the sample; empty if it cannot be made
   */
  public void offer(Supplier<Optional<T>> thing) {
    if (seen++ % step == 0) {
      kept.add(thing.get());
    }
    if (kept.size() == 2 * most) {
      kept = everySecond();
      step *= 2;
    }
  }

  private List<Optional<T>> everySecond() {
    var half = new ArrayList<Optional<T>>();
    IntStream.range(0, kept.size() / 2).map(i -> 2 * i).mapToObj(kept::get).forEach(half::add);
    return half;
  }

  /** In the order of their coming. */
  public List<T> all() {
    var size = kept.size();
    var count = Math.min(most, size);
    return IntStream.range(0, count)
        .mapToObj(i -> kept.get((int) ((long) i * size / count)))
        .flatMap(Optional::stream)
        .toList();
  }
}
