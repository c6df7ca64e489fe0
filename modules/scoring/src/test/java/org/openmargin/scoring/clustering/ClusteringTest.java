package org.openmargin.scoring.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The figures are those of scikit-learn 1.9.1 on the same points scaled to length 1: {@code
 * HDBSCAN(min_cluster_size, min_samples)}, {@code AgglomerativeClustering(n_clusters=None,
 * distance_threshold, linkage='average', metric='cosine')} with clusters of fewer than 3 points as
 * noise, {@code adjusted_mutual_info_score}, {@code adjusted_rand_score}, and SciPy's {@code
 * linear_sum_assignment} without noise. Points whose cluster depends on their order in
 * scikit-learn, because two distances are equal, are not among them.
 */
class ClusteringTest {

  private static final int SIZE = 5;

  /** A linear congruential generator, which is the same in every language. */
  private static final class Generator {
    private long state;

    private Generator(long seed) {
      state = seed;
    }

    private double next() {
      state = state * 6364136223846793005L + 1442695040888963407L;
      return (state >>> 11) / (double) (1L << 53);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Points(float[][] rows, int[] classes) {

    /** Groups of growing size around random centres, then noise. */
    static Points of(long seed, int groups, int per, double spread, int noise) {
      var random = new Generator(seed);
      var centres = new double[groups][SIZE];
      for (var centre : centres) {
        for (var j = 0; j < SIZE; j++) {
          centre[j] = random.next() * 2 - 1;
        }
      }
      var rows = new ArrayList<float[]>();
      var classes = new ArrayList<Integer>();
      for (var group = 0; group < groups; group++) {
        for (var i = 0; i < per + 3 * group; i++) {
          var row = new float[SIZE];
          for (var j = 0; j < SIZE; j++) {
            var deviation = random.next() + random.next() + random.next() - 1.5;
            row[j] = (float) (centres[group][j] + spread * deviation);
          }
          rows.add(row);
          classes.add(group);
        }
      }
      for (var i = 0; i < noise; i++) {
        var row = new float[SIZE];
        for (var j = 0; j < SIZE; j++) {
          row[j] = (float) (random.next() * 2 - 1);
        }
        rows.add(row);
        classes.add(groups);
      }
      return new Points(
          rows.toArray(float[][]::new), classes.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  /** Letters in order of appearance, a dot for noise. */
  private static String letters(int[] labels) {
    var names = new HashMap<Integer, Character>();
    var text = new StringBuilder();
    for (var label : labels) {
      text.append(label < 0 ? '.' : names.computeIfAbsent(label, l -> (char) ('a' + names.size())));
    }
    return text.toString();
  }

  private static String renamed(String letters) {
    return letters(letters.chars().map(c -> c == '.' ? -1 : c).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "7,4,20,0.25,15,5,5,aaaaaaaaaaaaaaaaaaaacccccccccccccccccccccccbbbbbbbbbbbbbbbbbbbbbbbbbbdddddddddddddddddddddddddddddc.dd..ca..b.a..",
    "2,6,12,0.35,30,5,3,aaaaaaaaaaaacccccccccccccccaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbddddddddddddddddddddddddeeeeeeeeeeeeeeeeeeeeeeeeeeea.aa....a..ad.a.adaddbda..b.aa",
    "3,3,40,0.6,40,8,8,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...aaa.a.a.b.aa..aa...a.aaaa.aaaaaa..aa...abbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb...b....abba......b.aba......b....a..b..",
    "4,8,10,0.2,0,4,2,bbbbbbbbbbdddddddddddddcccccccccccccccceeeeeeeeeeeeeeeeeeeggggggggggggggggggggggaaaaaaaaaaaaaaaaaaaaaaaaahhhhhhhhhhhhhhhhhhhhhhhhhhhhfffffffffffffffffffffffffffffff"
  })
  void hdbscanFindsWhatScikitLearnFinds(
      long seed,
      int groups,
      int per,
      double spread,
      int noise,
      int least,
      int rank,
      String wanted) {
    var points = Points.of(seed, groups, per, spread, noise);

    var clustering = new Hdbscan(least, rank).cluster(points.rows());

    assertThat(letters(clustering.labels())).isEqualTo(renamed(wanted));
  }

  @ParameterizedTest
  @CsvSource({
    "1,4,20,0.25,15,0.1,6,20,0.822412315679,0.762636898753,0.672566371681",
    "1,4,20,0.25,15,0.3,5,9,0.912073065037,0.933913282418,0.893805309735",
    "2,6,12,0.35,30,0.1,9,32,0.865264006498,0.851142753001,0.700680272109",
    "2,6,12,0.35,30,0.3,9,10,0.808842719872,0.764281242605,0.809523809524",
    "3,3,40,0.6,40,0.1,21,67,0.360575693461,0.195719626122,0.189349112426",
    "3,3,40,0.6,40,0.3,17,19,0.452915136105,0.484987773111,0.508875739645",
    "4,8,10,0.2,0,0.1,8,0,1,1,1"
  })
  void averageLinkageAndTheMeasuresAreThoseOfScikitLearn(
      long seed,
      int groups,
      int per,
      double spread,
      int noisy,
      double distance,
      int count,
      int noise,
      double ami,
      double ari,
      double accuracy) {
    var points = Points.of(seed, groups, per, spread, noisy);

    var clustering = new AverageLinkage(distance, 3).cluster(points.rows());

    assertThat(clustering.count()).isEqualTo(count);
    assertThat(clustering.noise()).isEqualTo(noise);
    assertThat(ClusterMetric.AMI.of(points.classes(), clustering)).isCloseTo(ami, within(1e-9));
    assertThat(ClusterMetric.ARI.of(points.classes(), clustering)).isCloseTo(ari, within(1e-9));
    assertThat(ClusterMetric.HUNGARIAN_ACCURACY.of(points.classes(), clustering))
        .isCloseTo(accuracy, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "7,4,20,0.25,15,5,5,0.865197456760,0.883708553767,0.867256637168",
    "2,6,12,0.35,30,5,3,0.798202454429,0.663201024829,0.714285714286",
    "3,3,40,0.6,40,8,8,0.555704557344,0.495226987961,0.508875739645"
  })
  void measuresOfNoisyClusters(
      long seed,
      int groups,
      int per,
      double spread,
      int noise,
      int least,
      int rank,
      double ami,
      double ari,
      double accuracy) {
    var points = Points.of(seed, groups, per, spread, noise);
    var clustering = new Hdbscan(least, rank).cluster(points.rows()).largestFirst();

    assertThat(ClusterMetric.AMI.of(points.classes(), clustering)).isCloseTo(ami, within(1e-9));
    assertThat(ClusterMetric.ARI.of(points.classes(), clustering)).isCloseTo(ari, within(1e-9));
    assertThat(ClusterMetric.HUNGARIAN_ACCURACY.of(points.classes(), clustering))
        .isCloseTo(accuracy, within(1e-9));
  }

  @Test
  void limitingCases() {
    assertThat(new Hdbscan(3, 3).cluster(new float[0][]).labels()).isEmpty();
    assertThat(new Hdbscan(3, 3).cluster(new float[2][SIZE]).noise()).isEqualTo(2);
    assertThat(new Hdbscan(2, 2).cluster(new float[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}}).labels())
        .satisfies(labels -> assertThat(letters(labels)).isEqualTo("aabb"));
    assertThat(new AverageLinkage(0.1, 1).cluster(new float[0][]).labels()).isEmpty();
    assertThat(new AverageLinkage(0.1, 1).cluster(new float[][] {{1, 0}, {0, 1}}).labels())
        .containsExactly(0, 1);
    assertThat(new AverageLinkage(2, 1).cluster(new float[][] {{1, 0}, {0, 1}}).labels())
        .containsExactly(0, 0);
    var perfect = new Clustering(new int[] {1, 1, 0, 0});
    var useless = new Clustering(new int[] {-1, -1, -1, -1});
    for (var metric : ClusterMetric.values()) {
      assertThat(metric.of(new int[] {7, 7, -2, -2}, perfect)).isCloseTo(1, within(1e-12));
      assertThat(metric.of(new int[] {7, 7, -2, -2}, useless)).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void theLargestClusterComesFirst() {
    var clustering = new Clustering(new int[] {0, -1, 1, 1, 2, 2, 1}).largestFirst();

    assertThat(clustering.labels()).containsExactly(2, -1, 0, 0, 1, 1, 0);
    assertThat(clustering.members().get(1)).containsExactly(4, 5);
  }

  @Test
  void impossibleSettingsAreRefused() {
    for (Runnable making :
        List.<Runnable>of(
            () -> new Hdbscan(1, 1),
            () -> new Hdbscan(2, 0),
            () -> new AverageLinkage(0, 2),
            () -> new AverageLinkage(Double.NaN, 2),
            () -> ClusterMetric.ARI.of(new int[2], new Clustering(new int[3])))) {
      assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
