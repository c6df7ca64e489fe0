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
 * The right to write something that several processes may want to write. The operating system
 * grants it to one process at a time and takes it back when that process ends, however it ends; the
 * file itself stays and means nothing.
 *
 * @param file created if it does not exist, with its folder
 */
public record FolderLock(Path file) {
  /**
   * The files that this process has locked: on most systems a lock is lost as soon as the process
   * opens and closes its file once more.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** What is done with the lock. */
  @FunctionalInterface
  public interface Work<T> {
    /** Gives a result, not null. */
    T run() throws IOException;
  }

  /**
   * Does {@code work} with the lock, or nothing if another process or thread has it.
   *
   * @throws IOException if the file cannot be locked, or from the work
   */
  public <T> Optional<T> tryHolding(Work<T> work) throws IOException {
    return holding(work, false);
  }

  /**
   * As {@link #tryHolding}, but waits until no other process has the lock; nothing only if another
   * thread of this process has it.
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
        // Closing the channel gives the lock back.
        var lock = waits ? channel.lock() : channel.tryLock();
        return lock == null ? Optional.empty() : Optional.of(work.run());
      }
    } finally {
      HELD.remove(held);
    }
  }
}
