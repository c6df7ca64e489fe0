package org.openmargin.report.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * Overlaid histograms of the unknown scores of known and unknown images, each as a share of its own
 * group, with the acceptance threshold. There may be no unknown images.
 *
 * @param width of the plot, px
 */
public record ScoreHistogram(UnknownScores scores, double threshold, int width) {
  private static final int BINS = 60;
  private static final double OUTLIERS = 0.001;

  /** Positive scores that span more than this factor are shown on a logarithmic axis. */
  private static final double WIDE = 300;

  public Plot plot(String scorer) {
    var range = range();
    var known = shares(scores.known(), range);
    var unknown = shares(scores.unknown(), range);
    var highest = DoubleStream.concat(stream(known), stream(unknown)).max().orElseThrow();
    var scale = range.logarithmic() ? ", logarithmic" : "";
    var plot =
        new Plot(
            "Histogram of the unknown scores of known and unknown test images",
            new Axis("unknown score (" + scorer + scale + ")", range, 56, width - 20),
            new Axis("share of the group, %", new Axis.Range(0, 108 * highest, false), 290, 36));
    plot.filled("known", "known test images", outline(known, range));
    if (scores.unknown().length > 0) {
      plot.filled("unknown", "unknown test images", outline(unknown, range));
    }
    return plot.upright(
        "threshold", "accepted up to " + Numbers.score(threshold) + ", rejected above", threshold);
  }

  /** For a slider as long as the axis. */
  public ThresholdSlider slider() {
    return new ThresholdSlider(scores, range(), threshold);
  }

  private static ArrayList<CurvePoint> outline(double[] shares, Axis.Range range) {
    var outline = new ArrayList<CurvePoint>();
    for (var bin = 0; bin < BINS; bin++) {
      outline.add(new CurvePoint(edge(range, bin), 100 * shares[bin]));
      outline.add(new CurvePoint(edge(range, bin + 1), 100 * shares[bin]));
    }
    return outline;
  }

  private static double edge(Axis.Range range, int bin) {
    var position = (double) bin / BINS;
    return range.logarithmic()
        ? range.min() * Math.pow(range.max() / range.min(), position)
        : range.min() + (range.max() - range.min()) * position;
  }

  private static double[] shares(double[] scores, Axis.Range range) {
    var shares = new double[BINS];
    for (var score : scores) {
      shares[(int) Math.min(BINS - 1, BINS * range.position(score))] += 1.0 / scores.length;
    }
    return shares;
  }

  /** All but the most extreme scores, and the threshold. */
  private Axis.Range range() {
    var all = DoubleStream.concat(stream(scores.known()), stream(scores.unknown())).toArray();
    Arrays.sort(all);
    var cut = (int) (all.length * OUTLIERS);
    var low = Math.min(threshold, all[cut]);
    var high = Math.max(threshold, all[all.length - 1 - cut]);
    var common = all[all.length / 20];
    if (low > 0 && high / common > WIDE) {
      return new Axis.Range(low, high * 1.05, true);
    }
    var space = high > low ? 0.02 * (high - low) : 0.5;
    return new Axis.Range(low - space, high + space, false);
  }

  private static DoubleStream stream(double[] values) {
    return Arrays.stream(values);
  }
}
