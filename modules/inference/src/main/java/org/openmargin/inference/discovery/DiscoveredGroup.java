package org.openmargin.inference.discovery;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.scoring.numeric.Vectors;

/**
 * Images that may be of one new class.
 *
 * @param name until somebody finds a better one
 * @param members the image most similar to all others (the medoid) first, then the most similar to
 *     it
 * @param cohesion mean cosine between two images of the group
 */
public record DiscoveredGroup(String name, List<Member> members, double cohesion) {

  public DiscoveredGroup {
    members = List.copyOf(members);
  }

  /**
   * @param similarity cosine to the medoid
   */
  public record Member(Path file, double similarity) {}

  public Path medoid() {
    return members.get(0).file();
  }

  /**
   * @param rows of the group, at least one
   */
  static DiscoveredGroup of(String name, List<Path> files, float[][] embeddings, int[] rows) {
    var units = new double[rows.length][];
    var sum = new double[embeddings[0].length];
    for (var i = 0; i < rows.length; i++) {
      units[i] = Vectors.unit(Vectors.doubles(embeddings[rows[i]]));
      for (var j = 0; j < sum.length; j++) {
        sum[j] += units[i][j];
      }
    }
    var medoid =
        IntStream.range(0, rows.length)
            .boxed()
            .max(Comparator.comparingDouble(i -> Vectors.dot(units[i], sum)))
            .orElseThrow();
    var members =
        IntStream.range(0, rows.length)
            .mapToObj(i -> new Member(files.get(rows[i]), Vectors.dot(units[medoid], units[i])))
            .sorted(
                Comparator.comparing(
                        (Member member) -> !member.file().equals(files.get(rows[medoid])))
                    .thenComparing(Comparator.comparingDouble(Member::similarity).reversed()))
            .toList();
    double n = rows.length;
    var own =
        IntStream.range(0, rows.length).mapToDouble(i -> Vectors.dot(units[i], units[i])).sum();
    var cohesion = n < 2 ? 1 : (Vectors.dot(sum, sum) - own) / (n * (n - 1));
    return new DiscoveredGroup(name, members, cohesion);
  }
}
