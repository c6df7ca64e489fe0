package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pairs of images that show the same, though their pixels differ: {@link HashIndex} proposes pairs,
 * the correlation of their {@link Thumbnail}s, as a whole and in detail, decides.
 *
 * @param limit the least correlation
 * @param turned whether turned and mirrored copies count
 */
record NearImages(double limit, boolean turned) {
  /** Copies of one picture are found through each other: all pairs of them would be too many. */
  private static final int MOST_OF_ONE = 16;

  /** Copies of JPEG quality 10 have 0.97, the most alike of different cells 0.88. */
  private static final double LEAST_DETAIL = 0.93;

  private static final int SYMMETRIES = 8;

  /**
   * Two images.
   *
   * @param first row, below {@code second}
   * @param correlation of their thumbnails, at least the limit
   */
  record Pair(int first, int second, double correlation) {}

  /**
   * All pairs; of an image with very many copies, some.
   *
   * @param thumbnails empty ones have no near image
   */
  List<Pair> pairs(List<Optional<Thumbnail>> thumbnails) {
    var rows = IntStream.range(0, thumbnails.size()).filter(i -> thumbnails.get(i).isPresent());
    var kept = rows.toArray();
    var seen = IntStream.of(kept).mapToObj(thumbnails::get).flatMap(Optional::stream).toList();
    var index = new HashIndex(seen.stream().parallel().mapToLong(Thumbnail::hash).toArray());
    return IntStream.range(0, kept.length)
        .parallel()
        .mapToObj(i -> before(seen, i, index))
        .flatMap(List::stream)
        .map(pair -> new Pair(kept[pair.first()], kept[pair.second()], pair.correlation()))
        .toList();
  }

  /** Pairs of an image with earlier ones. */
  private List<Pair> before(List<Thumbnail> all, int row, HashIndex index) {
    var pairs = new ArrayList<Pair>();
    for (var symmetry = 0; symmetry < (turned ? SYMMETRIES : 1); symmetry++) {
      var image = all.get(row).turned(symmetry);
      index.near(
          image.hash(),
          row,
          other -> {
            if (pairs.size() < MOST_OF_ONE) {
              var correlation = image.correlation(all.get(other));
              if (correlation >= limit
                  && image.detail(all.get(other)) >= LEAST_DETAIL
                  && pairs.stream().noneMatch(p -> p.first() == other)) {
                pairs.add(new Pair(other, row, correlation));
              }
            }
          });
    }
    return pairs;
  }
}
