package org.openmargin.experiment.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmargin.files.FileErrors;
import org.openmargin.files.FolderLock;

/** The right to work in a run folder, by a {@link FolderLock} on a file. */
public record ProcessLock(Path file) {

  /**
   * Does {@code work} holding the lock; empty if another process or thread holds it.
   *
   * @throws RunException if the file cannot be locked
   */
  public <T> Optional<T> holding(Supplier<T> work) {
    try {
      return new FolderLock(file).tryHolding(work::get);
    } catch (IOException e) {
      throw new RunException("cannot lock " + file + ": " + FileErrors.reason(e), e);
    }
  }

  /** Whether a process holds the lock now. */
  public boolean isTaken() {
    return Files.exists(file) && holding(() -> true).isEmpty();
  }
}
