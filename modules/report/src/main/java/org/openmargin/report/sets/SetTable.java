package org.openmargin.report.sets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ImageSet;
import org.openmargin.config.v1.EvaluationReport.SetFigures;

/** How the deciding scorer answers each set of images, a row for each. */
public record SetTable(EvaluationReport report) {
  /** In what the columns say, for every form of the table. */
  public static final String LEGEND =
      "ACC is the share of images whose class is right, of all and of the accepted ones; AUROC tells a set from the known test images: high is best for unknown sets, 50 for shifted known images";

  /**
   * A set, or a part of one.
   *
   * @param found images there are; more than were evaluated if only some were
   */
  public record Row(String name, boolean isPart, SetFigures figures, int found) {}

  public boolean isEmpty() {
    return report.getSetsCount() == 0;
  }

  /** Such as {@code "shifted known"}. */
  public static String name(ImageSet.Kind kind) {
    return switch (kind) {
      case KNOWN -> "known";
      case SHIFTED_KNOWN -> "shifted known";
      case NEAR_UNKNOWN -> "near unknown";
      case FAR_UNKNOWN -> "far unknown";
    };
  }

  /** Sets and their parts, but of a set with one part only the set. */
  public List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var set : report.getSetsList()) {
      rows.add(new Row(name(set.getKind()), false, set.getFigures(), set.getFigures().getImages()));
      if (set.getPartsCount() > 1) {
        set.getPartsList()
            .forEach(p -> rows.add(new Row(p.getName(), true, p.getFigures(), p.getFound())));
      }
    }
    return rows;
  }

  /**
   * For a terminal, at most 80 characters in the table; unknown classes are left to the scorers.
   */
  public List<String> lines() {
    if (isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(line("sets of images", "images", "ACC", "accepted", "rejected", "AUROC"));
    var near = name(ImageSet.Kind.NEAR_UNKNOWN);
    var isNear = false;
    for (var row : rows()) {
      isNear = row.isPart() ? isNear : row.name().equals(near);
      if (!(row.isPart() && isNear)) {
        lines.add(line(row));
      }
    }
    lines.add(
        text(
            "  at alpha %s; accepted: ACC of the accepted images; AUROC: against known test images",
            report.getDecision().getAlpha()));
    var full = fullSpectrum();
    if (!full.isEmpty()) {
      lines.add("  AUROC against known and shifted known together: " + full);
    }
    unreadable().forEach(lines::add);
    return lines;
  }

  /** Such as {@code "near unknown 0.9123, far unknown 0.9876"}; empty without shifted images. */
  public String fullSpectrum() {
    return report.getSetsList().stream()
        .filter(set -> set.getFigures().hasFullSpectrumAuroc())
        .map(s -> text("%s %.4f", name(s.getKind()), s.getFigures().getFullSpectrumAuroc()))
        .collect(Collectors.joining(", "));
  }

  private List<String> unreadable() {
    return report.getSetsList().stream()
        .flatMap(set -> set.getPartsList().stream())
        .filter(part -> part.getUnreadableCount() > 0)
        .map(
            part ->
                text(
                    "  shifted images '%s': %d unreadable, such as %s",
                    part.getName(), part.getUnreadableCount(), part.getUnreadable(0)))
        .toList();
  }

  private static String line(Row row) {
    var figures = row.figures();
    var interval =
        figures.hasAurocInterval()
            ? text(
                " [%.4f,%.4f]",
                figures.getAurocInterval().getLow(), figures.getAurocInterval().getHigh())
            : "";
    return line(
        (row.isPart() ? "  " : "") + row.name(),
        text("%,d", figures.getImages()),
        figures.hasAcc() ? text("%.4f", figures.getAcc()) : "",
        figures.hasAcceptedAcc() ? text("%.4f", figures.getAcceptedAcc()) : "",
        text("%.1f %%", 100 * figures.getRejectionRate()),
        figures.hasAuroc() ? text("%.4f", figures.getAuroc()) + interval : "");
  }

  private static String line(
      String name, String images, String acc, String accepted, String rejected, String auroc) {
    return text("%-24s %7s %6s %8s %8s %s", name, images, acc, accepted, rejected, auroc)
        .stripTrailing();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
