package org.openmargin.scoring.clustering;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many points each class has in each cluster.
 *
 * @param counts [class][cluster]; the last cluster is noise
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record Contingency(int[][] counts) {

  static Contingency of(int[] classes, Clustering clustering) {
    var labels = clustering.labels();
    if (classes.length != labels.length) {
      throw new IllegalArgumentException(
          "%d classes, but %d clustered points".formatted(classes.length, labels.length));
    }
    if (classes.length == 0) {
      throw new IllegalArgumentException("there is no point");
    }
    var names = Arrays.stream(classes).distinct().sorted().toArray();
    var noise = clustering.count();
    var counts = new int[names.length][noise + 1];
    for (var i = 0; i < classes.length; i++) {
      var cluster = labels[i] == Clustering.NOISE ? noise : labels[i];
      counts[Arrays.binarySearch(names, classes[i])][cluster]++;
    }
    return new Contingency(counts);
  }

  int[] classSizes() {
    return Arrays.stream(counts).mapToInt(row -> Arrays.stream(row).sum()).toArray();
  }

  int[] clusterSizes() {
    return IntStream.range(0, counts[0].length)
        .map(cluster -> Arrays.stream(counts).mapToInt(row -> row[cluster]).sum())
        .toArray();
  }

  int points() {
    return Arrays.stream(classSizes()).sum();
  }
}
