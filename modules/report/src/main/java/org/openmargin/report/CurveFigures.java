package org.openmargin.report;

import java.util.List;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.evaluation.OperatingPoint;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.OpenSetCurves;
import org.openmargin.scoring.metric.ScorerMetrics;

/** The ROC and the CCR-FPR curve of the selected scorer, with the point where it decides. */
record CurveFigures(UnknownScores scores, ScorerMetrics metrics, OperatingPoint test) {

  String figures(double acc) {
    return Markup.block(
        "div", "pair", figure("ROC", roc()) + figure("CCR against FPR", ccrFpr(acc)));
  }

  private String roc() {
    Plot plot = plot("known images that are rejected", "unknown images that are rejected");
    List<CurvePoint> points = OpenSetCurves.roc(scores.known(), scores.unknown());
    CurvePoint here = new CurvePoint(test.knownRejectionRate(), test.unknownDetectionRate());
    return plot.svg(
        "ROC curve, area " + Numbers.percent(metrics.auroc()),
        plot.area("under", points)
            + plot.line("chance", List.of(new CurvePoint(0, 0), new CurvePoint(1, 1)))
            + plot.line("curve", points)
            + plot.dot(here, "at the threshold")
            + areaNote(plot, "AUROC " + Numbers.percent(metrics.auroc())));
  }

  private String ccrFpr(double acc) {
    Plot plot = plot("unknown images that are accepted", "known images accepted and right");
    List<CurvePoint> points =
        OpenSetCurves.ccrFpr(scores.known(), scores.unknown(), scores.correct());
    CurvePoint here = new CurvePoint(1 - test.unknownDetectionRate(), test.acceptedAccuracy());
    return plot.svg(
        "CCR-FPR curve, area " + Numbers.percent(metrics.oscr()),
        plot.area("under", points)
            + plot.line("chance", List.of(new CurvePoint(0, acc), new CurvePoint(1, acc)))
            + Plot.words(
                "tick",
                plot.x().to() - 8,
                plot.y().pixel(acc) + 17,
                true,
                "ACC " + Numbers.percent(acc))
            + plot.line("curve", points)
            + plot.dot(here, "at the threshold")
            + areaNote(plot, "OSCR " + Numbers.percent(metrics.oscr())));
  }

  private static Plot plot(String x, String y) {
    return new Plot(
        new Axis(x, Axis.Range.FRACTIONS, 40, 440), new Axis(y, Axis.Range.FRACTIONS, 360, 40));
  }

  private static String areaNote(Plot plot, String words) {
    return Plot.words("area", plot.x().to() - 14, plot.y().from() - 18, true, words);
  }

  private static String figure(String caption, String svg) {
    return "<figure>" + Markup.leaf("figcaption", caption) + svg + "</figure>\n";
  }
}
