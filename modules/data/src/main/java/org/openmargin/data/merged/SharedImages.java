package org.openmargin.data.merged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.files.Sha256;

/**
 * Finds images that several sources have; what one source has twice, it says itself.
 *
 * @param sources their names
 */
record SharedImages(List<String> sources) {
  private static final long MOST_BYTES = 512L << 20;

  /** A sentence, or nothing; images beyond 512 MiB are not looked at. */
  List<String> sentences(Dataset merged) {
    var train = merged.train().images();
    var count = merged.parts().values().stream().mapToLong(LabeledImages::count).sum();
    if (count * train.bytesPerImage() > MOST_BYTES) {
      return List.of();
    }
    var same = new HashMap<String, List<String>>();
    merged.parts().values().forEach(part -> add(part, same));
    var shared =
        same.values().stream()
            .filter(ids -> ids.stream().map(this::source).distinct().count() > 1)
            .map(ids -> String.join(" = ", ids))
            .sorted()
            .toList();
    return shared.isEmpty()
        ? List.of()
        : List.of(
            "%s: %d equal images are in several sources: %s"
                .formatted(merged.name(), shared.size(), DataException.shortList(shared)));
  }

  private static void add(LabeledImages part, Map<String, List<String>> same) {
    var digests =
        IntStream.range(0, part.count())
            .parallel()
            .mapToObj(row -> digest(part.images(), row))
            .toList();
    for (var row = 0; row < part.count(); row++) {
      same.computeIfAbsent(digests.get(row), d -> new ArrayList<>(1)).add(part.ids().get(row));
    }
  }

  private static String digest(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return new Sha256().add(pixels).hex();
  }

  private String source(String id) {
    return sources.stream().filter(name -> id.startsWith(name + "/")).findFirst().orElse("");
  }
}
