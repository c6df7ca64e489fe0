package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.profiler.GraphLayers.Place;
import org.openmargin.profiler.Profile.Phase;

/**
 * What happened when in traced steps, in rows. In one row nothing overlaps: what TensorFlow does
 * side by side without naming its threads is spread over as many rows as it takes.
 *
 * @param rows the loop's first, then those of each device
 */
public record Timeline(List<Row> rows) {
  private static final String LOOP = "training loop";

  /**
   * @param device whose row it is, or the training loop
   * @param name of the row
   * @param events in order of time
   */
  public record Row(String device, String name, List<Event> events) {}

  /**
   * Times are nanoseconds since 1970.
   *
   * @param name of a node, or what the loop did
   * @param what it was
   * @param begin when it began
   * @param end when it ended
   */
  public record Event(String name, Detail what, long begin, long end) {}

  /**
   * @param step number of the step
   * @param type of the operation
   * @param layer dotted path; empty if nothing tells it
   * @param phase of the step
   */
  public record Detail(long step, String type, String layer, Phase phase) {}

  static Timeline of(ProfiledSteps traced) {
    var places = GraphLayers.of(traced.graphs());
    var rows = new LinkedHashMap<List<String>, List<Event>>();
    List.of("steps", "calls").forEach(row -> rows.put(List.of(LOOP, row), new ArrayList<>()));
    for (var step : traced.steps()) {
      rows.get(List.of(LOOP, "steps"))
          .add(loop(step, "step " + step.number(), step.inputBegin(), step.runEnd()));
      var calls = rows.get(List.of(LOOP, "calls"));
      calls.add(loop(step, "input", step.inputBegin(), step.runBegin()));
      calls.add(loop(step, "session.run, traced", step.runBegin(), step.runEnd()));
      var spans = new ArrayList<>(step.spans(places));
      spans.sort(Comparator.comparingLong(Span::begin));
      for (var span : spans) {
        if (span.source().shown()) {
          free(rows, span).add(event(step.number(), span, places));
        }
      }
    }
    return new Timeline(
        rows.entrySet().stream()
            .map(e -> new Row(e.getKey().get(0), e.getKey().get(1), List.copyOf(e.getValue())))
            .toList());
  }

  private static Event loop(ProfiledSteps.Step step, String name, long begin, long end) {
    return new Event(name, new Detail(step.number(), "", "", Phase.UNKNOWN), begin, end);
  }

  private static Event event(long step, Span span, Map<String, Place> places) {
    var place = places.getOrDefault(span.node(), new Place("", Phase.UNKNOWN, span.type()));
    var detail = new Detail(step, span.type(), place.layer(), place.phase());
    return new Event(span.node(), detail, span.begin(), span.end());
  }

  /** The first row of the span's thread that has nothing to do when it begins. */
  private static List<Event> free(Map<List<String>, List<Event>> rows, Span span) {
    for (var number = 1; ; number++) {
      var key = List.of(span.source().device(), rowName(span, number));
      var events = rows.computeIfAbsent(key, k -> new ArrayList<>());
      if (events.isEmpty() || events.get(events.size() - 1).end() <= span.begin()) {
        return events;
      }
    }
  }

  private static String rowName(Span span, int number) {
    var row = span.source().row();
    if (row.isEmpty()) {
      return span.thread() == 0
          ? "operations " + number
          : "thread " + span.thread() + suffix(number);
    }
    return row + suffix(number);
  }

  private static String suffix(int number) {
    return number == 1 ? "" : " (" + number + ")";
  }
}
