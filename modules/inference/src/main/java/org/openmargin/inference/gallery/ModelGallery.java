package org.openmargin.inference.gallery;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.openmargin.exporter.gallery.GalleryExporter;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryCalibration;
import org.openmargin.serving.gallery.GalleryChange;
import org.openmargin.serving.gallery.GalleryChange.Action;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;
import org.openmargin.serving.gallery.StoredGallery;

/**
 * The gallery of an exported model. Each change writes the next version of the model and an entry
 * of its history; nothing is trained.
 *
 * @param model a model's folder (its highest version is changed), or one version in it
 * @param by who changes it, for the history
 */
public record ModelGallery(Path model, String by, Clock clock) {

  /**
   * @param directory of the new version
   */
  public record NewVersion(Path directory, long version, StoredGallery gallery) {}

  /** Whether a model has a gallery. */
  public static boolean isIn(Path model) {
    return StoredGallery.isIn(LoadedModel.versionDirectory(model));
  }

  /**
   * The gallery as it is.
   *
   * @throws ModelException if the version has none
   */
  public static StoredGallery read(Path model) {
    return StoredGallery.read(LoadedModel.versionDirectory(model));
  }

  /**
   * @param embeddings of at least one image per identity
   * @throws ModelException if the version has a gallery
   */
  public NewVersion create(
      SimilarityRule rule, GalleryCalibration calibration, Map<String, List<float[]>> embeddings) {
    return changed(
        old -> {
          if (old.isPresent()) {
            throw new ModelException(
                "%s has a gallery already: enrol more identities in it, or begin from a version without one"
                    .formatted(model));
          }
          var identities = new ArrayList<Identity>();
          embeddings.forEach((name, rows) -> identities.add(Identity.of(name, rows)));
          var history = new ArrayList<GalleryChange>();
          identities.forEach(
              i -> history.add(change(Action.CREATED, i.name(), i.templates().size())));
          return new StoredGallery(Gallery.of(rule, calibration, identities), history);
        });
  }

  /**
   * More images of identities, old or new.
   *
   * @param calibration replaces the present one; empty to keep it
   */
  public NewVersion enrol(
      Map<String, List<float[]>> embeddings, Optional<GalleryCalibration> calibration) {
    return changed(
        old -> {
          var stored = required(old);
          var gallery = stored.gallery();
          var next = calibration.map(gallery::calibratedBy).orElse(gallery).enrolled(embeddings);
          var history = new ArrayList<>(stored.history());
          embeddings.forEach(
              (name, rows) -> history.add(change(Action.ENROLLED, name, rows.size())));
          return new StoredGallery(next, history);
        });
  }

  public NewVersion rename(String name, String other) {
    return changed(
        old -> {
          var next = required(old).gallery().renamed(name, other);
          return required(old).changed(next, change(Action.RENAMED, name + " -> " + other, 0));
        });
  }

  /** Identities without their images: a new version of the model; older versions keep them. */
  public NewVersion remove(List<String> names) {
    return changed(
        old -> {
          var stored = required(old);
          for (var name : names) {
            var images = stored.gallery().identity(name).map(i -> i.templates().size()).orElse(0);
            stored =
                stored.changed(
                    stored.gallery().removed(name), change(Action.REMOVED, name, images));
          }
          return stored;
        });
  }

  private NewVersion changed(Function<Optional<StoredGallery>, StoredGallery> change) {
    var written = new GalleryExporter(model).change(change);
    return new NewVersion(written.directory(), written.version(), written.gallery());
  }

  private StoredGallery required(Optional<StoredGallery> stored) {
    return stored.orElseThrow(
        () -> new ModelException(model + " has no gallery yet: create one first"));
  }

  private GalleryChange change(Action action, String identity, long images) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new GalleryChange(now, by, action, identity, images);
  }
}
