package org.openmargin.exporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.Folders;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.ModelVersions;

/**
 * A version directory under construction. Its files are written under a name that model servers
 * ignore (not a number), on the same file system; {@link #publish} makes them durable and renames
 * the directory. Closed without publishing, it leaves nothing behind.
 */
public final class StagedDirectory implements AutoCloseable {
  private final Path model;
  private final long version;
  private final Path staging;
  // What to delete, last created first, if nothing is published.
  private final Deque<Path> created = new ArrayDeque<>();
  private boolean published;

  private StagedDirectory(Path model, long version) {
    this.model = model;
    this.version = version;
    this.staging = model.resolve(ModelFolder.STAGING + version + "-" + UUID.randomUUID());
  }

  /**
   * @param model directory of the versions; created if missing
   * @param wanted version, or empty for the highest one plus 1
   */
  public static StagedDirectory open(Path model, OptionalLong wanted) throws IOException {
    var absolute = model.toAbsolutePath().normalize();
    var staged = new StagedDirectory(absolute, free(absolute, wanted));
    try {
      staged.createDirectories(staged.staging);
      return staged;
    } catch (IOException e) {
      staged.close();
      throw e;
    }
  }

  /**
   * Number of the version to create.
   *
   * @param model directory of the versions; may be missing
   * @param wanted version, or empty for the highest one plus 1
   * @throws ModelException if the version exists
   */
  static long free(Path model, OptionalLong wanted) throws IOException {
    var versions = Files.isDirectory(model) ? ModelVersions.in(model) : new TreeMap<Long, Path>();
    var version = wanted.orElse(versions.isEmpty() ? 1 : versions.lastKey() + 1);
    // "7" and "007" would be the same version to a server.
    if (versions.containsKey(version)) {
      throw new ModelException(
          "%s already has a version %d; choose another number or omit it"
              .formatted(model, version));
    }
    return version;
  }

  private void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      createDirectories(directory.getParent());
      Files.createDirectory(directory);
      created.push(directory);
    }
  }

  public Path path() {
    return staging;
  }

  public long version() {
    return version;
  }

  /** Writes a file beside the versions, atomically. */
  public void writeBeside(String name, String text) throws IOException {
    var file = model.resolve(name);
    var isNew = Files.notExists(file);
    AtomicTextFile.write(file, writer -> writer.write(text));
    if (isNew) {
      created.push(file);
    }
  }

  /**
   * Records the digests of the files, makes them durable and gives the directory its final name.
   */
  public Path publish() throws IOException {
    var target = model.resolve(Long.toString(version));
    try {
      Folders.publish(staging, target);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another program has written version " + version + " meanwhile", e);
    }
    published = true;
    return target;
  }

  @Override
  public void close() {
    if (published) {
      return;
    }
    try {
      for (var path : created) {
        if (path.equals(staging)) {
          Folders.delete(staging);
        } else if (isOurs(path)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not clean up " + staging, e);
    }
  }

  /** A directory created here stays if it has received other content since. */
  private static boolean isOurs(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.exists(path);
    }
    try (var children = Files.list(path)) {
      return children.findAny().isEmpty();
    }
  }
}
