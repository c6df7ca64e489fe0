package org.openmargin.benchmark.rehearsal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ForeignGroup;

/**
 * What a candidate reached on one fold with one seed, as fractions.
 *
 * @param unknownRejected share of unknown images that its decision rejects
 * @param knownRejected the same of known images
 * @param knownImages that the accuracy is measured on
 * @param foreignRejected the same of each generated kind of foreign images, by its name
 */
record Figures(
    String fold,
    long seed,
    double auroc,
    double unknownRejected,
    double knownRejected,
    double acc,
    int knownImages,
    Map<String, Double> foreignRejected) {

  static Figures of(String fold, long seed, EvaluationReport report) {
    var foreign = new LinkedHashMap<String, Double>();
    report.getForeignList().stream()
        .filter(group -> group.getOrigin() == ForeignGroup.Origin.GENERATED)
        .forEach(group -> foreign.put(group.getName(), group.getRejectionRate()));
    var decision = report.getDecision();
    return new Figures(
        fold,
        seed,
        report.getAuroc(),
        decision.getUnknownRejectionRate(),
        decision.getKnownRejectionRate(),
        report.getAcc(),
        report.getCounts().getKnownTest(),
        foreign);
  }
}
