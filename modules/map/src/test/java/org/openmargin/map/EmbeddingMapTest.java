package org.openmargin.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmargin.map.MapItem.Answer;
import org.openmargin.map.MapItem.Role;

class EmbeddingMapTest {
  private static List<MapItem> items(boolean prototypes) {
    var rows = Waves.clusters(3, 30);
    var items = new ArrayList<MapItem>();
    for (var i = 0; i < rows.length; i++) {
      var embedding = new float[rows[i].length];
      for (var k = 0; k < embedding.length; k++) {
        embedding[k] = (float) rows[i][k];
      }
      var role = i % 3 == 2 ? Role.UNKNOWN : Role.KNOWN;
      var answer = Optional.of(new Answer("c0", 0.5));
      items.add(new MapItem("test/" + i, "c" + i % 3, role, answer, embedding));
    }
    if (prototypes) {
      items.add(MapItem.prototype("c0", unit(0)));
      items.add(MapItem.prototype("c1", unit(1)));
    }
    return items;
  }

  private static float[] unit(int k) {
    var vector = new float[20];
    vector[k] = 1;
    return vector;
  }

  @Test
  void everyItemHasItsPlaceOnBothMaps() {
    var map = EmbeddingMap.of(items(true), Space.NORMALIZED, new Tsne(5, 0, 100));
    assertThat(map.items()).hasSize(32);
    assertThat(map.pca().places()).hasSize(32);
    assertThat(map.tsne().places()).hasSize(32);
    assertThat(map.pca().explained().get(0)).isBetween(map.pca().explained().get(1), 1.0);
  }

  @Test
  void prototypesChangeNeitherThePcaOfTheImagesNorTheDistances() {
    var with = EmbeddingMap.of(items(true), Space.NORMALIZED, new Tsne(5, 0, 100));
    var without = EmbeddingMap.of(items(false), Space.NORMALIZED, new Tsne(5, 0, 100));
    assertThat(with.pca().places().subList(0, 30)).isEqualTo(without.pca().places());
    assertThat(with.distances()).isEqualTo(without.distances());
  }

  @Test
  void classesAreMeasuredByRoleAndName() {
    var map = EmbeddingMap.of(items(true), Space.EMBEDDING, new Tsne(5, 0, 100));
    assertThat(map.distances())
        .extracting(EmbeddingDistances::metric)
        .containsExactly(Metric.COSINE, Metric.EUCLIDEAN);
    var euclidean = map.distances().get(1);
    assertThat(euclidean.known())
        .extracting(EmbeddingDistances.KnownClass::name)
        .containsExactly("c0", "c1");
    assertThat(euclidean.unknown())
        .extracting(EmbeddingDistances.UnknownClass::images)
        .containsExactly(10);
    // Clusters 20 sqrt(2) apart, each of deviation 1 in 20 dimensions.
    assertThat(euclidean.means().smallest()).isBetween(26.0, 31.0);
    assertThat(euclidean.totals().toOwnMean()).isBetween(3.5, 5.0);
    assertThat(euclidean.ratios().auroc().orElseThrow()).isEqualTo(1);
  }

  @Test
  void aMapIsThereForOthersToRead() {
    var map = EmbeddingMap.of(items(true), Space.NORMALIZED, new Tsne(5, 3, 100));
    assertThat(map).isEqualTo(EmbeddingMap.of(map.items(), Space.NORMALIZED, new Tsne(5, 3, 100)));
    assertThat(map.items().get(30).id()).isEqualTo("prototype/c0");
    assertThat(map.items().get(30).isImage()).isFalse();
    assertThat(Role.PROTOTYPE.text()).isEqualTo("prototype");
  }
}
