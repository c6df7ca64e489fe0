package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.openmargin.scoring.OpenSetEvaluation;
import org.openmargin.scoring.ScorerMetrics;

/** Every metric of every scorer. */
record ScorerTable(OpenSetEvaluation evaluation) {

  String html() {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "scorer",
                "AUROC \u2191",
                "OSCR \u2191",
                "OSCR, ARPL code",
                "AUPR unknown \u2191",
                "AUPR known \u2191",
                "FPR@95 TPR \u2193",
                "DTACC \u2191"));
    ScorerMetrics.FPRS.forEach(fpr -> headings.add("CCR@" + Numbers.exactPercent(fpr) + " \u2191"));
    String rows = evaluation.scorers().stream().map(this::row).collect(Collectors.joining());
    return Markup.table(
        "Per cent; \u2191 higher is better, \u2193 lower is better; CCR@1\u202f% is at an FPR of 1\u202f%",
        headings, rows);
  }

  private String row(ScorerMetrics m) {
    boolean selected = m.name().equals(evaluation.selected().name());
    DoubleStream figures =
        DoubleStream.concat(
            DoubleStream.of(
                m.auroc(),
                m.oscr(),
                m.oscrArplCompatible(),
                m.auprUnknown(),
                m.auprKnown(),
                m.fprAt95Tpr(),
                m.dtacc()),
            m.ccrAtFpr().values().stream().mapToDouble(Double::doubleValue));
    String cells =
        figures
            .mapToObj(value -> "<td class=\"number\">" + Numbers.perCent(value) + "</td>")
            .collect(Collectors.joining());
    return "<tr%s><th scope=\"row\"><code>%s</code>%s</th>%s</tr>\n"
        .formatted(
            selected ? " class=\"selected\"" : "",
            Markup.text(m.name()),
            selected ? "<br/><span class=\"tag\">selected</span>" : "",
            cells);
  }
}
