package org.openmargin.benchmark.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SetSectionTest {

  private static SeedFigures seed(double shiftedAcc, double nearAuroc) {
    var sets = new LinkedHashMap<String, SetRow>();
    sets.put("known", new SetRow(0.9, 0.95, 0.05, Double.NaN));
    sets.put("shifted known", new SetRow(shiftedAcc, Double.NaN, 0.2, 0.55));
    sets.put("near unknown", new SetRow(Double.NaN, Double.NaN, 0.8, nearAuroc));
    return new SeedFigures("knn", true, Map.of(BenchmarkMetric.ACC, 0.9), Map.of(), sets);
  }

  private static BenchmarkTable table(MeasuredMethod... methods) {
    var splits = Stream.of("1", "2").map(n -> new SplitDesign.Split(n, Set.of(), Set.of()));
    return new BenchmarkTable(
        new BenchmarkTable.Texts("plan", "", Optional.empty(), "trials", ""),
        new SplitDesign(splits.toList()),
        List.of(methods),
        new BenchmarkTable.Remarks(List.of(), List.of()));
  }

  private static MeasuredMethod ours() {
    return new MeasuredMethod(
        "ours",
        List.of(),
        Map.of(),
        Map.of(
            "1", Map.of(7L, seed(0.6, 0.9), 8L, seed(0.8, 0.7)), "2", Map.of(7L, seed(0.9, 0.6))));
  }

  @Test
  void seedsThenTrialsAreAveragedAndEachSetHasARow() {
    var section = new SetSection(table(ours())).text(new CellFormat(1));
    assertThat(section.rows().rows())
        .containsExactly(
            List.of("ours", "known", "90.0", "95.0", "5.0", "-"),
            List.of("ours", "shifted known", "80.0", "-", "20.0", "55.0"),
            List.of("ours", "near unknown", "-", "-", "80.0", "70.0"));
    var json = SetSection.json(ours());
    assertThat(json.getAsJsonObject("near unknown").keySet()).containsExactly("rejected", "auroc");
  }

  @Test
  void olderResultsHaveNoSection() {
    var older =
        new MeasuredMethod(
            "older",
            List.of(),
            Map.of(),
            Map.of("1", Map.of(7L, new SeedFigures("knn", true, Map.of(), Map.of()))));
    assertThat(new SetSection(table(older)).text(new CellFormat(1)).isEmpty()).isTrue();
  }
}
