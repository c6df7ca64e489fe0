package org.openmargin.data.download;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Folders;
import org.openmargin.files.Sha256;

/**
 * Downloads a file over HTTP, or copies it from a local folder ({@code file:} address).
 *
 * <p>The bytes go to {@code <target>.part}. An interrupted transfer leaves that file, and the next
 * one resumes it (HTTP Range), or starts over if the server cannot. The file is renamed to the
 * target only if its MD5 is correct.
 */
public final class Download {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final RemoteFile source;
  private final Path target;
  private final Optional<String> md5;

  /**
   * A download that gives up if nothing arrives for a minute.
   *
   * @param target file to write; its folder is created
   * @param md5 32 hex digits; empty: the file is not verified
   */
  public Download(URI source, Path target, Optional<String> md5) {
    this(new RemoteFile(source, ServerTimeout.of(LIMIT)), target, md5);
  }

  Download(RemoteFile source, Path target, Optional<String> md5) {
    this.source = source;
    this.target = target;
    this.md5 = md5;
  }

  /** Receives the progress of a transfer. */
  public interface Progress {

    Progress SILENT = (done, total) -> {};

    /**
     * Called after every few KiB.
     *
     * @param done bytes so far, including those of an earlier transfer
     * @param total bytes of the whole file, or -1 if unknown
     */
    void at(long done, long total);
  }

  /**
   * Downloads the file. An existing one is verified and kept.
   *
   * @throws DataException if the source does not answer or breaks off, the MD5 is wrong, or the
   *     file cannot be written; the target then does not exist, unless it did before
   */
  public Path run(Progress progress) {
    try {
      if (Files.exists(target)) {
        verifyExisting();
        return target;
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (var rest = source.from(Files.exists(part()) ? Files.size(part()) : 0)) {
        save(rest, progress);
      }
      verify();
      Folders.move(part(), target);
      return target;
    } catch (IOException e) {
      throw new DataException(
          "%s: download to %s failed: %s".formatted(source.source(), target, FileErrors.reason(e)),
          e);
    }
  }

  /** The file that grows during a transfer, {@code <target>.part}. */
  public Path part() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private void verifyExisting() throws IOException {
    var actual = Sha256.md5OfFile(target);
    if (md5.isPresent() && !md5.get().equals(actual)) {
      throw new DataException(
          "%s exists already, but its MD5 is %s, not %s; delete it to download it again"
              .formatted(target, actual, md5.get()));
    }
  }

  private void save(RemoteFile.Rest rest, Progress progress) throws IOException {
    try (var out = FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(rest.first()).position(rest.first());
      var buffer = new byte[BUFFER_BYTES];
      for (int read = read(rest, buffer, out.position());
          read >= 0;
          read = read(rest, buffer, out.position())) {
        var bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        progress.at(out.position(), rest.total());
      }
      out.force(true);
    }
  }

  private int read(RemoteFile.Rest rest, byte[] buffer, long done) {
    try {
      return source.timeout().read(rest.body(), buffer);
    } catch (IOException e) {
      throw new DataException(
          "%s: the transfer broke off after %d of %s bytes (%s); run it again to resume"
              .formatted(
                  source.source(),
                  done,
                  rest.total() < 0 ? "unknown" : rest.total(),
                  source.reason(e)),
          e);
    }
  }

  private void verify() throws IOException {
    var actual = Sha256.md5OfFile(part());
    if (md5.isPresent() && !md5.get().equals(actual)) {
      Files.delete(part());
      throw new DataException(
          "%s: the file's MD5 is %s, not %s; the download was deleted: try again or choose another mirror"
              .formatted(source.source(), actual, md5.get()));
    }
  }
}
