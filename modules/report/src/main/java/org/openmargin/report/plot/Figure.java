package org.openmargin.report.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A plot of a page, with what stands around it.
 *
 * @param name of its files, without extension: lower-case letters and '-'
 * @param note a sentence below the title; may be empty
 */
public record Figure(String name, String title, String note, Plot plot) {
  private static final int MOST_POINTS = 1_000;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  /** A row per point, in full precision; columns series, x and y. */
  public String csv() {
    return csv(Integer.MAX_VALUE, Double::toString);
  }

  /** The same for a page: six digits, and of curves with more points every n-th. */
  public String shortCsv() {
    return csv(MOST_POINTS, value -> new BigDecimal(value).round(SIX_DIGITS).toString());
  }

  /** Whether {@link #shortCsv} leaves points out. */
  public boolean isThinned() {
    return plot.series().stream().anyMatch(series -> series.points().size() > MOST_POINTS);
  }

  /** The plot as a file. */
  public String svg() {
    return Markup.of(output -> JteplotGenerated.render(output, null, plot, true));
  }

  private String csv(int most, DoubleFunction<String> number) {
    var lines = new ArrayList<String>();
    lines.add(row(List.of("series", plot.x().label(), plot.y().label())));
    for (var series : plot.series()) {
      var points = series.points();
      var step = (points.size() - 1) / most + 1;
      for (var i = 0; i < points.size(); i++) {
        if (i % step == 0 || i == points.size() - 1) {
          var p = points.get(i);
          lines.add(row(List.of(series.name(), number.apply(p.fpr()), number.apply(p.rate()))));
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(List<String> fields) {
    return String.join(",", fields.stream().map(Figure::quoted).toList());
  }

  private static String quoted(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
