package org.openmargin.profiler;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.profiler.Timeline.Event;
import org.openmargin.profiler.Timeline.Row;

/**
 * Writes a timeline in the trace event format that chrome://tracing and ui.perfetto.dev read: one
 * process per device, one thread per row, times in microseconds from the first event.
 */
public final class ChromeTrace {
  private final JsonWriter json;

  /**
   * @param writer stays open
   */
  public ChromeTrace(Writer writer) {
    this.json = new JsonWriter(writer);
  }

  public void write(Timeline timeline) throws IOException {
    var first =
        timeline.rows().stream()
            .flatMap(row -> row.events().stream())
            .mapToLong(Event::begin)
            .min()
            .orElse(0);
    var devices = timeline.rows().stream().map(Row::device).distinct().toList();
    json.beginObject().name("displayTimeUnit").value("ms").name("traceEvents").beginArray();
    for (var device : devices) {
      named("process", devices.indexOf(device), 0, device);
    }
    var rowsOfDevice = new ArrayList<Integer>(devices.stream().map(device -> 0).toList());
    for (var row : timeline.rows()) {
      var pid = devices.indexOf(row.device());
      var tid = rowsOfDevice.set(pid, rowsOfDevice.get(pid) + 1);
      named("thread", pid, tid, row.name());
      for (var event : row.events()) {
        event(event, List.of(pid, tid), first);
      }
    }
    json.endArray().endObject();
    json.flush();
  }

  /** Names a process or a thread, and keeps it in this order. */
  private void named(String what, int pid, int tid, String name) throws IOException {
    metadata(what + "_name", pid, tid).name("name").value(name).endObject().endObject();
    var order = what.equals("process") ? pid : tid;
    metadata(what + "_sort_index", pid, tid)
        .name("sort_index")
        .value(order)
        .endObject()
        .endObject();
  }

  private JsonWriter metadata(String name, int pid, int tid) throws IOException {
    json.beginObject().name("ph").value("M").name("name").value(name);
    json.name("pid").value(pid).name("tid").value(tid);
    return json.name("args").beginObject();
  }

  private void event(Event event, List<Integer> place, long first) throws IOException {
    var detail = event.what();
    json.beginObject().name("ph").value("X").name("name").value(event.name());
    var ofLoop = detail.type().isEmpty();
    json.name("cat").value(ofLoop ? "loop" : detail.phase().name().toLowerCase(Locale.ROOT));
    json.name("ts").jsonValue(micros(event.begin() - first));
    json.name("dur").jsonValue(micros(event.end() - event.begin()));
    json.name("pid").value(place.get(0)).name("tid").value(place.get(1));
    json.name("args").beginObject().name("step").value(detail.step());
    if (!ofLoop) {
      json.name("type").value(detail.type()).name("layer").value(detail.layer());
    }
    json.endObject().endObject();
  }

  private static String micros(long nanos) {
    return "%d.%03d".formatted(nanos / 1000, nanos % 1000);
  }
}
