package org.openmargin.report;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.config.v1.EvaluationReport.ForeignGroup;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.foreign.Drawing;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.report.plot.Numbers;

/** How many foreign images of each group are rejected. */
record ForeignTable(List<ForeignGroup> groups) {
  /** Least share of a group that a trustworthy model rejects. */
  static final double REQUIRED = 0.95;

  private static final ImageShape EXAMPLE = new ImageShape(48, 48, 3);

  /** Sorted, the worst group first. */
  ForeignTable {
    groups =
        groups.stream().sorted(Comparator.comparingDouble(ForeignGroup::getRejectionRate)).toList();
  }

  /** Groups of which too many images are accepted, the worst first. */
  List<ForeignGroup> failures() {
    return groups.stream().filter(ForeignTable::fails).toList();
  }

  static boolean fails(ForeignGroup group) {
    return group.getRejectionRate() < REQUIRED;
  }

  /** What most of the accepted images are taken for; empty if all are rejected. */
  static String takenFor(ForeignGroup group) {
    return group.hasAcceptedAs()
        ? "%s (%s)".formatted(group.getAcceptedAs(), Numbers.count(group.getAcceptedAsImages()))
        : "";
  }

  static String origin(ForeignGroup group) {
    return switch (group.getOrigin()) {
      case GENERATED -> "generated";
      case DERIVED -> "distorted test images";
      case GIVEN -> "given";
    };
  }

  /** Files of which nothing is known, in one sentence. */
  static String unreadable(ForeignGroup group) {
    return "%d unreadable: %s"
        .formatted(group.getUnreadableCount(), DataException.shortList(group.getUnreadableList()));
  }

  /** A drawing of the group's kind as a data URL; empty for images of test sets and users. */
  static Optional<String> example(ForeignGroup group) {
    return Stream.of(Drawing.values())
        .filter(drawing -> group.getOrigin() == ForeignGroup.Origin.GENERATED)
        .filter(drawing -> drawing.title().equals(group.getName()))
        .map(drawing -> ImageFiles.png(drawing.images(EXAMPLE, 1), 0))
        .map(png -> "data:image/png;base64," + Base64.getEncoder().encodeToString(png))
        .findFirst();
  }

  /** For a terminal: whether any group fails, and which; nothing without groups. */
  List<String> lines() {
    if (groups.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    var failures = failures();
    lines.add(
        text(
            failures.isEmpty()
                ? "foreign images: at least %1$.0f %% rejected in each of %3$d groups; worst: %4$s"
                : "foreign images: fewer than %.0f %% rejected in %d of %d groups; worst: %s",
            100 * REQUIRED,
            failures.size(),
            groups.size(),
            worst(groups.get(0))));
    if (failures.size() > 1) {
      var others = failures.stream().skip(1).map(ForeignTable::rate).toList();
      lines.add("  then " + DataException.shortList(others));
    }
    groups.stream()
        .filter(group -> group.getUnreadableCount() > 0)
        .map(group -> "foreign images '%s': %s".formatted(group.getName(), unreadable(group)))
        .forEach(lines::add);
    return lines;
  }

  private static String worst(ForeignGroup group) {
    var rate = text("%s of %,d", rate(group), group.getImages());
    return group.hasAcceptedAs() ? rate + ", others taken for " + group.getAcceptedAs() : rate;
  }

  private static String rate(ForeignGroup group) {
    return text("%s %.1f %%", group.getName(), 100 * group.getRejectionRate());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
