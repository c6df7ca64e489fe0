package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What happened when in traced steps. Events in one row never overlap: operations that run in
 * parallel are spread over as many rows as needed.
 *
 * @param rows the training loop's first, then each device's
 */
public record Timeline(List<Row> rows) {

  /** A row of a device or of the training loop; events in order of time. */
  public record Row(String device, String name, List<Event> events) {}

  /**
   * Times are nanoseconds since 1970.
   *
   * @param name of a node, or what the loop did
   * @param category phase of the step, or {@code loop}
   */
  public record Event(
      String name, String category, Map<String, Object> details, long begin, long end) {}

  private static final class Rows {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private List<Event> row(String device, String name) {
      return rows.computeIfAbsent(
              device + "/" + name, key -> new Row(device, name, new ArrayList<>()))
          .events();
    }

    void loop(String row, String name, long step, long begin, long end) {
      var event = new Event(name, "loop", Map.of("step", step), begin, end);
      row("training loop", row).add(event);
    }

    void operation(Span span, long step) {
      var details = new LinkedHashMap<String, Object>();
      details.put("step", step);
      details.put("type", span.type());
      details.put("layer", span.place().layer());
      var category = span.place().phase().name().toLowerCase(Locale.ROOT);
      free(span).add(new Event(span.node(), category, details, span.begin(), span.end()));
    }

    /** The device's first row that is free when the span begins. */
    private List<Event> free(Span span) {
      for (var number = 1; ; number++) {
        var events = row(span.source().device(), name(span, number));
        if (events.isEmpty() || events.get(events.size() - 1).end() <= span.begin()) {
          return events;
        }
      }
    }

    private static String name(Span span, int number) {
      var row = span.source().row();
      var first = row.isEmpty() ? "operations" : row;
      return number == 1 ? first : first + " (" + number + ")";
    }
  }

  static Timeline of(ProfiledSteps traced) {
    var places = GraphLayers.of(traced.graphs());
    var rows = new Rows();
    for (var step : traced.steps()) {
      var number = step.number();
      rows.loop("steps", "step " + number, number, step.inputBegin(), step.runEnd());
      rows.loop("calls", "input", number, step.inputBegin(), step.runBegin());
      rows.loop("calls", "session.run, traced", number, step.runBegin(), step.runEnd());
      step.spans(places).stream()
          .sorted(Comparator.comparingLong(Span::begin))
          .forEach(span -> rows.operation(span, number));
    }
    return new Timeline(List.copyOf(rows.rows.values()));
  }
}
