package org.openmargin.profiler;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.openmargin.profiler.Timeline.Event;
import org.openmargin.profiler.Timeline.Row;

/**
 * Writes a timeline in the trace event format that chrome://tracing and ui.perfetto.dev read: one
 * process per device, one thread per row, times in microseconds from the first event.
 */
public final class ChromeTrace {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final JsonWriter json;

  /** An event of the format; {@code ph} X is a time, with begin and length. */
  private record Complete(
      String ph,
      String name,
      String cat,
      BigDecimal ts,
      BigDecimal dur,
      int pid,
      int tid,
      Map<String, Object> args) {}

  /** An event of the format; {@code ph} M is what a process or thread is called. */
  private record Metadata(String ph, String name, int pid, int tid, Map<String, Object> args) {}

  /**
   * @param writer not closed
   */
  public ChromeTrace(Writer writer) {
    this.json = new JsonWriter(writer);
  }

  public void write(Timeline timeline) throws IOException {
    var events = timeline.rows().stream().flatMap(row -> row.events().stream());
    var first = events.mapToLong(Event::begin).min().orElse(0);
    var devices = timeline.rows().stream().map(Row::device).distinct().toList();
    json.beginObject().name("displayTimeUnit").value("ms").name("traceEvents").beginArray();
    for (var device : devices) {
      name("process", devices.indexOf(device), 0, device);
    }
    var rows = new HashMap<Integer, Integer>();
    for (var row : timeline.rows()) {
      var pid = devices.indexOf(row.device());
      var tid = rows.merge(pid, 1, Integer::sum) - 1;
      name("thread", pid, tid, row.name());
      for (var e : row.events()) {
        var begin = micros(e.begin() - first);
        var length = micros(e.end() - e.begin());
        write(new Complete("X", e.name(), e.category(), begin, length, pid, tid, e.details()));
      }
    }
    json.endArray().endObject();
    json.flush();
  }

  /** Names a process or a thread, and keeps it in this order. */
  private void name(String what, int pid, int tid, String name) {
    var order = what.equals("process") ? pid : tid;
    write(new Metadata("M", what + "_name", pid, tid, Map.of("name", name)));
    write(new Metadata("M", what + "_sort_index", pid, tid, Map.of("sort_index", order)));
  }

  private void write(Object event) {
    GSON.toJson(event, event.getClass(), json);
  }

  private static BigDecimal micros(long nanos) {
    return BigDecimal.valueOf(nanos, 3);
  }
}
