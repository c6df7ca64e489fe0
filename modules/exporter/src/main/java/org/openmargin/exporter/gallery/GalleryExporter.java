package org.openmargin.exporter.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.openmargin.exporter.ModelFolder;
import org.openmargin.exporter.StagedDirectory;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.proto.SavedModel;

/**
 * Writes the next version of a model: the same network and decision, and a gallery with the
 * signature {@code identify}. The version appears in one rename, once it has passed the checks of
 * {@link ModelCheck}; if anything fails, nothing is left behind.
 */
public final class GalleryExporter {
  /** Written anew, or valid for one version only. */
  private static final Set<String> NOT_COPIED =
      Set.of(
          ModelContract.GRAPH_FILE,
          ModelContract.DESCRIPTION_FILE,
          ModelContract.WARM_UP_FILE,
          ModelContract.DIGESTS_FILE,
          "assets.extra/SHA256SUMS.sig",
          "assets.extra/blessing.json");

  private final Path model;

  /**
   * @param model a model's directory, or one version in it
   */
  public GalleryExporter(Path model) {
    this.model = model;
  }

  /**
   * @param directory of the new version
   */
  public record Written(Path directory, long version, StoredGallery gallery) {}

  /**
   * Changes the gallery of the version, or of the highest version of the model. Another process
   * that changes it at the same time waits, and changes what this one has written.
   *
   * @param change from the gallery, if there is one, to the new one
   * @throws ModelException if the model is damaged, the change is refused, or nothing can be
   *     written
   */
  public Written change(Function<Optional<StoredGallery>, StoredGallery> change) {
    var folder = modelFolder(LoadedModel.versionDirectory(model));
    try {
      return new ModelFolder(folder).exporting(() -> write(folder, change));
    } catch (UncheckedIOException e) {
      throw unwritable(folder, e.getCause());
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static ModelException unwritable(Path folder, IOException e) {
    return new ModelException(
        "%s could not be written: %s".formatted(folder, FileErrors.reason(e)), e);
  }

  private static Path modelFolder(Path version) {
    var absolute = version.toAbsolutePath().normalize();
    if (!absolute.getFileName().toString().matches("[0-9]{1,18}")) {
      throw new ModelException(
          "%s is not a version in a model's directory, such as savedmodels/mine/1, so there is no next version"
              .formatted(version));
    }
    return absolute.getParent();
  }

  private Written write(Path folder, Function<Optional<StoredGallery>, StoredGallery> change)
      throws IOException {
    var base = LoadedModel.versionDirectory(model).toAbsolutePath().normalize();
    FileDigests.requireIntact(base);
    var old =
        StoredGallery.isIn(base)
            ? Optional.of(StoredGallery.read(base))
            : Optional.<StoredGallery>empty();
    var stored = change.apply(old);
    try (var staged = StagedDirectory.open(folder, OptionalLong.empty())) {
      var version = staged.path();
      copy(base, version);
      stored.write(version);
      writeGraph(base, staged, stored);
      GalleryExamples.write(base, version, stored.gallery());
      FileDigests.of(version).write(version);
      requireGood(ModelCheck.check(version));
      return new Written(staged.publish(), staged.version(), stored);
    }
  }

  private static void writeGraph(Path base, StagedDirectory staged, StoredGallery stored)
      throws IOException {
    var version = staged.path();
    var model = SavedModel.parseFrom(Files.readAllBytes(base.resolve(ModelContract.GRAPH_FILE)));
    var meta = new GalleryGraph(model.getMetaGraphs(0), stored.gallery()).build();
    var file = ModelContract.DESCRIPTION_FILE;
    var description = new GalleryDescription(Files.readString(base.resolve(file)));
    var text = description.of(stored.gallery(), staged.version());
    Files.writeString(version.resolve(file), text);
    var described =
        meta.toBuilder().setGraphDef(description.replaced(meta.getGraphDef(), text)).build();
    Files.write(
        version.resolve(ModelContract.GRAPH_FILE),
        model.toBuilder().setMetaGraphs(0, described).build().toByteArray());
    var variables = version.resolve(ModelContract.VARIABLES);
    Files.createDirectories(variables.getParent());
    new GalleryRows(stored.gallery())
        .writeWith(
            GalleryGraph.variables(model.getMetaGraphs(0)),
            base.resolve(ModelContract.VARIABLES),
            variables);
  }

  private static void copy(Path base, Path version) throws IOException {
    try (var files = Files.walk(base)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = base.relativize(file).toString().replace('\\', '/');
        if (!NOT_COPIED.contains(name)
            && !name.startsWith(StoredGallery.FOLDER)
            && !name.startsWith("variables/")) {
          Files.createDirectories(version.resolve(name).getParent());
          Files.copy(file, version.resolve(name));
        }
      }
    }
  }

  private static void requireGood(List<Finding> findings) {
    for (var finding : findings) {
      if (!finding.ok()) {
        throw new ModelException("the new version fails its checks: " + finding.what());
      }
    }
  }
}
