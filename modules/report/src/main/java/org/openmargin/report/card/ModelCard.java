package org.openmargin.report.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openmargin.config.v1.EvaluationReport;

/**
 * The model card of an exported run: intended use, data, figures, limits (Mitchell et al., "Model
 * Cards for Model Reporting", 2019).
 *
 * @param facts where the model comes from, by name
 */
public record ModelCard(EvaluationReport report, Map<String, String> facts) {

  /** Markdown. */
  public String text() {
    var lines = new ArrayList<String>();
    lines.add("# Model card: " + report.getExperiment());
    lines.addAll(doubts());
    lines.addAll(use());
    lines.addAll(new DataSection(report).lines());
    lines.addAll(figures());
    lines.addAll(decision());
    lines.addAll(new SetRows(report).lines());
    lines.addAll(limits());
    lines.addAll(origin());
    return String.join("\n", lines) + "\n";
  }

  private List<String> doubts() {
    var lines = new ArrayList<String>();
    if (report.hasUnfinished()) {
      lines.add("\n**Unfinished:** " + report.getUnfinished());
    }
    if (report.getRehearsal()) {
      lines.add("\n**A rehearsal:** held-out known classes stand in for unknown ones.");
    }
    report.getWarningsList().forEach(warning -> lines.add("\n**Warning:** " + warning));
    return lines;
  }

  private List<String> use() {
    return List.of(
        "\n## Intended use\n",
        "Classifies an image as one of the known classes, or rejects it as `unknown`. It supports people who look at such images; it is no medical device, and no decision about a person may rest on it alone.",
        "\nKnown classes: " + String.join(", ", report.getKnownClassesList()) + ".");
  }

  private List<String> figures() {
    var lines = new ArrayList<String>();
    lines.add("\n## Figures\n");
    lines.add("| | value | interval |\n|---|---|---|");
    var intervals = report.getIntervals();
    lines.add(
        figure("accuracy on known classes (ACC)", report.getAcc(), interval(intervals.getAcc())));
    if (report.hasOpenSetNotMeasured()) {
      lines.add("\nAUROC and OSCR: not measured: " + report.getOpenSetNotMeasured() + ".");
    } else {
      lines.add(
          figure(
              "known against unknown (AUROC)", report.getAuroc(), interval(intervals.getAuroc())));
      lines.add(figure("both together (OSCR)", report.getOscr(), interval(intervals.getOscr())));
    }
    lines.add(figure("calibration error (ECE)", report.getEce(), ""));
    return lines;
  }

  private String interval(EvaluationReport.Interval interval) {
    return report.hasIntervals() ? text("%.4f to %.4f", interval.getLow(), interval.getHigh()) : "";
  }

  private static String figure(String what, double value, String interval) {
    return text("| %s | %.4f | %s |", what, value, interval);
  }

  private List<String> decision() {
    var by = report.getDecision();
    var lines = new ArrayList<String>();
    lines.add("\n## Decision\n");
    lines.add(
        text(
            "Scorer `%s`; `unknown` unless the unknown score is at most %s. A known image is rejected with probability at most alpha = %s, if it comes from where the validation images come from; %.1f %% of the known test images were.",
            report.getSelectedScorer(),
            Double.toString(by.getThreshold()),
            Double.toString(by.getAlpha()),
            100 * by.getKnownRejectionRate()));
    if (by.hasUnknownRejectionRate()) {
      lines.add(
          text(
              "Of the unknown test images, %.1f %% were rejected.",
              100 * by.getUnknownRejectionRate()));
    }
    return lines;
  }

  private List<String> limits() {
    var lines = new ArrayList<String>();
    lines.add("\n## Limits\n");
    lines.add(
        "- Nothing is promised about images of unknown classes: the figures above hold for the unknown classes of the test, others may be harder.");
    lines.add(
        "- The bound on rejected known images holds for images like the validation images. Another microscope, stain, site or patient group needs new thresholds.");
    lines.add("- Probabilities are about the known classes only.");
    for (var group : report.getForeignList()) {
      if (group.getImages() > 0) {
        lines.add(
            text(
                "- Of %d images of the foreign group '%s', %.1f %% are rejected.",
                group.getImages(), group.getName(), 100 * group.getRejectionRate()));
      }
    }
    return lines;
  }

  private List<String> origin() {
    var lines = new ArrayList<String>();
    lines.add("\n## Origin\n");
    lines.add("| | |\n|---|---|");
    facts.forEach(
        (name, value) ->
            lines.add("| %s | %s |".formatted(name, value.replace("|", "\\|").replace("\n", " "))));
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
