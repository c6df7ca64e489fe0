package org.openmargin.experiment.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.openmargin.files.FileErrors;

/**
 * The right to work in a folder. The operating system gives it to one process at a time and takes
 * it back when that process ends, however it ends; the file itself stays and means nothing.
 *
 * @param file is made if it is not there, with its folder
 */
public record ProcessLock(Path file) {
  /**
   * The files that this process has locked: on most systems a lock is gone when the process opens
   * and closes its file once more.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /**
   * Does {@code work} with the lock; nothing if another process or thread has it.
   *
   * @throws RunException if the file cannot be locked
   */
  public <T> Optional<T> holding(Supplier<T> work) {
    var held = file.toAbsolutePath().normalize();
    if (!HELD.add(held)) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(held.getParent());
      try (var channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Closing the channel gives the lock back.
        return channel.tryLock() == null ? Optional.empty() : Optional.of(work.get());
      }
    } catch (IOException e) {
      throw new RunException("cannot lock " + file + ": " + FileErrors.reason(e), e);
    } finally {
      HELD.remove(held);
    }
  }

  /** Whether a process has the lock now. */
  public boolean isTaken() {
    return Files.exists(file) && holding(() -> true).isEmpty();
  }
}
