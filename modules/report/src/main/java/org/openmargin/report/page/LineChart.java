package org.openmargin.report.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.openmargin.report.plot.Markup;

/**
 * Means with intervals against a numeric setting.
 *
 * @param name for files: letters, digits and '-'
 * @param curves at least one, with at least one point
 */
public record LineChart(
    String name, String title, String xLabel, String yLabel, List<Curve> curves) {

  public LineChart {
    curves = List.copyOf(curves);
  }

  /**
   * @param name in the legend; may be empty
   * @param points sorted by x
   */
  public record Curve(String name, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * @param label what the point is
   * @param count number of figures behind the mean
   * @param low lower end of the interval; NaN if there is none
   * @param high its upper end
   */
  public record Point(String label, double x, double mean, double low, double high, int count) {}

  ChartLayout layout() {
    return new ChartLayout(this);
  }

  /** The chart as a file of its own. */
  public String svg() {
    return Markup.of(output -> JtechartGenerated.render(output, null, layout(), true));
  }

  /** A row per point, in full precision. */
  public String csv() {
    var lines = new ArrayList<String>();
    lines.add("curve,method,x,figure,mean,interval_low,interval_high,n");
    for (var curve : curves) {
      for (var p : curve.points()) {
        lines.add(
            "%s,%s,%s,%s,%s,%s,%s,%d"
                .formatted(
                    quoted(curve.name()),
                    quoted(p.label()),
                    p.x(),
                    quoted(yLabel),
                    p.mean(),
                    number(p.low()),
                    number(p.high()),
                    p.count()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String quoted(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** Name of the file that the page offers. */
  String file(String extension) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "." + extension;
  }

  /** Needs no escaping: letters, digits, '+', '/' and '='. */
  String svgBase64() {
    return base64(svg());
  }

  String csvBase64() {
    return base64(csv());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
