package org.openmargin.benchmark.rehearsal;

import java.util.List;
import org.openmargin.config.v1.RehearsalReport;
import org.openmargin.config.v1.TrialResult;

/** Puts a rehearsal into its report. */
record ReportWriter(Design design, Ranking ranking) {

  RehearsalReport report(List<TrialResult> results, List<String> remarks) {
    var base = design.base();
    var report =
        RehearsalReport.newBuilder()
            .setExperiment(base.getName())
            .setDesign(design.sentence())
            .addAllSeeds(design.seeds())
            .setAlpha(base.getExport().getAlpha())
            .setCriterion(Ranking.CRITERION)
            .addAllRemarks(remarks)
            .setDataSha256(results.get(0).getDataSha256())
            .setChosen(ranking.candidates().indexOf(ranking.chosen()));
    results.stream()
        .flatMap(r -> r.getEvaluation().getKnownClassesList().stream())
        .distinct()
        .sorted()
        .forEach(report::addKnownClasses);
    results.stream()
        .map(r -> r.getProvenance().getGitCommit())
        .filter(commit -> !commit.isEmpty())
        .distinct()
        .forEach(report::addGitCommits);
    results.stream()
        .map(r -> r.getProvenance().getDevice())
        .filter(device -> !device.isEmpty())
        .distinct()
        .forEach(report::addDevices);
    for (var fold : design.folds()) {
      report.addFoldsBuilder().setName(fold.name()).addAllHeldOut(fold.heldOut());
    }
    ranking.candidates().forEach(candidate -> report.addCandidates(candidate(candidate)));
    return report.build();
  }

  private RehearsalReport.Candidate candidate(MeasuredCandidate measured) {
    var candidate = measured.candidate();
    var worst = measured.worstForeign();
    var report =
        RehearsalReport.Candidate.newBuilder()
            .setTraining(candidate.training())
            .setScoring(candidate.scoring())
            .addAllSet(candidate.set())
            .setEpochs(candidate.experiment().getTraining().getEpochs())
            .setMeanRank(measured.meanRank())
            .setMeanAuroc(measured.meanAuroc())
            .setWorstAuroc(measured.worstAuroc())
            .setUnknownRejected(measured.mean(Figures::unknownRejected))
            .setKnownRejected(measured.mean(Figures::knownRejected))
            .setAcc(measured.acc())
            .setWorstForeign(worst.getKey())
            .setWorstForeignRejected(worst.getValue());
    if (ranking.excluded().containsKey(measured)) {
      report.setExcluded(ranking.excluded().get(measured));
    }
    measured.figures().forEach(figures -> report.addFigures(figures(figures)));
    return report.build();
  }

  private static RehearsalReport.Figures figures(Figures figures) {
    return RehearsalReport.Figures.newBuilder()
        .setFold(figures.fold())
        .setSeed(figures.seed())
        .setAuroc(figures.auroc())
        .setUnknownRejected(figures.unknownRejected())
        .setKnownRejected(figures.knownRejected())
        .setAcc(figures.acc())
        .putAllForeignRejected(figures.foreignRejected())
        .build();
  }
}
