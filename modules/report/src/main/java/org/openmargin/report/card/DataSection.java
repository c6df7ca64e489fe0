package org.openmargin.report.card;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.config.v1.EvaluationReport;

/** How many images a model was trained, calibrated and tested with, as Markdown. */
record DataSection(EvaluationReport report) {

  List<String> lines() {
    var counts = report.getCounts();
    var lines = new ArrayList<String>();
    lines.add("\n## Data\n");
    lines.add("| | images |\n|---|---|");
    lines.add(row("training", counts.getTrain()));
    if (counts.getFitted() > 0) {
      lines.add(row("of these, to fit the scorers", counts.getFitted()));
    }
    lines.add(row("validation, which set the thresholds", counts.getValidation()));
    lines.add(row("test, known classes", counts.getKnownTest()));
    lines.add(row("test, unknown classes", counts.getUnknownTest()));
    if (counts.getTrainByClassCount() == report.getKnownClassesCount()) {
      lines.add("\n| class | training | validation |\n|---|---|---|");
      for (var c = 0; c < report.getKnownClassesCount(); c++) {
        var validation =
            c < counts.getValidationByClassCount() ? counts.getValidationByClass(c) : 0;
        lines.add(
            "| %s | %d | %d |"
                .formatted(report.getKnownClasses(c), counts.getTrainByClass(c), validation));
      }
    }
    if (report.getUnknownClassesCount() > 0) {
      lines.add(
          "\nUnknown classes of the test: "
              + String.join(", ", report.getUnknownClassesList())
              + ". None of their images was seen in training.");
    }
    return lines;
  }

  private static String row(String what, int images) {
    return "| %s | %d |".formatted(what, images);
  }
}
