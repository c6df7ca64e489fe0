package org.openmargin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.benchmark.table.BenchmarkMetric;
import org.openmargin.benchmark.table.BenchmarkTable;
import org.openmargin.benchmark.table.TableFormat;
import org.openmargin.benchmark.table.TableHeading;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.report.page.Page;

/** Tables by unknown class and by scorer, and pages, from the files of two complementary splits. */
class ReportFormsTest {
  private static final Path TINY =
      Path.of("../../proto/experiments/synthetic/tiny.textproto").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Path plan;
  private BenchmarkFolders folders;

  @BeforeEach
  void writePlan() throws IOException {
    folders = new BenchmarkFolders(folder.resolve("results"), folder.resolve("runs"));
    plan =
        Files.writeString(
            folder.resolve("plan.textproto"),
            """
            name: "small"
            experiment: "%s"
            methods { name: "A" }
            sweeps { name: "t" path: "loss.omcl.threshold" values: ["0", "0.3"] method: "A" x_label: "threshold t" }
            trials { name: "1" known_classes: [0, 1, 2, 3] }
            trials { name: "2" known_classes: [4, 5, 6, 7] }
            seeds: [3, 4]
            baseline: "A"
            """
                .formatted(TINY));
  }

  private Benchmark benchmark() {
    return Benchmark.read(plan).in(folders);
  }

  private static List<String> classes(boolean known, List<Integer> ids) {
    return IntStream.range(0, 8)
        .filter(id -> ids.contains(id) == known)
        .mapToObj(id -> "class " + id)
        .toList();
  }

  /** AUROC 0.7 of A, more by a tenth of the threshold and by seed; class 7 is 0.1 lower. */
  private static EvaluationReport evaluation(PlannedTrial trial, boolean byClass) {
    var known = trial.experiment().getData().getKnownClassesList();
    var auroc =
        0.7
            + trial.experiment().getLoss().getOmcl().getThreshold() / 10
            + 0.01 * trial.name().seed();
    var knn = ScorerResult.newBuilder().setName("knn").setAuroc(0.95).setOscr(0.94);
    var logit = ScorerResult.newBuilder().setName("max_logit").setAuroc(auroc).setOscr(auroc / 2);
    var unknown = classes(false, known);
    if (byClass) {
      unknown.forEach(
          name -> logit.addAurocByUnknownClass(auroc - (name.equals("class 7") ? 0.1 : 0)));
    }
    return EvaluationReport.newBuilder()
        .setAcc(0.9)
        .setSelectedScorer("max_logit")
        .addAllKnownClasses(classes(true, known))
        .addAllUnknownClasses(unknown)
        .addScorers(logit)
        .addScorers(knn)
        .build();
  }

  private void write(PlannedTrial trial, boolean byClass) {
    var result =
        TrialResult.newBuilder()
            .setPlan("small")
            .setMethod(trial.name().method())
            .setTrial(trial.name().trial())
            .setSeed(trial.name().seed())
            .addAllKnownClasses(trial.experiment().getData().getKnownClassesList())
            .setExperimentSha256(trial.digest())
            .setEvaluation(evaluation(trial, byClass))
            .build();
    new TrialFiles("small", folders).write(trial, result);
  }

  private BenchmarkTable table(boolean byClass) {
    benchmark().trials().forEach(trial -> write(trial, byClass));
    benchmark().collect();
    return benchmark().report(Optional.empty());
  }

  @Test
  void classesAndSeedsAreAveragedAsDescribed() {
    var table = table(true);
    assertThat(table.methods()).hasSize(3);
    // Threshold 0.1, seeds 3 and 4: 0.7 + 0.01 + 0.035.
    var areas = table.methods().get(0).byUnknownClass();
    assertThat(areas.get("1")).hasSize(4);
    assertThat(areas.get("1").get("class 4")).isCloseTo(0.745, within(1e-6));
    assertThat(areas.get("1").get("class 7")).isCloseTo(0.645, within(1e-6));
    var test = table.againstBaselineByClass(table.methods().get(2)).orElseThrow();
    assertThat(test.difference().mean()).isCloseTo(0.02, within(1e-6));
    assertThat(test.difference().classes()).isEqualTo(8);
    assertThat(test.pairs()).isEqualTo(1);
    assertThat(test.signFlip()).isEqualTo(1);
    assertThat(table.signFlip(table.methods().get(2), BenchmarkMetric.AUROC)).isEqualTo(1);
    assertThat(TableFormat.TEXT.lines(table, 1))
        .anyMatch(line -> line.startsWith("AUROC of each unknown class"))
        .anyMatch(line -> line.startsWith("AUROC against A by class split and unknown class"))
        .anyMatch(line -> line.contains("over 1 pair of complementary class splits"))
        .anyMatch(line -> line.contains("(2 seeds, averaged within each trial first)"))
        .contains("small");
    var json = JsonParser.parseString(String.join("\n", TableFormat.JSON.lines(table, 1)));
    var cells =
        json.getAsJsonObject()
            .getAsJsonArray("methods")
            .get(2)
            .getAsJsonObject()
            .getAsJsonObject("aurocByUnknownClass");
    assertThat(cells.getAsJsonObject("againstBaseline").get("pSignFlip").getAsDouble())
        .isEqualTo(1);
    assertThat(cells.getAsJsonObject("byTrial").getAsJsonObject("2").size()).isEqualTo(4);
  }

  @Test
  void resultsOlderThanAurocByClassAreAsValid() {
    var table = table(false);
    assertThat(table.againstBaselineByClass(table.methods().get(2))).isEmpty();
    assertThat(TableFormat.TEXT.lines(table, 1))
        .noneMatch(line -> line.startsWith("AUROC of each unknown class"))
        .noneMatch(line -> line.contains("by class split and unknown class"))
        .anyMatch(line -> line.contains("sign flip"));
  }

  @Test
  void scorersThatDidNotDecideAreNamedInTheTitle() {
    table(true);
    assertThat(new TableHeading(benchmark().report(Optional.of("max_logit"))).title())
        .isEqualTo("small");
    var knn = new TableHeading(benchmark().report(Optional.of("KNN")));
    assertThat(knn.title()).isEqualTo("small, by knn (not the deciding scorer)");
    assertThat(String.join(" ", knn.lead()))
        .contains("knn, the deciding one of no method: picked afterwards");
  }

  @Test
  void oneSeedIsInTheTitle() {
    benchmark().trials().stream()
        .filter(trial -> trial.name().seed() == 3)
        .forEach(trial -> write(trial, true));
    var table = benchmark().report(Optional.empty());
    assertThat(new TableHeading(table).title()).isEqualTo("small, one seed");
    assertThat(TableFormat.MARKDOWN.lines(table, 1).get(0)).isEqualTo("### small, one seed");
  }

  @Test
  void matrixHasAColumnPerScorerAndMarksTheOneThatDecides() {
    table(true);
    var matrix = benchmark().matrix();
    var lines = matrix.lines(TableFormat.MARKDOWN, 1);
    assertThat(lines)
        .contains("| method  | max_logit |  knn |", "| A       |     74.5* | 95.0 |")
        .contains("AUROC by scorer:", "OSCR by scorer:")
        .anyMatch(line -> line.contains("a score that is picked here, by test images, is not"));
    assertThat(matrix.lines(TableFormat.CSV, 1))
        .hasSize(1 + 2 * 2 * 3)
        .contains("A,knn,AUROC,2,0.95,false");
    var json = JsonParser.parseString(String.join("\n", matrix.lines(TableFormat.JSON, 1)));
    assertThat(json.getAsJsonObject().getAsJsonArray("cells")).hasSize(12);
  }

  @Test
  void pageHasChartsOfTheSweepWithTheBaselineOnTheCurve() {
    table(true);
    var page = benchmark().page(Optional.empty(), 1);
    var charts =
        page.parts().stream()
            .filter(Page.Charts.class::isInstance)
            .map(Page.Charts.class::cast)
            .toList();
    assertThat(charts)
        .singleElement()
        .extracting(Page.Charts::heading)
        .isEqualTo("Against threshold t");
    assertThat(charts.get(0).charts())
        .extracting(chart -> chart.yLabel())
        .containsExactly(
            "ACC, per cent", "AUROC, per cent", "OSCR, per cent", "AUROC minus A, points");
    var auroc = charts.get(0).charts().get(1);
    assertThat(auroc.curves())
        .singleElement()
        .satisfies(
            curve ->
                assertThat(curve.points())
                    .extracting(point -> Map.entry(point.label(), point.x()))
                    .containsExactly(
                        Map.entry("t = 0", 0.0), Map.entry("A", 0.1), Map.entry("t = 0.3", 0.3)));
    assertThat(auroc.curves().get(0).points().get(2).mean()).isCloseTo(76.5, within(1e-4));
    assertThat(charts.get(0).charts().get(3).curves().get(0).points().get(1).mean()).isZero();
    assertThat(page.parts())
        .extracting(Page.Part::heading)
        .contains("Means over the trials", "AUROC by scorer:", "AUROC by trial:");
  }
}
