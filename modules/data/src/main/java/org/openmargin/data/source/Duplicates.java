package org.openmargin.data.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.source.FolderDigests.HashedFile;
import org.openmargin.files.Sha256;

/**
 * Finds equal images: in two splits they make test figures too good, under two labels one of them
 * is wrong.
 */
public final class Duplicates {

  private static final long MOST_BYTES = 512L << 20;

  private record Place(String split, int label, String id) {}

  private final String name;
  private final Map<String, List<Place>> images = new HashMap<>();

  /**
   * @param name of the data set
   */
  public Duplicates(String name) {
    this.name = name;
  }

  /** Compares the pixels of all images; those of a data set beyond 512 MiB are not looked at. */
  static Duplicates ofPixels(Dataset dataset) {
    var duplicates = new Duplicates(dataset.name());
    var images = dataset.train().images();
    var count = dataset.parts().values().stream().mapToLong(LabeledImages::count).sum();
    if (count * images.bytesPerImage() <= MOST_BYTES) {
      dataset.parts().forEach(duplicates::addPixels);
    }
    return duplicates;
  }

  /**
   * @param files of all images, in order
   */
  static Duplicates ofFiles(Dataset dataset, List<HashedFile> files) {
    var duplicates = new Duplicates(dataset.name());
    var at = files.iterator();
    for (var part : dataset.parts().entrySet()) {
      for (var id : part.getValue().ids()) {
        var file = at.next();
        duplicates.add(file.content(), part.getKey(), file.file().label(), id);
      }
    }
    return duplicates;
  }

  private void addPixels(String split, LabeledImages part) {
    var digests =
        IntStream.range(0, part.count())
            .parallel()
            .mapToObj(i -> digest(part.images(), i))
            .toList();
    for (var i = 0; i < part.count(); i++) {
      add(digests.get(i), split, part.labels()[i], part.ids().get(i));
    }
  }

  private static String digest(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    return new Sha256().add(pixels).hex();
  }

  /**
   * @param digest of what must be equal
   */
  public void add(String digest, String split, int label, String id) {
    images.computeIfAbsent(digest, d -> new ArrayList<>(1)).add(new Place(split, label, id));
  }

  /** One sentence for each kind of duplicates that there are. */
  public List<String> sentences() {
    var labels = new ArrayList<String>();
    var splits = new ArrayList<String>();
    var twice = new ArrayList<String>();
    for (var places : images.values()) {
      if (places.size() > 1) {
        var kind = differ(places, true) ? labels : differ(places, false) ? splits : twice;
        kind.add(text(places));
      }
    }
    var sentences = new ArrayList<String>();
    add(sentences, labels, "equal images lie in different classes, so some labels are wrong");
    add(
        sentences,
        splits,
        "equal images lie in different splits, so figures of validation or test are too good");
    add(sentences, twice, "images occur more than once in a class and split");
    return sentences;
  }

  private void add(List<String> sentences, List<String> found, String what) {
    if (!found.isEmpty()) {
      found.sort(null);
      sentences.add(
          "%s: %d %s: %s".formatted(name, found.size(), what, DataException.shortList(found)));
    }
  }

  private static boolean differ(List<Place> places, boolean byLabel) {
    return places.stream().map(p -> byLabel ? p.label() : p.split()).distinct().count() > 1;
  }

  private static String text(List<Place> places) {
    var ids = places.stream().map(Place::id).sorted().toList();
    return ids.size() <= 3
        ? String.join(" = ", ids)
        : "%s = %s = ... (%d times)".formatted(ids.get(0), ids.get(1), ids.size());
  }
}
