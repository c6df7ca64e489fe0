package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
   * @param images those without contrast have no near image
   */
  List<Pair> pairs(List<ImageFacts> images) {
    var kept =
        IntStream.range(0, images.size())
            .filter(i -> images.get(i).thumbnail().isPresent())
            .toArray();
    var seen = IntStream.of(kept).mapToObj(images::get).toList();
    var whole = seen.stream().map(facts -> facts.thumbnail().orElseThrow()).toList();
    var index = new HashIndex(whole.stream().parallel().mapToLong(Thumbnail::hash).toArray());
    var found = new TreeMap<Long, Pair>();
    IntStream.range(0, kept.length)
        .parallel()
        .mapToObj(i -> of(whole, seen.get(i).cropped(), i, index))
        .toList()
        .forEach(pairs -> pairs.forEach(pair -> found.putIfAbsent(key(pair), pair)));
    return found.values().stream()
        .map(pair -> new Pair(kept[pair.first()], kept[pair.second()], pair.correlation()))
        .toList();
  }

  /** In the order of the second, then of the first. */
  private static long key(Pair pair) {
    return ((long) pair.second() << Integer.SIZE) | pair.first();
  }

  /** Pairs of an image with earlier ones and, of its crops, with all others. */
  private List<Pair> of(List<Thumbnail> all, List<Thumbnail> crops, int row, HashIndex index) {
    var pairs = new ArrayList<Pair>();
    for (var symmetry = 0; symmetry < (turned ? SYMMETRIES : 1); symmetry++) {
      add(all.get(row).turned(symmetry), row, all.subList(0, row), index, pairs);
    }
    for (var crop : crops) {
      add(crop, row, all, index, pairs);
    }
    return pairs;
  }

  private void add(
      Thumbnail image, int row, List<Thumbnail> others, HashIndex index, List<Pair> pairs) {
    index.near(
        image.hash(),
        others.size(),
        other -> {
          var pair = new Pair(Math.min(row, other), Math.max(row, other), 0);
          if (other != row && pairs.size() < MOST_OF_ONE) {
            var correlation = image.correlation(others.get(other));
            if (correlation >= limit
                && image.detail(others.get(other)) >= LEAST_DETAIL
                && pairs.stream().noneMatch(p -> key(p) == key(pair))) {
              pairs.add(new Pair(pair.first(), pair.second(), correlation));
            }
          }
        });
  }
}
