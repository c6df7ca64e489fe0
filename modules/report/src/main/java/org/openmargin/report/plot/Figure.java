package org.openmargin.report.plot;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.report.plot.Plot.Series;

/**
 * A plot of a page, with what stands around it.
 *
 * @param name of its files, without extension: lower-case letters and '-'
 * @param note a sentence below the title; may be empty
 */
public record Figure(String name, String title, String note, Plot plot) {

  /** A row per point, in full precision; columns series, x and y. */
  public String csv() {
    var lines = new ArrayList<String>();
    lines.add(row(List.of("series", plot.x().label(), plot.y().label())));
    for (var series : plot.series()) {
      series.points().forEach(p -> lines.add(row(series, p.fpr(), p.rate())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(Series series, double x, double y) {
    return row(List.of(series.name(), Double.toString(x), Double.toString(y)));
  }

  private static String row(List<String> fields) {
    return String.join(",", fields.stream().map(Figure::quoted).toList());
  }

  private static String quoted(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
