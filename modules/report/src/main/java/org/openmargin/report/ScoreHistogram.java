package org.openmargin.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.CurvePoint;

/**
 * Histograms of the unknown scores of known and unknown images over each other, each as a share of
 * its own group, with the acceptance threshold.
 */
record ScoreHistogram(UnknownScores scores, double threshold) {
  private static final int BINS = 60;
  private static final double OUTLIERS = 0.001;

  /** Positive scores that span more than this factor are shown on a logarithmic axis. */
  private static final double WIDE = 300;

  String svg(String scorer) {
    Axis.Range range = range();
    double[] known = shares(scores.known(), range);
    double[] unknown = shares(scores.unknown(), range);
    double highest = DoubleStream.concat(stream(known), stream(unknown)).max().orElseThrow();
    String scale = range.logarithmic() ? ", logarithmic" : "";
    Plot plot =
        new Plot(
            new Axis("unknown score (" + scorer + scale + ")", range, 56, 940),
            new Axis("share of the group, %", new Axis.Range(0, 108 * highest, false), 300, 40));
    return plot.svg(
        "Histogram of the unknown scores of known and unknown test images",
        bars(plot, known, "known") + bars(plot, unknown, "unknown") + thresholdLine(plot));
  }

  private String thresholdLine(Plot plot) {
    double at = plot.x().pixel(threshold);
    double top = plot.y().to();
    return Plot.segment("threshold", at, plot.y().from(), at, top - 22)
        + Plot.words("note", at - 10, top - 10, true, "\u2190 accepted")
        + Plot.words(
            "note", at + 10, top - 10, false, "rejected \u2192  above " + Numbers.score(threshold));
  }

  private static String bars(Plot plot, double[] shares, String group) {
    Axis.Range range = plot.x().range();
    List<CurvePoint> outline = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      outline.add(new CurvePoint(edge(range, bin), 100 * shares[bin]));
      outline.add(new CurvePoint(edge(range, bin + 1), 100 * shares[bin]));
    }
    return plot.area("bars " + group, outline) + plot.line("outline " + group, outline);
  }

  private static double edge(Axis.Range range, int bin) {
    double position = (double) bin / BINS;
    return range.logarithmic()
        ? range.min() * Math.pow(range.max() / range.min(), position)
        : range.min() + (range.max() - range.min()) * position;
  }

  private static double[] shares(double[] scores, Axis.Range range) {
    double[] shares = new double[BINS];
    for (double score : scores) {
      shares[(int) Math.min(BINS - 1, BINS * range.position(score))] += 1.0 / scores.length;
    }
    return shares;
  }

  /** All but the most extreme scores, and the threshold. */
  private Axis.Range range() {
    double[] all = DoubleStream.concat(stream(scores.known()), stream(scores.unknown())).toArray();
    Arrays.sort(all);
    int cut = (int) (all.length * OUTLIERS);
    double low = Math.min(threshold, all[cut]);
    double high = Math.max(threshold, all[all.length - 1 - cut]);
    double common = all[all.length / 20];
    if (low > 0 && high / common > WIDE) {
      return new Axis.Range(low, high * 1.05, true);
    }
    double space = high > low ? 0.02 * (high - low) : 0.5;
    return new Axis.Range(low - space, high + space, false);
  }

  private static DoubleStream stream(double[] values) {
    return Arrays.stream(values);
  }
}
