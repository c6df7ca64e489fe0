package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.report.plot.Markup;

class EpochTableTest {
  private static final String LINES =
      """
      {"step":10,"epoch":1,"acc":0.5,"scorer":"own","auroc":{"own":0.7,"knn":0.6},"oscr":{"own":0.4,"knn":0.3}}
      {"step":20,"epoch":2,"acc":0.8,"scorer":"own","auroc":{"own":0.9,"knn":0.8},"oscr":{"own":0.7,"knn":0.6}}
      {"step":30,"epoch":3,"acc":0.9,"scorer":"own","auroc":{"own":0.8,"knn":0.95},"oscr":{"own":0.75,"knn":0.9}}
      """;

  private static final List<TrainingLog.Epoch> VALIDATED =
      List.of(
          new TrainingLog.Epoch(1, 1, 0.99),
          new TrainingLog.Epoch(2, 1, 0.98),
          new TrainingLog.Epoch(3, 1, 0.99));

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("epoch-curve.jsonl"), text);
  }

  @Test
  void rowsAreLastThenBestValidatedThenTheTwoOracles() throws IOException {
    var table = new EpochTable(VALIDATED, RecordedEpoch.read(file(LINES)));
    var rows = table.rows();
    assertThat(rows.stream().map(row -> row.epoch().epoch())).containsExactly(3, 1, 2, 3);
    assertThat(rows.stream().map(EpochTable.Row::oracle)).containsExactly(false, false, true, true);
    assertThat(rows.stream().map(EpochTable.Row::scorer))
        .containsExactly("own", "own", "own", "knn");
    assertThat(rows.stream().map(EpochTable.Row::auroc)).containsExactly(0.8, 0.7, 0.9, 0.95);
    assertThat(rows.get(2).oscr()).isEqualTo(0.7);
    assertThat(table.oracleGain()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void anEpochThatWasNotRecordedIsNotShown() throws IOException {
    var recorded = RecordedEpoch.read(file(LINES)).subList(1, 3);
    var rows = new EpochTable(VALIDATED, recorded).rows();
    assertThat(rows.stream().map(EpochTable.Row::rule))
        .hasSize(3)
        .noneMatch(rule -> rule.contains("validation"));
    assertThat(new EpochTable(List.of(), recorded).rows()).hasSize(3);
  }

  @Test
  void aFileMayBeAbsentOrUnfinishedButNotDamaged() throws IOException {
    assertThat(RecordedEpoch.read(folder.resolve("absent"))).isEmpty();
    assertThat(RecordedEpoch.read(file(LINES + "{\"step\":40"))).hasSize(3);
    var damaged = file(LINES.replaceFirst("\"acc\":0.8,", ""));
    assertThatThrownBy(() -> RecordedEpoch.read(damaged))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("epoch-curve.jsonl:2 is damaged: ")
        .hasMessageContaining("delete the file");
    var text = file(LINES.replaceFirst("\"acc\":0.8,", "\"acc\":\"high\","));
    assertThatThrownBy(() -> RecordedEpoch.read(text))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining(":2 is damaged: a number is wrong: ");
    var other = file(LINES.replaceFirst("\"scorer\":\"own\"", "\"scorer\":\"gen\""));
    assertThatThrownBy(() -> RecordedEpoch.read(other)).isInstanceOf(ReportException.class);
  }

  @Test
  void thePageCallsTheOracleNoResult() throws IOException {
    var table = new EpochTable(VALIDATED, RecordedEpoch.read(file(LINES)));
    assertThat(Markup.of(output -> JteepochsGenerated.render(output, null, table)))
        .contains("they are not results", "add 10.0 points", "class=\"oracle\"");
  }
}
