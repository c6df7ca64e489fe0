package org.openmargin.map.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Answer;
import org.openmargin.map.MapItem.Role;
import org.openmargin.map.Space;
import org.openmargin.map.Tsne;

/** A map of three classes with names that need escaping, and two prototypes. */
final class ExampleMap {
  static final List<String> CLASSES = List.of("A<B", "with, \"comma\"", "tab\tname");

  private ExampleMap() {}

  static EmbeddingMap of() {
    var random = new Random(1);
    var items = new ArrayList<MapItem>();
    for (int i = 0; i < 30; i++) {
      var embedding = new float[5];
      for (int k = 0; k < embedding.length; k++) {
        embedding[k] = (float) random.nextGaussian() + (k == i % 3 ? 8 : 0);
      }
      var role = i % 3 == 2 ? Role.UNKNOWN : Role.KNOWN;
      var answer = Optional.of(new Answer(CLASSES.get(i % 2), i / 30.0));
      items.add(new MapItem("test/" + i, CLASSES.get(i % 3), role, answer, embedding));
    }
    items.add(MapItem.prototype(CLASSES.get(0), new float[] {1, 0, 0, 0, 0}));
    items.add(MapItem.prototype(CLASSES.get(1), new float[] {0, 1, 0, 0, 0}));
    return EmbeddingMap.of(items, Space.NORMALIZED, new Tsne(5, 0, 200));
  }

  /** 4 x 3 images; every value of image i is i. */
  static MapImages images() {
    return new MapImages(
        3,
        4,
        3,
        i -> {
          var pixels = new byte[36];
          java.util.Arrays.fill(pixels, (byte) i);
          return i < 30 ? Optional.of(pixels) : Optional.empty();
        });
  }
}
