package org.openmargin.experiment.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.map.EmbeddingDistances;
import org.openmargin.map.EmbeddingDistances.Position;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;
import org.openmargin.map.Space;

/** The distances of a map, as lines for a terminal. */
public final class MapText {
  private static final int LONGEST = 30;
  private static final int SHORTEST = 13;

  /** Characters of a row besides the name of the class. */
  private static final int FIGURES = 67;

  private static final List<String> MEANINGS =
      List.of(
          "length    mean length of the embeddings, before any normalization",
          "own mean  mean distance to the mean of their own class: small is compact",
          "nearest   mean distance to the nearest mean of a known class",
          "between   the same, divided by the distance to the second nearest: 1 is between the two",
          "centre    share nearer to the centre of all known classes than to any class mean",
          "inside    share no farther from the nearest class mean than 95 % of that class");

  /** Characters of the names. */
  private final int names;

  private MapText(int names) {
    this.names = names;
  }

  /** For a wide terminal. */
  public static List<String> lines(EmbeddingMap map) {
    return lines(map, FIGURES + LONGEST);
  }

  /**
   * @param columns of the terminal, which the table fits if there are 80 or more
   */
  public static List<String> lines(EmbeddingMap map, int columns) {
    return new MapText(Math.max(SHORTEST, Math.min(LONGEST, columns - FIGURES))).all(map);
  }

  private List<String> all(EmbeddingMap map) {
    var lines = new ArrayList<String>();
    var images = map.items().stream().filter(MapItem::isImage).count();
    lines.add(
        text(
            "%,d test images, %s; t-SNE: KL divergence %.3f; PCA: %.1f %% of the variance",
            images,
            map.space() == Space.NORMALIZED
                ? "embeddings of unit length"
                : "embeddings, not normalized",
            map.tsne().klDivergence(),
            100 * map.pca().explained().stream().mapToDouble(e -> e).sum()));
    for (var distances : map.distances()) {
      lines.add("");
      lines.addAll(table(distances));
    }
    lines.add("");
    lines.addAll(MEANINGS);
    return List.copyOf(lines);
  }

  private List<String> table(EmbeddingDistances distances) {
    var lines = new ArrayList<String>();
    var metric = distances.metric().name().toLowerCase(Locale.ROOT) + " distance";
    lines.add(
        text(
            "%-" + (10 + names) + "s %6s %7s %8s %8s %7s %7s %7s",
            metric,
            "images",
            "length",
            "own mean",
            "nearest",
            "between",
            "centre",
            "inside"));
    for (var c : distances.known()) {
      var own = text("%8.4f", c.toOwnMean());
      lines.add(row("known", c.name(), count(c.images(), c.meanLength()), own, c.position()));
    }
    for (var c : distances.unknown()) {
      lines.add(row("unknown", c.name(), count(c.images(), c.meanLength()), "", c.position()));
    }
    var totals = distances.totals();
    var own = text("%8.4f", totals.toOwnMean());
    lines.add(row("known", "all", "", own, totals.known()));
    totals.unknown().ifPresent(position -> lines.add(row("unknown", "all", "", "", position)));
    lines.addAll(verdict(distances));
    return lines;
  }

  private static String count(int images, double length) {
    return text("%,6d %7.2f", images, length);
  }

  private String row(String group, String name, String count, String own, Position position) {
    var shown = name.length() > names ? name.substring(0, names - 3) + "..." : name;
    return text(
        "  %-7s %-" + names + "s %14s %8s %8.4f %7.3f %5.1f %% %5.1f %%",
        group,
        shown,
        count,
        own,
        position.toNearestMean(),
        position.betweenness(),
        100 * position.nearCentre(),
        100 * position.inside());
  }

  private static List<String> verdict(EmbeddingDistances distances) {
    var means = distances.means();
    var ratios = distances.ratios();
    return List.of(
        text(
            "class means: at least %.4f apart (%s), %.4f on average; silhouette of known images %.3f",
            means.smallest(),
            String.join(", ", means.nearestPair()),
            means.mean(),
            ratios.silhouette()),
        text(
            "compact: the nearest class means are %.2f times as far apart as images are from their own mean",
            ratios.meansToWithin()),
        ratios.auroc().isEmpty()
            ? "apart: not measured: no unknown test images"
            : text(
                "apart: unknown images are %.2f times as far from the nearest mean as known images from their own; AUROC %.3f",
                ratios.unknownToWithin().orElseThrow(), ratios.auroc().getAsDouble()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
