package org.openmargin.serving.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.serving.Classification;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * Identities that can be told apart by the embeddings of a model, whatever it was trained on.
 *
 * <pre>{@code
 * var gallery = Gallery.of(new Centroid(), new LeaveOneOut(0.05), identities);
 * var answer = gallery.identify(classifier.classify(file).embedding());
 * var larger = gallery.enrolled("basophil", embeddings); // a new gallery; the old one is unchanged
 * }</pre>
 *
 * <p>Immutable, so any number of threads may use it; a server that enrols keeps the present one in
 * a volatile field. Every change finds the threshold anew, for the new size. An image is compared
 * with every row (centroid or template): a million rows of 512 numbers take some tenths of a
 * second.
 */
public final class Gallery {
  private final SimilarityRule rule;
  private final GalleryCalibration calibration;
  private final List<Identity> identities;
  private final GalleryThreshold threshold;

  private Gallery(
      SimilarityRule rule,
      GalleryCalibration calibration,
      List<Identity> identities,
      GalleryThreshold threshold) {
    this.rule = rule;
    this.calibration = calibration;
    this.identities = identities;
    this.threshold = threshold;
  }

  /**
   * @param identities at least one, of different names
   * @throws ModelException if there is none, two have one name, or no threshold can be found
   */
  public static Gallery of(
      SimilarityRule rule, GalleryCalibration calibration, List<Identity> identities) {
    var copy = Identities.require(identities);
    return new Gallery(rule, calibration, copy, calibration.threshold(rule, copy));
  }

  /** As it was saved. */
  static Gallery restored(
      SimilarityRule rule,
      GalleryCalibration calibration,
      List<Identity> identities,
      GalleryThreshold threshold) {
    return new Gallery(rule, calibration, Identities.require(identities), threshold);
  }

  /**
   * The identity of an image that the model has seen, whether it accepts it or not. One that cannot
   * be used is unknown, with the model's reason.
   */
  public Identification identify(Classification image) {
    return image.reason().scored() ? identify(image.embedding()) : unusable(image.reason().code());
  }

  private Identification unusable(String reason) {
    return new Identification(ModelContract.UNKNOWN, -1, true, ModelContract.UNKNOWN, reason);
  }

  /**
   * @param embedding of an image, of the size of the enrolled ones
   * @throws IllegalArgumentException if it is of another size
   */
  public Identification identify(float[] embedding) {
    var size = identities.get(0).size();
    if (embedding.length != size) {
      throw new IllegalArgumentException(
          "an embedding has %d numbers; the gallery's have %d".formatted(embedding.length, size));
    }
    for (var number : embedding) {
      if (!Float.isFinite(number)) {
        return unusable(Identification.NOT_FINITE);
      }
    }
    var best = Identities.best(rule, identities, UnitVectors.of(embedding));
    var name = best.identity().name();
    var similarity = (float) best.similarity();
    return threshold.accepts(similarity)
        ? new Identification(name, similarity, false, name, Identification.OK)
        : new Identification(
            ModelContract.UNKNOWN, similarity, true, name, Identification.NOT_SIMILAR);
  }

  /**
   * With more images of an identity, or with a new one.
   *
   * @throws ModelException if the name cannot be used
   */
  public Gallery enrolled(String name, List<float[]> embeddings) {
    return enrolled(Map.of(name, embeddings));
  }

  /**
   * With more images of several identities, old or new.
   *
   * @param embeddings by name, in the order of enrolment
   */
  public Gallery enrolled(Map<String, List<float[]>> embeddings) {
    var all = new LinkedHashMap<String, Identity>();
    identities.forEach(identity -> all.put(identity.name(), identity));
    embeddings.forEach((name, rows) -> all.merge(name, Identity.of(name, rows), Identity::with));
    return of(rule, calibration, new ArrayList<>(all.values()));
  }

  /**
   * @throws ModelException if there is no such identity, or the new name is taken
   */
  public Gallery renamed(String name, String other) {
    var renamed = Identities.find(identities, name).named(other);
    return with(
        identities.stream().map(identity -> identity.name().equals(name) ? renamed : identity));
  }

  /**
   * Without an identity: its images are unknown again, unless they are similar to another's.
   *
   * @throws ModelException if there is no such identity, or it is the last
   */
  public Gallery removed(String name) {
    Identities.find(identities, name);
    if (identities.size() == 1) {
      throw new ModelException(
          "'%s' is the last identity, and a gallery needs one: serve a version without a gallery instead"
              .formatted(name));
    }
    return with(identities.stream().filter(identity -> !identity.name().equals(name)));
  }

  /** With another way to find the threshold. */
  public Gallery calibratedBy(GalleryCalibration other) {
    return of(rule, other, identities);
  }

  private Gallery with(Stream<Identity> changed) {
    return of(rule, calibration, changed.toList());
  }

  public Optional<Identity> identity(String name) {
    return identities.stream().filter(identity -> identity.name().equals(name)).findFirst();
  }

  public SimilarityRule rule() {
    return rule;
  }

  public GalleryCalibration calibration() {
    return calibration;
  }

  /** In the order of enrolment. */
  public List<Identity> identities() {
    return identities;
  }

  public GalleryThreshold threshold() {
    return threshold;
  }

  /** Numbers per embedding. */
  public int size() {
    return identities.get(0).size();
  }

  /** Templates of all identities. */
  public long templates() {
    return identities.stream().mapToLong(identity -> identity.templates().size()).sum();
  }
}
