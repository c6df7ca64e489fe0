package org.openmargin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
  private record Row(String name, String kind, double value) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("backbone.stage0.block1.conv2.kernel.of.a.long.name", "convolution", 1.5),
          new Row("short", "b", 12));
  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("name", true, Row::name),
          new Column<>("kind", true, Row::kind),
          Column.figure("value", "%.2f", Row::value));

  @Test
  void columnsAreAligned() {
    var lines = Column.lines(COLUMNS, ROWS);
    assertThat(lines).hasSize(3).allMatch(line -> line.length() == lines.get(0).length());
    assertThat(lines.get(2)).startsWith("short  ").endsWith("b            12.00");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 50, 60})
  void longNamesAreShortenedUntilALineFits(int widest) {
    var lines = Column.lines(COLUMNS, ROWS, widest);
    assertThat(lines).allMatch(line -> line.length() == widest);
    assertThat(lines.get(1)).startsWith("...").contains("long.name").endsWith(" 1.50");
  }

  @Test
  void figuresAndShortNamesStayWhole() {
    assertThat(Column.lines(COLUMNS, ROWS, 10).get(2)).contains("short", "12.00");
  }
}
