package org.openmargin.benchmark.table;

import java.util.ArrayList;
import org.openmargin.report.page.Page;

/**
 * A benchmark as a page for a browser: its tables, every method by every scorer, and charts of its
 * sweeps.
 *
 * @param matrix of the same results
 * @param digits decimals of percentages
 */
public record BenchmarkPage(BenchmarkTable table, ScorerMatrix matrix, int digits) {

  public Page page() {
    var heading = new TableHeading(table);
    var parts = new ArrayList<Page.Part>();
    var sections = new TableSections(table, digits).all();
    sections.forEach(section -> parts.add(part(section, "Means over the " + over())));
    parts.addAll(Math.min(1, parts.size()), new SweepCharts(table).parts());
    for (var section : matrix.sections(digits)) {
      parts.add(part(section, ""));
    }
    var lead = new ArrayList<>(heading.lead());
    lead.add("By scorer, at the end of the page: " + matrix.lead());
    return new Page(heading.title(), lead, parts);
  }

  private String over() {
    return table.texts().over();
  }

  private static Page.Part part(TableSection section, String otherwise) {
    var heading = section.heading().isEmpty() ? otherwise : section.heading();
    return section.items().isEmpty()
        ? new Page.Table(heading, section.rows().headings(), section.rows().rows())
        : new Page.Items(heading, section.items());
  }
}
