package org.openmargin.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openmargin.scoring.calibration.AcceptanceThreshold;
import org.openmargin.scoring.calibration.Calibration;
import org.openmargin.scoring.evaluation.SelectedScorer;

/** How checkpoint, scorer and threshold were chosen. */
record DecisionTables(EvaluationPage page) {

  String html() {
    SelectedScorer selected = page.evaluation().selected();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("checkpoint", page.texts().checkpoint());
    facts.put("scorer", selected.name() + ": " + selected.selection().reason());
    facts.put("threshold", rule(selected.threshold()));
    facts.put("macro F1", macroF1(selected));
    facts.put("ECE", ece());
    if (!selected.calibration().unattainableAlphas().isEmpty()) {
      facts.put("not attainable", unattainable(selected.calibration()));
    }
    return facts(facts) + thresholds(selected);
  }

  /** Names and values, one below the other. */
  static String facts(Map<String, String> facts) {
    String items =
        facts.entrySet().stream()
            .map(
                fact ->
                    Markup.leaf("dt", fact.getKey()) + Markup.leaf("dd", fact.getValue()) + "\n")
            .collect(Collectors.joining());
    return Markup.block("dl", "facts", items);
  }

  private static String rule(AcceptanceThreshold t) {
    return "accept when the unknown score is at most %s; set on %s of known classes from validation"
            .formatted(Numbers.score(t.threshold()), Numbers.images(t.validationImages()))
        + " so that a new known image is rejected with probability at most "
        + Numbers.exactPercent(t.alpha());
  }

  private static String macroF1(SelectedScorer selected) {
    return Numbers.percent(selected.test().macroF1())
        + " on test images, with unknown as one more class";
  }

  private String ece() {
    return Numbers.percent(page.evaluation().closedSet().ece())
        + ": expected calibration error of the softmax over the known classes, on known test images";
  }

  private static String unattainable(Calibration calibration) {
    return calibration.unattainableAlphas().stream()
            .map(Numbers::exactPercent)
            .collect(Collectors.joining(", "))
        + ": too few validation images ("
        + Numbers.count(calibration.validationImages())
        + ")";
  }

  private static String thresholds(SelectedScorer selected) {
    String rows =
        selected.calibration().thresholds().stream()
            .map(t -> row(t, t.alpha() == selected.threshold().alpha()))
            .collect(Collectors.joining());
    return Markup.table(
        "Thresholds by split conformal calibration; a client may choose another one",
        List.of("wanted rejection of known", "threshold", "bound", "rejected in validation"),
        rows);
  }

  private static String row(AcceptanceThreshold t, boolean decides) {
    return "<tr%s><th scope=\"row\">%s%s</th><td class=\"number\">%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td></tr>\n"
        .formatted(
            decides ? " class=\"selected\"" : "",
            Numbers.exactPercent(t.alpha()),
            decides ? " <span class=\"tag\">decides</span>" : "",
            Numbers.score(t.threshold()),
            Numbers.percent(t.bound()),
            Numbers.percent(t.validationRejectionRate()));
  }
}
