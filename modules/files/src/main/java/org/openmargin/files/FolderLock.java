package org.openmargin.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock between processes. The operating system grants it to one process at a time and releases it
 * when that process ends, however it ends; the file itself stays and means nothing.
 *
 * @param file created with its folder if it does not exist
 */
public record FolderLock(Path file) {
  /**
   * Files locked by this process: on most systems, a process loses its lock if it opens and closes
   * the file once more.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  @FunctionalInterface
  public interface Work<T> {
    /** Returns a result, not null. */
    T run() throws IOException;
  }

  /**
   * Runs {@code work} with the lock; returns empty if another process or thread has it.
   *
   * @throws IOException if the file cannot be locked, or from the work
   */
  public <T> Optional<T> tryHolding(Work<T> work) throws IOException {
    return holding(work, false);
  }

  /**
   * Like {@link #tryHolding}, but waits for other processes; returns empty only if another thread
   * of this process has the lock.
   */
  public <T> Optional<T> holding(Work<T> work) throws IOException {
    return holding(work, true);
  }

  private <T> Optional<T> holding(Work<T> work, boolean waits) throws IOException {
    var held = file.toAbsolutePath().normalize();
    if (!HELD.add(held)) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(held.getParent());
      try (var channel =
          FileChannel.open(held, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Closing the channel releases the lock.
        var lock = waits ? channel.lock() : channel.tryLock();
        return lock == null ? Optional.empty() : Optional.of(work.run());
      }
    } finally {
      HELD.remove(held);
    }
  }
}
