package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/** SHA-256 of files: what decides their pixels, whatever their names, sizes and times say. */
final class FolderDigests {
  /** Fewer files are read in a moment. */
  private static final int MANY = 5000;

  private FolderDigests() {}

  /**
   * A file with its contents' digest.
   *
   * @param bytes its size
   */
  record HashedFile(LabeledFile file, String sha256, long bytes) {

    /** What is equal for equal images. */
    String content() {
      return file.frame() == 0 ? sha256 : sha256 + "#" + file.frame();
    }
  }

  /**
   * Reads all files, in parallel.
   *
   * @param work follows it if there are many
   * @throws DataException with the number of files that cannot be read, naming up to ten of them
   */
  static List<HashedFile> of(List<LabeledFile> files, WorkListener work) {
    var failures = new ArrayList<String>();
    var hashed = new ArrayList<HashedFile>();
    // The frames of a file follow one another: it is read once.
    var read = new ConcurrentHashMap<Path, Hashed>();
    var done = new AtomicInteger();
    var following = files.size() < MANY ? WorkListener.NONE : work;
    var all =
        files.parallelStream()
            .map(
                file -> {
                  following.at("checking image files", done.incrementAndGet(), files.size());
                  return read.computeIfAbsent(file.file(), path -> hashed(file)).of(file);
                })
            .toList();
    for (var one : all) {
      one.failure().ifPresent(failures::add);
      hashed.add(one.file());
    }
    if (!failures.isEmpty()) {
      throw new DataException(
          "%d image files cannot be used: %s"
              .formatted(failures.size(), DataException.shortList(failures)));
    }
    return List.copyOf(hashed);
  }

  private static Hashed hashed(LabeledFile file) {
    try {
      var digest = Sha256.ofFile(file.file());
      var bytes = Files.size(file.file());
      return new Hashed(new HashedFile(file, digest, bytes), Optional.empty());
    } catch (IOException e) {
      var failure = "%s (%s)".formatted(file.shown(), FileErrors.reason(e));
      return new Hashed(new HashedFile(file, "", 0), Optional.of(failure));
    }
  }

  private record Hashed(HashedFile file, Optional<String> failure) {
    Hashed of(LabeledFile other) {
      return new Hashed(new HashedFile(other, file.sha256(), file.bytes()), failure);
    }
  }
}
