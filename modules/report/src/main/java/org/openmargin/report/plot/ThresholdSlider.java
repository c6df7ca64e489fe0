package org.openmargin.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openmargin.scoring.UnknownScores;

/**
 * What a slider below a score histogram needs to say what another threshold would do.
 *
 * @param scores of the test images; there may be no unknown ones
 * @param range of the histogram's x axis, and of the slider
 * @param threshold where it starts
 */
public record ThresholdSlider(UnknownScores scores, Axis.Range range, double threshold) {
  /** Scores of a group in a page; of more images every n-th is taken, in order of their scores. */
  static final int MOST = 5_000;

  /** Rounding that keeps the order of scores and threshold. */
  private static final MathContext DIGITS = new MathContext(9);

  /** Scores of known images, ascending. */
  public String known() {
    return texts(rows().stream().mapToDouble(row -> scores.known()[row]));
  }

  /** For each of {@link #known}: 1 if its class is right, else 0. */
  public String right() {
    return rows().stream()
        .map(row -> scores.correct()[row] ? "1" : "0")
        .collect(Collectors.joining());
  }

  /** Scores of unknown images, ascending; may be empty. */
  public String unknown() {
    var ascending = DoubleStream.of(scores.unknown()).sorted().boxed().toList();
    return texts(sample(ascending).stream().mapToDouble(score -> score));
  }

  private List<Integer> rows() {
    return sample(
        IntStream.range(0, scores.known().length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> scores.known()[row]))
            .toList());
  }

  private static <T> List<T> sample(List<T> all) {
    var step = (all.size() + MOST - 1) / MOST;
    var sample = new ArrayList<T>();
    for (var i = 0; i < all.size(); i += Math.max(1, step)) {
      sample.add(all.get(i));
    }
    return sample;
  }

  public String low() {
    return Double.toString(range.min());
  }

  public String high() {
    return Double.toString(range.max());
  }

  public String at() {
    return text(threshold);
  }

  /** Where the slider starts, in thousandths of its length. */
  public long position() {
    return Math.round(1000 * range.position(threshold));
  }

  private static String texts(DoubleStream values) {
    return values.mapToObj(ThresholdSlider::text).collect(Collectors.joining(" "));
  }

  private static String text(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString();
  }
}
