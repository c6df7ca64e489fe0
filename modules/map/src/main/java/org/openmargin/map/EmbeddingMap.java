package org.openmargin.map;

import java.util.Arrays;
import java.util.List;

/**
 * Two maps of the embeddings of known and unknown images, and the true distances, which no map
 * shows.
 *
 * @param space of the maps and distances
 * @param items images, class by class, then prototypes
 * @param pca the two principal components of the images; prototypes are projected onto them
 * @param tsne images and prototypes together
 * @param distances of the images, one per metric
 */
public record EmbeddingMap(
    Space space,
    List<MapItem> items,
    PcaMap pca,
    TsneMap tsne,
    List<EmbeddingDistances> distances) {

  public EmbeddingMap {
    items = List.copyOf(items);
    distances = List.copyOf(distances);
  }

  public record Place(double x, double y) {}

  /**
   * @param places one per item
   * @param explained share of the variance along the first and the second component
   */
  public record PcaMap(List<Place> places, List<Double> explained) {}

  /** One place per item, the settings used, and the map's KL divergence in nats. */
  public record TsneMap(List<Place> places, Tsne settings, double klDivergence) {}

  /**
   * Makes the maps and measures the distances.
   *
   * @param items at least two known classes; the order is kept
   * @throws IllegalArgumentException if there are too few classes, or too few points for the
   *     perplexity
   */
  public static EmbeddingMap of(List<MapItem> items, Space space, Tsne tsne) {
    var known = classes(items, MapItem.Role.KNOWN, space);
    var unknown = classes(items, MapItem.Role.UNKNOWN, space);
    var rows = items.stream().map(i -> space.of(i.embedding())).toArray(double[][]::new);
    return new EmbeddingMap(
        space,
        items,
        pca(items, space, rows),
        tsne(tsne, rows),
        List.of(
            EmbeddingDistances.of(Metric.COSINE, known, unknown),
            EmbeddingDistances.of(Metric.EUCLIDEAN, known, unknown)));
  }

  private static List<EmbeddedClass> classes(List<MapItem> items, MapItem.Role role, Space space) {
    var chosen = items.stream().filter(i -> i.role() == role).toList();
    return chosen.stream()
        .map(MapItem::className)
        .distinct()
        .map(
            name ->
                EmbeddedClass.of(
                    name,
                    chosen.stream()
                        .filter(i -> i.className().equals(name))
                        .map(MapItem::embedding)
                        .toArray(float[][]::new),
                    space))
        .toList();
  }

  private static PcaMap pca(List<MapItem> items, Space space, double[][] rows) {
    var images =
        items.stream()
            .filter(MapItem::isImage)
            .map(i -> space.of(i.embedding()))
            .toArray(double[][]::new);
    var pca = Pca.fit(images, 2);
    return new PcaMap(
        places(Arrays.stream(rows).map(pca::project).toArray(double[][]::new)),
        List.of(pca.explained(0), pca.explained(1)));
  }

  private static TsneMap tsne(Tsne tsne, double[][] rows) {
    var result = tsne.map(rows);
    return new TsneMap(places(result.positions()), tsne, result.klDivergence());
  }

  private static List<Place> places(double[][] coordinates) {
    return Arrays.stream(coordinates).map(p -> new Place(p[0], p[1])).toList();
  }
}
