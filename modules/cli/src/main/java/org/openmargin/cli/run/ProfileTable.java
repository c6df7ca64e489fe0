package org.openmargin.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openmargin.cli.console.Column;
import org.openmargin.cli.console.Console;
import org.openmargin.profiler.Profile;
import org.openmargin.profiler.Profile.DeviceWork;
import org.openmargin.profiler.Profile.GroupTime;
import org.openmargin.profiler.Profile.OperationTime;
import org.openmargin.runtime.Machine;

/**
 * A profile as tables for people.
 *
 * @param top rows per table at most
 */
record ProfileTable(Console console, int top) {
  private static final String PACE = "%-28s %9.3f ms/step";

  void print(Profile profile) {
    pace(profile);
    console.line("");
    profile.devices().forEach(work -> use(profile, work));
    console.print(
        "%-28s %9.1f MiB", "peak memory of the process", Machine.current().peakMemoryMib());
    placement(profile.placement());
    profile.devices().forEach(this::operations);
    profile.devices().stream()
        .limit(1)
        .forEach(
            work -> {
              groups(work, "type of operation", work.types());
              groups(work, "layer", work.layers());
            });
    profile.remarks().forEach(remark -> console.print("%nnote: %s", remark));
  }

  private void pace(Profile profile) {
    var pace = profile.pace();
    var untraced = pace.untraced();
    var window = profile.window();
    console.print(
        PACE + ", %.1f images/s (batch %d)",
        "untraced",
        untraced.millis(),
        pace.imagesPerSecond(),
        pace.batchSize());
    console.print(PACE, "  wait for input", untraced.inputMillis());
    console.print(PACE, "  TensorFlow", untraced.runMillis());
    console.print(
        PACE + ", %.2f times as long as untraced", "traced", pace.tracedMillis(), pace.slowdown());
    console.print(PACE, "  first to last operation", window.operationMillis());
    console.print(
        PACE + ", %s",
        "  no operation on the CPU",
        window.hostIdleMillis(),
        share(window.hostIdleMillis(), profile));
    if (untraced.coresBusy() > 0) {
      console.print("%-28s %9.2f", "cores busy, untraced", untraced.coresBusy());
    }
  }

  private void use(Profile profile, DeviceWork work) {
    console.print(
        PACE + " of operations, %.2f at a time; idle %.3f ms (%s)",
        work.device(),
        work.use().busyMillis(),
        work.use().parallelism(),
        work.use().idleMillis(),
        share(work.use().idleMillis(), profile));
  }

  private void placement(Profile.Placement placement) {
    var nodes =
        placement.nodes().stream()
            .map(on -> on.nodes() + " on " + on.device())
            .collect(Collectors.joining(", "));
    console.print("%-28s %9d nodes: %s", "optimised graph", placement.nodeCount(), nodes);
    if (!placement.copies().isEmpty()) {
      console.print("%-28s %9d per step", "copies between devices", placement.copies().size());
      placement.copies().stream()
          .limit(top)
          .forEach(c -> console.print("  %s: %s to %s", c.tensor(), c.from(), c.to()));
    }
    if (!placement.misplaced().isEmpty()) {
      console.print("%n%d operations run on the CPU despite a GPU:", placement.misplaced().size());
      placement.misplaced().stream()
          .limit(top)
          .forEach(m -> console.print("  %9.3f ms  %s (%s)", m.millis(), m.name(), m.type()));
    } else if (placement.nodes().size() > 1) {
      console.line("every operation that can run on the GPU does");
    }
  }

  private void operations(DeviceWork work) {
    table(
        "by operation on " + work.device(),
        work.operations(),
        List.of(
            Column.name("operation", OperationTime::name),
            Column.name("type", OperationTime::type),
            Column.name("phase", o -> o.phase().name().toLowerCase(Locale.ROOT)),
            Column.name("layer", OperationTime::layer),
            Column.figure("calls", "%.1f", OperationTime::callsPerStep),
            Column.figure("ms/step", "%.3f", OperationTime::millis),
            Column.figure("share", "%.1f %%", o -> 100 * o.share())));
  }

  private void groups(DeviceWork work, String what, List<GroupTime> groups) {
    table(
        "by " + what + " on " + work.device(),
        groups,
        List.of(
            Column.name(what, GroupTime::name),
            Column.figure("calls", "%.1f", GroupTime::callsPerStep),
            Column.figure("forward", "%.3f", g -> g.byPhase().forwardMillis()),
            Column.figure("backward", "%.3f", g -> g.byPhase().backwardMillis()),
            Column.figure("update", "%.3f", g -> g.byPhase().updateMillis()),
            Column.figure("ms/step", "%.3f", GroupTime::millis),
            Column.figure("share", "%.1f %%", g -> 100 * g.share())));
  }

  private <T> void table(String title, List<T> all, List<Column<T>> columns) {
    var rows = all.stream().limit(top).toList();
    console.print("%n%s, %d of %d", title, rows.size(), all.size());
    Column.lines(columns, rows, console.terminal().widestLine()).forEach(console::line);
  }

  private static String share(double part, Profile profile) {
    return String.format(
        Locale.ROOT, "%.1f %%", 100 * part / Math.max(profile.window().operationMillis(), 1e-9));
  }
}
