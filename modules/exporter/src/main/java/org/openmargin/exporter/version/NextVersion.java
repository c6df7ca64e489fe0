package org.openmargin.exporter.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.openmargin.exporter.ModelFolder;
import org.openmargin.exporter.StagedDirectory;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * Writes the next version of a model beside the one it is made from, or elsewhere. It appears in
 * one rename, once the work is done; if anything fails, nothing is left behind. Another process
 * that does the same at the same time waits.
 *
 * @param model a model's directory, for its highest version, or one version in it
 * @param elsewhere the directory of another model, which may be missing; empty for beside
 */
public record NextVersion(Path model, Optional<Path> elsewhere) {
  /** Written anew, or valid for one version only. */
  private static final Set<String> OF_ONE_VERSION =
      Set.of(
          ModelContract.GRAPH_FILE,
          ModelContract.DESCRIPTION_FILE,
          ModelContract.WARM_UP_FILE,
          ModelContract.DIGESTS_FILE,
          ModelContract.SIGNATURE_FILE,
          ModelContract.BLESSING_FILE);

  /** Beside the model. */
  public NextVersion(Path model) {
    this(model, Optional.empty());
  }

  /** What is done while nobody else writes versions of the model. */
  public interface Work<T> {
    /**
     * @param base the version to begin from, as it was written
     */
    T of(Path base, Path folder) throws IOException;
  }

  /** What makes a version of a copy. */
  public interface Change {
    /** Whether a file of the base stays as it is; those that belong to one version never do. */
    boolean keeps(String path);

    void write(Path base, StagedDirectory staged) throws IOException;

    /** Of the complete version; all must be good. */
    List<Finding> check(Path version);

    /** Last of all, before the version appears. */
    default void writeBeside(StagedDirectory staged) throws IOException {}
  }

  /**
   * @throws ModelException if the version is damaged, or nothing can be written
   */
  public <T> T locked(Work<T> work) {
    var folder = folder();
    try {
      return new ModelFolder(folder)
          .exporting(
              () -> {
                var base = LoadedModel.versionDirectory(model).toAbsolutePath().normalize();
                FileDigests.requireIntact(base);
                return work.of(base, folder);
              });
    } catch (UncheckedIOException e) {
      throw unwritable(folder, e.getCause());
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * A new version with the files of another.
   *
   * @return its directory
   */
  public static Path write(Path base, Path folder, Change change) throws IOException {
    try (var staged = StagedDirectory.open(folder, OptionalLong.empty())) {
      copy(base, staged.path(), change::keeps);
      change.write(base, staged);
      FileDigests.of(staged.path()).write(staged.path());
      requireGood(change.check(staged.path()));
      change.writeBeside(staged);
      return staged.publish();
    }
  }

  /**
   * The directory that the next version will be in.
   *
   * @throws ModelException if there is none
   */
  public Path folder() {
    var version = LoadedModel.versionDirectory(model);
    var absolute = version.toAbsolutePath().normalize();
    if (elsewhere.isPresent()) {
      return apart(absolute, elsewhere.get().toAbsolutePath().normalize());
    }
    if (!absolute.getFileName().toString().matches("[0-9]{1,18}")) {
      throw new ModelException(
          "%s is not a version in a model's directory, such as savedmodels/mine/1, so there is no next version"
              .formatted(version));
    }
    return absolute.getParent();
  }

  private static Path apart(Path version, Path folder) {
    if (folder.startsWith(version) || Files.exists(folder.resolve(ModelContract.GRAPH_FILE))) {
      throw new ModelException(
          "%s is a version of a model; name a folder for versions, such as savedmodels/mine"
              .formatted(folder));
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ModelException(folder + " is a file, not a folder for versions of a model");
    }
    return folder;
  }

  private static void copy(Path base, Path version, Predicate<String> copied) throws IOException {
    Files.createDirectories(version.resolve(ModelContract.DESCRIPTION_FILE).getParent());
    try (var files = Files.walk(base)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = base.relativize(file).toString().replace('\\', '/');
        if (!OF_ONE_VERSION.contains(name) && copied.test(name)) {
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

  private static ModelException unwritable(Path folder, IOException e) {
    return new ModelException(
        "%s could not be written: %s".formatted(folder, FileErrors.reason(e)), e);
  }
}
