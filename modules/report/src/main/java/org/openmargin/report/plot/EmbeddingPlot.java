package org.openmargin.report.plot;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.openmargin.files.FileErrors;

/**
 * The t-SNE map of a run's test embeddings, from {@code map/embeddings.csv}. Both axes have one
 * scale; they have no unit.
 *
 * @param classes in the order of the legend: known ones, then unknown ones
 */
public record EmbeddingPlot(List<MapClass> classes, List<Point> points) {
  private static final double SIDE = 640;
  private static final double EDGE = 16;

  /** Colours of the style sheet. */
  private static final int COLOURS = 6;

  /**
   * @param number in the legend, from 0
   */
  public record MapClass(String name, boolean unknown, int number) {
    public String style() {
      return "m" + number % COLOURS + (unknown ? " open" : "");
    }
  }

  /**
   * @param prototype whether it is the prototype of its class, not an image
   */
  public record Point(MapClass of, boolean prototype, double left, double top, String words) {}

  /**
   * Reads {@code embeddings.csv}.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is damaged
   */
  public static EmbeddingPlot read(Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        var rows = CsvReader.builder().allowUnclosedQuote(false).ofNamedCsvRecord(reader)) {
      return of(rows.stream().toList());
    } catch (UncheckedIOException | CsvParseException e) {
      throw new IllegalArgumentException(FileErrors.innermost(e), e);
    } catch (NoSuchElementException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The map as a file. */
  public String svg() {
    return Markup.of(output -> JtemapGenerated.render(output, null, this, true));
  }

  /** A row per point, places in px from the upper left corner. */
  public String csv() {
    var text = new StringWriter();
    try (var rows = CsvWriter.builder().build(text)) {
      rows.writeRecord("class", "unknown", "prototype", "x", "y", "image");
      for (var p : points) {
        rows.writeRecord(
            p.of().name(),
            Boolean.toString(p.of().unknown()),
            Boolean.toString(p.prototype()),
            Numbers.pixel(p.left()),
            Numbers.pixel(p.top()),
            p.words());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return text.toString();
  }

  private static EmbeddingPlot of(List<NamedCsvRecord> rows) {
    var images = rows.stream().filter(row -> !isPrototype(row)).toList();
    var names = images.stream().map(EmbeddingPlot::name).distinct().sorted().toList();
    var unknown =
        images.stream()
            .filter(row -> row.getField("group").equals("unknown"))
            .map(EmbeddingPlot::name)
            .distinct()
            .toList();
    var ordered =
        names.stream().sorted((a, b) -> Boolean.compare(unknown.contains(a), unknown.contains(b)));
    var inOrder = ordered.toList();
    var classes =
        inOrder.stream()
            .map(name -> new MapClass(name, unknown.contains(name), inOrder.indexOf(name)))
            .toList();
    var x = axis(rows, row -> number(row, "tsne_x"), EDGE, SIDE - EDGE);
    var y = axis(rows, row -> number(row, "tsne_y"), SIDE - EDGE, EDGE);
    var points = rows.stream().map(row -> point(row, classes, x, y)).flatMap(Optional::stream);
    return new EmbeddingPlot(classes, points.toList());
  }

  private static Optional<Point> point(NamedCsvRecord row, List<MapClass> classes, Axis x, Axis y) {
    return classes.stream()
        .filter(c -> c.name().equals(name(row)))
        .findFirst()
        .map(
            of ->
                new Point(
                    of,
                    isPrototype(row),
                    x.pixel(number(row, "tsne_x")),
                    y.pixel(number(row, "tsne_y")),
                    words(row)));
  }

  private static String words(NamedCsvRecord row) {
    return isPrototype(row)
        ? "prototype of " + name(row)
        : "%s: %s (%s); predicted %s, unknown score %s"
            .formatted(
                row.getField("id"),
                name(row),
                row.getField("group"),
                row.getField("prediction"),
                Numbers.score(number(row, "unknown_score")));
  }

  private static Axis axis(
      List<NamedCsvRecord> rows, ToDoubleFunction<NamedCsvRecord> value, double from, double to) {
    var values = rows.stream().mapToDouble(value).summaryStatistics();
    var range =
        new Axis.Range(values.getMin(), Math.max(values.getMax(), values.getMin() + 1e-9), false);
    return new Axis("", range, from, to);
  }

  private static boolean isPrototype(NamedCsvRecord row) {
    return row.getField("group").equals("prototype");
  }

  private static String name(NamedCsvRecord row) {
    return row.getField("class");
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }
}
