package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A benchmark's table for people, in per cent. */
record BenchmarkText(BenchmarkTable table, int digits) {

  List<String> text() {
    return lines("", TextTable::text);
  }

  List<String> markdown() {
    return lines("### ", TextTable::markdown);
  }

  private List<String> lines(String mark, Function<TextTable, List<String>> form) {
    var heading = new TableHeading(table);
    var lines = new ArrayList<>(List.of(mark + heading.title(), ""));
    lines.addAll(heading.lead());
    for (var section : new TableSections(table, digits).all()) {
      if (!section.heading().isEmpty()) {
        lines.addAll(List.of("", section.heading()));
      }
      lines.add("");
      if (!section.rows().rows().isEmpty()) {
        lines.addAll(form.apply(section.rows()));
      }
      section.items().forEach(item -> lines.add("- " + item));
    }
    return lines;
  }
}
