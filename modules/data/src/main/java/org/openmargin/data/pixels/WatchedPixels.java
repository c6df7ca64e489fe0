package org.openmargin.data.pixels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.PixelStore;
import org.openmargin.files.FileErrors;

/**
 * Pixels in a file of the user, read in place for as long as a training takes. If the file is
 * written meanwhile, its next image is refused: it would be noise. A file that takes its place by a
 * rename does no harm, because the old one stays open.
 */
public final class WatchedPixels implements PixelStore {
  private final Path file;
  private final PixelStore pixels;
  private final State opened;

  /**
   * @param key identifies the file itself, where the system has that
   */
  private record State(Optional<Object> key, FileTime written, long size) {
    static State of(Path file) throws IOException {
      var facts = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(
          Optional.ofNullable(facts.fileKey()), facts.lastModifiedTime(), facts.size());
    }

    boolean isAnotherFile(State other) {
      return key.isPresent() && !key.equals(other.key);
    }
  }

  private WatchedPixels(Path file, PixelStore pixels, State opened) {
    this.file = file;
    this.pixels = pixels;
    this.opened = opened;
  }

  /**
   * Watches from now on.
   *
   * @param pixels of the file, just opened
   */
  public static WatchedPixels of(Path file, PixelStore pixels) throws IOException {
    return new WatchedPixels(file, pixels, State.of(file));
  }

  @Override
  public void copyTo(int index, byte[] target, int offset) {
    pixels.copyTo(index, target, offset);
    // After reading: a change that came before is seen.
    requireUnchanged();
  }

  private void requireUnchanged() {
    try {
      var now = State.of(file);
      if (!now.equals(opened) && !now.isAnotherFile(opened)) {
        throw new DataException(
            "%s was changed while its images were read: put the original back and resume, or start anew"
                .formatted(file));
      }
    } catch (IOException e) {
      // Removed: the open file still has its images.
      if (Files.exists(file)) {
        throw new DataException("%s cannot be read: %s".formatted(file, FileErrors.reason(e)), e);
      }
    }
  }
}
