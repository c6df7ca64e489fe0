package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.WorkListener;

/** The images of a data set that are used, in one row: training, validation, test. */
public final class AuditedSet {
  private static final int AT_ONCE = 64;

  private final String name;
  private final List<String> classNames;
  private final List<AuditedImage> images;
  private final List<Place> places;

  /** Where pixels are. */
  private record Place(Images images, int index) {}

  private AuditedSet(Dataset dataset, List<Integer> known, UnaryOperator<String> pseudonym) {
    this.name = dataset.name();
    this.classNames = dataset.classNames();
    var kept = new ArrayList<AuditedImage>();
    var where = new ArrayList<Place>();
    dataset
        .parts()
        .forEach(
            (split, part) -> {
              for (var row : used(split, part, known)) {
                kept.add(image(split, part, row, pseudonym));
                where.add(new Place(part.images(), row));
              }
            });
    this.images = List.copyOf(kept);
    this.places = List.copyOf(where);
  }

  /**
   * The images that an experiment uses.
   *
   * @param known ids of the classes whose training and validation images are used
   * @param pseudonym of a group, such as a patient, whose name must not be seen
   */
  public static AuditedSet of(
      Dataset dataset, List<Integer> known, UnaryOperator<String> pseudonym) {
    return new AuditedSet(dataset, known, pseudonym);
  }

  /** All images; see {@link #of(Dataset, List, UnaryOperator)}. */
  public static AuditedSet of(Dataset dataset, UnaryOperator<String> pseudonym) {
    return of(dataset, IntStream.range(0, dataset.classNames().size()).boxed().toList(), pseudonym);
  }

  private static int[] used(String split, LabeledImages part, List<Integer> known) {
    return IntStream.range(0, part.count())
        .filter(row -> split.equals("test") || known.contains(part.labels()[row]))
        .toArray();
  }

  private AuditedImage image(
      String split, LabeledImages part, int row, UnaryOperator<String> pseudonym) {
    var id = part.ids().get(row);
    var named = part.groups().isEmpty() ? "" : part.groups().get(row);
    var group = named.isEmpty() ? Optional.<String>empty() : Optional.of(pseudonym.apply(named));
    return new AuditedImage(split, classNames.get(part.labels()[row]), id, group);
  }

  public String name() {
    return name;
  }

  public List<String> classNames() {
    return classNames;
  }

  /** All that is known of each image but its pixels. */
  public List<AuditedImage> images() {
    return images;
  }

  /** One image. */
  public Images pixels(int row) {
    var place = places.get(row);
    return place.images().range(place.index(), 1);
  }

  float[][] embeddings(Embedding model, WorkListener work) {
    var embeddings = new float[images.size()][];
    for (var from = 0; from < embeddings.length; from += AT_ONCE) {
      var until = Math.min(embeddings.length, from + AT_ONCE);
      var some = model.of(IntStream.range(from, until).mapToObj(this::pixels).toList());
      for (var row = from; row < until; row++) {
        embeddings[row] = some.get(row - from);
      }
      work.at("embedding images", until, embeddings.length);
    }
    return embeddings;
  }

  List<ImageFacts> facts(AuditSettings settings, WorkListener work) {
    var done = new AtomicInteger();
    return IntStream.range(0, images.size())
        .parallel()
        .mapToObj(
            row -> {
              work.at("comparing images", done.incrementAndGet(), images.size());
              var place = places.get(row);
              return ImageFacts.of(place.images(), place.index(), settings.cropped());
            })
        .toList();
  }
}
