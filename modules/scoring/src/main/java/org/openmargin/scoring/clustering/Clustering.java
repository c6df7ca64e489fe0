package org.openmargin.scoring.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which cluster each of n points belongs to.
 *
 * @param labels [n], from 0, or {@link #NOISE}
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
public record Clustering(int[] labels) {
  /** Of a point that belongs to no cluster. */
  public static final int NOISE = -1;

  public int count() {
    return Arrays.stream(labels).max().orElse(NOISE) + 1;
  }

  public int noise() {
    return (int) Arrays.stream(labels).filter(label -> label == NOISE).count();
  }

  /** The points of each cluster, in order. */
  public List<int[]> members() {
    var members = new ArrayList<int[]>();
    for (var cluster = 0; cluster < count(); cluster++) {
      var wanted = cluster;
      members.add(IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray());
    }
    return members;
  }

  /** The same with the largest cluster first; of equal ones, that of the first point. */
  public Clustering largestFirst() {
    var members = members();
    var order =
        IntStream.range(0, members.size())
            .boxed()
            .sorted((a, b) -> members.get(b).length - members.get(a).length)
            .toList();
    return new Clustering(
        Arrays.stream(labels)
            .map(label -> label == NOISE ? NOISE : order.indexOf(label))
            .toArray());
  }
}
