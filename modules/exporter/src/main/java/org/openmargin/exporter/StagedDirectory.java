package org.openmargin.exporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.ModelVersions;

/**
 * A version directory in the making. Its files are written under a name that a model server
 * overlooks (not a number), on the same file system; {@link #publish} makes them durable and
 * renames. Closed without that, it leaves nothing behind.
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
    this.staging = model.resolve(".export-" + version + "-" + UUID.randomUUID());
  }

  /**
   * @param model directory of the versions; created if it is not there
   * @param wanted version, or empty for the highest one plus 1
   */
  static StagedDirectory open(Path model, OptionalLong wanted) throws IOException {
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
   * Number of the version that would be made.
   *
   * @param model directory of the versions, if it is there
   * @param wanted version, or empty for the highest one plus 1
   * @throws ModelException if there is such a version already
   */
  static long free(Path model, OptionalLong wanted) throws IOException {
    var versions = Files.isDirectory(model) ? ModelVersions.in(model) : new TreeMap<Long, Path>();
    var version = wanted.orElse(versions.isEmpty() ? 1 : versions.lastKey() + 1);
    // "7" and "007" would be one version to a server.
    if (versions.containsKey(version)) {
      throw new ModelException(
          "%s has a version %d already; choose another or leave the number out"
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

  /** Where to write. */
  Path path() {
    return staging;
  }

  long version() {
    return version;
  }

  /** Writes a file beside the versions, whole or not at all. */
  void writeBeside(String name, String text) throws IOException {
    var file = model.resolve(name);
    var isNew = Files.notExists(file);
    AtomicTextFile.write(file, writer -> writer.write(text));
    if (isNew) {
      created.push(file);
    }
  }

  /** Makes the files durable and gives the directory its name. */
  Path publish() throws IOException {
    try (Stream<Path> files = Files.walk(staging)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        sync(file);
      }
    }
    var target = model.resolve(Long.toString(version));
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    published = true;
    sync(model);
    return target;
  }

  private static void sync(Path path) throws IOException {
    if (Files.isDirectory(path) && path.getFileSystem().getSeparator().equals("\\")) {
      return; // Windows cannot open a directory as a file, and needs no sync for a rename to last.
    }
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    if (published) {
      return;
    }
    try {
      for (var path : created) {
        if (path.equals(staging)) {
          deleteAll(staging);
        } else if (isOurs(path)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not clear up " + staging, e);
    }
  }

  /** A directory that was created here may have got other content since; then it stays. */
  private static boolean isOurs(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.exists(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.findAny().isEmpty();
    }
  }

  private static void deleteAll(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
