package org.openmargin.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.openmargin.cli.console.Console;
import org.openmargin.profiler.Profile;
import org.openmargin.profiler.Profile.DeviceWork;
import org.openmargin.profiler.Profile.GroupTime;
import org.openmargin.profiler.Profile.OperationTime;
import org.openmargin.runtime.Machine;

/** A profile as tables for people. */
final class ProfileTable {
  private static final String FIGURE = "%-28s %s";
  private static final String PACE = "%-28s %9.3f ms/step";
  private static final int WIDEST_NAME = 40;
  private static final String NO_LAYER = "(none)";
  private static final int GAPS = 5;

  private final Console console;
  private final int top;

  ProfileTable(Console console, int top) {
    this.console = console;
    this.top = top;
  }

  void print(Profile profile) {
    pace(profile);
    console.line("");
    profile.devices().forEach(work -> use(profile, work));
    memory(profile);
    placement(profile.placement());
    for (var work : profile.devices()) {
      operations(work);
    }
    if (!profile.devices().isEmpty()) {
      var main = profile.devices().get(0);
      groups(main, "type of operation", main.types());
      groups(main, "layer", main.layers());
      gaps(main);
    }
    profile.remarks().forEach(remark -> console.print("%nnote: %s", remark));
  }

  private void pace(Profile profile) {
    var pace = profile.pace();
    console.print(
        PACE + ", %.1f images/s (batch %d)",
        "untraced",
        pace.untraced().millis(),
        pace.imagesPerSecond(),
        pace.batchSize());
    console.print(PACE, "  wait for input", pace.untraced().inputMillis());
    console.print(PACE, "  TensorFlow", pace.untraced().runMillis());
    console.print(PACE + ", %s untraced", "traced", pace.tracedMillis(), times(pace.slowdown()));
    console.print(PACE, "  first to last operation", profile.window().operationMillis());
    console.print(
        PACE + ", %s",
        "  no operation on the CPU",
        profile.window().hostIdleMillis(),
        share(profile.window().hostIdleMillis(), profile.window().operationMillis()));
    if (pace.untraced().coresBusy() > 0) {
      console.print(FIGURE, "cores busy, untraced", text("%9.2f", pace.untraced().coresBusy()));
    }
  }

  private static String times(double factor) {
    return text("%.2f times as long as", factor);
  }

  private void use(Profile profile, DeviceWork work) {
    console.print(
        PACE + " of operations, %.2f at a time; idle %.3f ms (%s)",
        work.device(),
        work.use().busyMillis(),
        work.use().parallelism(),
        work.use().idleMillis(),
        share(work.use().idleMillis(), profile.window().operationMillis()));
  }

  private void memory(Profile profile) {
    console.print(
        FIGURE,
        "peak memory",
        text("%9.1f MiB, the whole process", Machine.current().peakMemoryMib()));
    for (var use : profile.memory()) {
      var inUse = use.inUseMib() > 0 ? text(", %.1f MiB in use at most", use.inUseMib()) : "";
      console.print(
          FIGURE,
          "  " + use.allocator(),
          text("%9.1f MiB, tensors of one step%s", use.stepPeakMib(), inUse));
    }
  }

  private void placement(Profile.Placement placement) {
    var nodes =
        placement.nodes().stream()
            .map(on -> on.nodes() + " on " + on.device())
            .collect(Collectors.joining(", "));
    console.print(FIGURE, "optimised graph", text("%9d nodes: %s", placement.nodeCount(), nodes));
    if (!placement.copies().isEmpty()) {
      console.print(
          FIGURE, "copies between devices", text("%9d per step", placement.copies().size()));
      placement.copies().stream()
          .limit(top)
          .forEach(c -> console.print("  %s: %s to %s", c.tensor(), c.from(), c.to()));
    }
    if (!placement.misplaced().isEmpty()) {
      console.print(
          "%n%d operations run on the CPU though there is a GPU:", placement.misplaced().size());
      placement.misplaced().stream()
          .limit(top)
          .forEach(m -> console.print("  %9.3f ms  %s (%s)", m.millis(), m.name(), m.type()));
    } else if (placement.nodes().size() > 1) {
      console.line("nothing is left to the CPU but what belongs there");
    }
  }

  private void operations(DeviceWork work) {
    var rows = work.operations().stream().limit(top).toList();
    var name = width(rows.stream().map(OperationTime::name).toList(), "operation");
    var type = width(rows.stream().map(OperationTime::type).toList(), "type");
    var layer = width(rows.stream().map(OperationTime::layer).toList(), "layer");
    var row = "%-" + name + "s  %-" + type + "s  %-8s  %-" + layer + "s  %7s  %9s  %6s";
    console.print(
        "%nby operation on %s, %d of %d", work.device(), rows.size(), work.operations().size());
    console.print(row, "operation", "type", "phase", "layer", "calls", "ms/step", "share");
    for (var o : rows) {
      console.print(
          row,
          cut(o.name()),
          cut(o.type()),
          o.phase().name().toLowerCase(Locale.ROOT),
          layer(o.layer()),
          text("%.1f", o.callsPerStep()),
          text("%.3f", o.millis()),
          text("%.1f %%", 100 * o.share()));
    }
  }

  private static String layer(String path) {
    return path.isEmpty() ? NO_LAYER : cut(path);
  }

  private void groups(DeviceWork work, String what, List<GroupTime> groups) {
    var rows = groups.stream().limit(top).toList();
    var name = width(rows.stream().map(GroupTime::name).toList(), what);
    var row = "%-" + name + "s  %7s  %9s  %9s  %9s  %9s  %6s";
    console.print("%nby %s on %s, %d of %d", what, work.device(), rows.size(), groups.size());
    console.print(row, what, "calls", "forward", "backward", "update", "ms/step", "share");
    for (var group : rows) {
      console.print(
          row,
          layer(group.name()),
          text("%.1f", group.callsPerStep()),
          millis(group, g -> g.byPhase().forwardMillis()),
          millis(group, g -> g.byPhase().backwardMillis()),
          millis(group, g -> g.byPhase().updateMillis()),
          millis(group, GroupTime::millis),
          text("%.1f %%", 100 * group.share()));
    }
  }

  private void gaps(DeviceWork work) {
    if (work.longestGaps().isEmpty()) {
      return;
    }
    console.print("%nlongest gaps in a step on %s", work.device());
    for (var gap : work.longestGaps().stream().limit(GAPS).toList()) {
      console.print(
          "%9.3f ms  step %d, after %s, before %s",
          gap.millis(), gap.step(), ends(gap.after(), "the begin"), ends(gap.before(), "the end"));
    }
  }

  private static String ends(String node, String otherwise) {
    return node.isEmpty() ? otherwise : node;
  }

  private static String millis(GroupTime group, ToDoubleFunction<GroupTime> of) {
    return text("%.3f", of.applyAsDouble(group));
  }

  private static int width(List<String> names, String title) {
    var widest = names.stream().mapToInt(String::length).max().orElse(0);
    return Math.min(WIDEST_NAME, Math.max(widest, Math.max(title.length(), NO_LAYER.length())));
  }

  /** The end of a long name says more than its begin. */
  private static String cut(String name) {
    return name.length() <= WIDEST_NAME
        ? name
        : "..." + name.substring(name.length() - WIDEST_NAME + 3);
  }

  private static String share(double part, double whole) {
    return text("%.1f %%", 100 * part / Math.max(whole, 1e-9));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
