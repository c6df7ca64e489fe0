package org.openmargin.report.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.sets.SetTable;

/** The sets of images of an evaluation as a table in Markdown; nothing without sets. */
record SetRows(EvaluationReport report) {

  List<String> lines() {
    var table = new SetTable(report);
    if (table.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add("\n## Near and far\n");
    lines.add(
        "| set | images | ACC | ACC of accepted | rejected | AUROC |\n|---|---|---|---|---|---|");
    for (var row : table.rows()) {
      if (!row.isPart()) {
        var figures = row.figures();
        lines.add(
            "| %s | %d | %s | %s | %s | %s |"
                .formatted(
                    row.name(),
                    figures.getImages(),
                    cell(figures.hasAcc(), figures.getAcc()),
                    cell(figures.hasAcceptedAcc(), figures.getAcceptedAcc()),
                    cell(true, figures.getRejectionRate()),
                    cell(figures.hasAuroc(), figures.getAuroc())));
      }
    }
    lines.add("\n" + SetTable.LEGEND + ".");
    return lines;
  }

  private static String cell(boolean there, double value) {
    return there ? String.format(Locale.ROOT, "%.4f", value) : "";
  }
}
