package org.openmargin.inference.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.data.KnownImages;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Images of the classes that a model was trained on, to enrol them as identities.
 *
 * @param byClass [height, width, channels] row-major, uint8, each
 */
public record ClassImages(int height, int width, Map<String, List<byte[]>> byClass) {
  private static final int BATCH = 32;

  /** The first images of each class. */
  public static ClassImages of(KnownImages known, List<String> classNames, int perClass) {
    var images = known.images();
    var byClass = new LinkedHashMap<String, List<byte[]>>();
    classNames.forEach(name -> byClass.put(name, new ArrayList<>()));
    for (var i = 0; i < known.count(); i++) {
      var some = byClass.get(classNames.get(known.labels()[i]));
      if (some.size() < perClass) {
        var pixels = new byte[images.bytesPerImage()];
        images.copyTo(i, pixels, 0);
        some.add(pixels);
      }
    }
    return new ClassImages(images.height(), images.width(), byClass);
  }

  /** As the model embeds them. */
  public Map<String, List<float[]>> embeddings(OpenSetClassifier classifier) {
    var embeddings = new LinkedHashMap<String, List<float[]>>();
    byClass.forEach(
        (name, images) -> {
          var rows = new ArrayList<float[]>();
          for (var from = 0; from < images.size(); from += BATCH) {
            var some = images.subList(from, Math.min(from + BATCH, images.size()));
            classifier.classify(some, height, width).forEach(row -> rows.add(row.embedding()));
          }
          embeddings.put(name, rows);
        });
    return embeddings;
  }
}
