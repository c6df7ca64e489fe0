package org.openmargin.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openmargin.config.plan.CurvePosition;

class BenchmarkTableTest {
  private static final MeasuredMethod BASE =
      new MeasuredMethod(
          "Base|line",
          List.of(),
          Map.of(),
          Map.of(
              "1", Map.of(7L, figures(0.90, 0.70, 0.60)),
              "2", Map.of(7L, figures(0.92, 0.80, 0.70))));

  /** Trial 1 with two seeds, trial 3 not measured by the baseline. */
  private static final MeasuredMethod OURS =
      new MeasuredMethod(
          "ours, \"new\"",
          List.of(new CurvePosition("threshold", "", 0.1)),
          Map.of(BenchmarkMetric.AUROC, 0.75),
          Map.of(
              "1", Map.of(7L, figures(0.90, 0.80, 0.70), 8L, figures(0.94, 0.90, 0.80)),
              "2", Map.of(7L, figures(0.94, 0.95, 0.90)),
              "3", Map.of(7L, figures(0.91, 0.60, 0.50))));

  private static final MeasuredMethod NONE =
      new MeasuredMethod("none yet", List.of(), Map.of(), Map.of());

  private static final BenchmarkTable TABLE =
      new BenchmarkTable(
          new BenchmarkTable.Texts(
              "plan", "What it shows.", Optional.empty(), "trials", "Base|line"),
          design("1", "2", "3"),
          List.of(BASE, OURS, NONE),
          new BenchmarkTable.Remarks(List.of("take care"), List.of("machine: mine")));

  private static SplitDesign design(String... names) {
    return new SplitDesign(
        Stream.of(names).map(n -> new SplitDesign.Split(n, Set.of(), Set.of())).toList());
  }

  private static SeedFigures figures(double acc, double auroc, double oscr) {
    return new SeedFigures(
        "max_logit",
        true,
        Map.of(BenchmarkMetric.ACC, acc, BenchmarkMetric.AUROC, auroc, BenchmarkMetric.OSCR, oscr),
        Map.of());
  }

  @Test
  void seedsAreAveragedBeforeTrials() {
    var summary = OURS.summary(BenchmarkMetric.AUROC);
    // 0.85, 0.95, 0.60
    assertThat(summary.mean()).isCloseTo(0.8, within(1e-12));
    assertThat(summary.deviation())
        .isCloseTo(Math.sqrt((0.0025 + 0.0225 + 0.04) / 2), within(1e-12));
    assertThat(OURS.aboveThePublished(BenchmarkMetric.AUROC).getAsDouble())
        .isCloseTo(0.05, within(1e-12));
  }

  @Test
  void onlyTrialsAndSeedsOfBothArePaired() {
    var test = TABLE.againstBaseline(OURS, BenchmarkMetric.AUROC).orElseThrow();
    assertThat(test.difference().count()).isEqualTo(2);
    // 0.80 - 0.70 of seed 7 of trial 1, 0.95 - 0.80 of trial 2.
    assertThat(test.difference().mean()).isCloseTo(0.125, within(1e-12));
    assertThat(TABLE.againstBaseline(BASE, BenchmarkMetric.AUROC)).isEmpty();
    assertThat(TABLE.againstBaseline(NONE, BenchmarkMetric.AUROC)).isEmpty();
  }

  @Test
  void textShowsPerCentsAndEverythingAReaderMustKnow() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      var text = String.join("\n", new BenchmarkText(TABLE, 1).text());
      assertThat(text)
          .contains("80.0 ± 18.0", "threshold", "+12.5", "+5.0", "take care", "machine: mine")
          .contains(
              "none yet",
              "What it shows.",
              "mean over the trials (1 to 2 seeds, averaged within each trial first) ±",
              "the deciding one of each method (max_logit)");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void markdownTablesHaveAsManyCellsInEveryRow() {
    var lines = new BenchmarkText(TABLE, 2).markdown();
    assertThat(lines.get(0)).isEqualTo("### plan");
    var cells =
        lines.stream()
            .filter(line -> line.startsWith("|"))
            .map(line -> line.replace("\\|", "").chars().filter(c -> c == '|').count())
            .distinct()
            .toList();
    // means, published, tests, and three tables by trial
    assertThat(cells).containsExactlyInAnyOrder(9L, 8L, 5L);
    assertThat(lines).anyMatch(line -> line.contains("80.00 ± 18.03"));
  }

  @Test
  void barsInNamesOfTrialsDoNotBreakTheTable() {
    var named =
        new BenchmarkTable(TABLE.texts(), design("1", "a|b"), List.of(BASE), TABLE.remarks());
    assertThat(new BenchmarkText(named, 1).markdown())
        .filteredOn(line -> line.contains("a\\|b"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.replace("\\|", "")).matches("(\\|[^|]*){3}\\|"));
  }

  @Test
  void figuresThatAreRoundedToZeroHaveNoSign() {
    var cells = new CellFormat(1);
    assertThat(List.of(cells.percent(-0.0004), cells.signed(-0.0004), cells.signed(0.0004)))
        .containsOnly("0.0");
    assertThat(cells.interval(-0.0004, 0.002)).isEqualTo("[0.0, 0.2]");
    assertThat(cells.signed(-0.0006)).isEqualTo("-0.1");
    assertThat(cells.signed(0.01)).isEqualTo("+1.0");
    assertThat(cells.interval(Double.NaN, 1)).isEqualTo("-");
  }

  @Test
  void intervalsOverSplitsThatShareClassesAreNotCalledConfidenceIntervals() {
    var splits =
        Stream.of("1", "2", "3")
            .map(n -> new SplitDesign.Split(n, Set.of("a", "b", n), Set.of("c", "d", "e", "f")))
            .toList();
    var table =
        new BenchmarkTable(
            TABLE.texts(), new SplitDesign(splits), TABLE.methods(), TABLE.remarks());
    var text = String.join("\n", new BenchmarkText(table, 1).text());
    assertThat(text)
        .contains("the 3 trials share classes, about two independent designs, not a confidence")
        .contains("mean ± t s/√n")
        .doesNotContain("95 %");
  }

  @Test
  void testsThatThereAreNotHaveNoTable() {
    var alone =
        new BenchmarkTable(TABLE.texts(), design("1"), List.of(BASE, NONE), TABLE.remarks());
    assertThat(new BenchmarkText(alone, 1).text()).noneMatch(line -> line.startsWith("Against"));
    assertThat(new BenchmarkText(TABLE, 1).text()).anyMatch(line -> line.startsWith("Against"));
  }

  @Test
  void csvHasARowPerMethodAndMetricInFullPrecision() {
    var lines = new BenchmarkCsv(TABLE).lines();
    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).startsWith("method,x,metric,trials,mean").endsWith("trial 3");
    assertThat(lines.get(2)).startsWith("Base|line,,AUROC,2,0.75,").endsWith(",0.7,0.8,");
    assertThat(lines.get(5)).startsWith("\"ours, \"\"new\"\"\",0.1,AUROC,3,");
    assertThat(lines.get(9)).isEqualTo("none yet,,OSCR,0" + ",".repeat(20));
    var test = TABLE.againstBaseline(OURS, BenchmarkMetric.AUROC).orElseThrow().difference();
    assertThat(lines.get(5))
        .contains(",2,%s,%s,%s,".formatted(test.mean(), test.low(), test.high()));
  }

  @Test
  void jsonHoldsTheSame() {
    var json = JsonParser.parseString(new BenchmarkJson(TABLE).text()).getAsJsonObject();
    var ours = json.getAsJsonArray("methods").get(1).getAsJsonObject();
    var auroc = ours.getAsJsonObject("auroc");
    assertThat(ours.get("name").getAsString()).isEqualTo("ours, \"new\"");
    assertThat(auroc.get("mean").getAsDouble()).isCloseTo(0.8, within(1e-12));
    assertThat(auroc.getAsJsonObject("byTrial").get("1").getAsDouble())
        .isCloseTo(0.85, within(1e-12));
    assertThat(auroc.getAsJsonObject("againstBaseline").get("mean").getAsDouble())
        .isCloseTo(0.125, within(1e-12));
    assertThat(json.getAsJsonArray("warnings").get(0).getAsString()).isEqualTo("take care");
  }
}
