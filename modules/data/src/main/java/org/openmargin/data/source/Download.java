package org.openmargin.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/**
 * A file to fetch: over HTTP, or from a local folder ({@code file:} address).
 *
 * <p>The bytes go to {@code <target>.part}. A transfer that breaks off leaves that file, and the
 * next one goes on from there (HTTP Range) or begins anew when the server cannot. Only when the MD5
 * is right is it renamed to the target.
 *
 * @param source address
 * @param target file to write; its folder is created
 * @param md5 32 hex digits to verify; empty: the file is not verified
 * @param patience how long to wait for the answer, and for each next byte of it
 */
public record Download(URI source, Path target, Optional<String> md5, Duration patience) {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  /**
   * A download that gives up when no byte comes for a minute.
   *
   * @param source address
   * @param target file to write; its folder is created
   * @param md5 32 hex digits to verify; empty: the file is not verified
   */
  public Download(URI source, Path target, Optional<String> md5) {
    this(source, target, md5, PATIENCE);
  }

  /** Hears how far a transfer is. */
  public interface Progress {

    /** Hears nothing. */
    Progress SILENT = (done, total) -> {};

    /**
     * Called after every few KiB.
     *
     * @param done bytes there so far, with those of an earlier transfer
     * @param total bytes of the whole file, or -1 when the server does not say
     */
    void at(long done, long total);
  }

  /**
   * Fetches the file. One that is there already is verified and kept.
   *
   * @param progress hears how far it is
   * @return the target
   * @throws DataException when the source does not answer or breaks off, the MD5 is wrong, or the
   *     file cannot be written; there is no target file then, unless it was there before
   */
  public Path run(Progress progress) {
    try {
      if (Files.exists(target)) {
        verifyExisting();
        return target;
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      if ("file".equals(source.getScheme())) {
        copyLocal(progress);
      } else {
        fetch(progress);
      }
      verify();
      publish();
      return target;
    } catch (IOException e) {
      throw new DataException(
          "%s: download to %s failed: %s".formatted(source, target, FileErrors.reason(e)), e);
    }
  }

  /**
   * The file that grows during a transfer.
   *
   * @return {@code <target>.part}
   */
  public Path part() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private void verifyExisting() throws IOException {
    String actual = Sha256.md5OfFile(target);
    if (md5.isPresent() && !md5.get().equals(actual)) {
      throw new DataException(
          "%s is there already, but its MD5 is %s, not %s; delete it to download it again"
              .formatted(target, actual, md5.get()));
    }
  }

  private void copyLocal(Progress progress) throws IOException {
    Path file = Path.of(source);
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + ": no such file on the mirror");
    }
    try (InputStream in = Files.newInputStream(file)) {
      save(in, 0, Files.size(file), progress);
    }
  }

  private void fetch(Progress progress) throws IOException {
    long there = Files.exists(part()) ? Files.size(part()) : 0;
    HttpResponse<InputStream> response = request(there);
    if (response.statusCode() == 416) {
      // The part is as long as the file or longer: it is no beginning of it.
      response.body().close();
      response = request(0);
    }
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status != 200 && status != 206) {
        throw new DataException(
            "%s: the server answered %d; check the address or choose another mirror"
                .formatted(source, status));
      }
      long first = status == 206 ? firstByte(response, there) : 0;
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      save(body, first, length < 0 ? -1 : first + length, progress);
    }
  }

  private HttpResponse<InputStream> request(long firstByte) {
    HttpRequest.Builder request = HttpRequest.newBuilder(source).header("User-Agent", "openmargin");
    if (firstByte > 0) {
      request.header("Range", "bytes=" + firstByte + "-");
    }
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    try {
      return new Patience(patience)
          .await(client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new DataException(
          "%s: no answer: %s; run it again to go on, or name another server or a folder by --mirror"
              .formatted(source, reason(e)),
          e);
    }
  }

  private long firstByte(HttpResponse<InputStream> response, long expected) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != expected) {
      throw new DataException(
          "%s: the server answered with the range '%s' instead of bytes %d-; delete %s to begin anew"
              .formatted(source, range, expected, part()));
    }
    return expected;
  }

  private void save(InputStream in, long first, long total, Progress progress) throws IOException {
    try (FileChannel out =
        FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(first).position(first);
      byte[] buffer = new byte[BUFFER_BYTES];
      long done = first;
      for (int read = readOrExplain(in, buffer, done, total); read >= 0; ) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          done += out.write(bytes);
        }
        progress.at(done, total);
        read = readOrExplain(in, buffer, done, total);
      }
      out.force(true);
    }
  }

  private int readOrExplain(InputStream in, byte[] buffer, long done, long total) {
    try {
      return new Patience(patience).read(in, buffer);
    } catch (IOException e) {
      throw new DataException(
          "%s: the transfer broke off after %d of %s bytes (%s); run it again to go on from there"
              .formatted(source, done, total < 0 ? "unknown" : total, reason(e)),
          e);
    }
  }

  private void verify() throws IOException {
    String actual = Sha256.md5OfFile(part());
    if (md5.isPresent() && !md5.get().equals(actual)) {
      Files.delete(part());
      throw new DataException(
          "%s: the file's MD5 is %s, not %s; what was downloaded is deleted: try again or choose another mirror"
              .formatted(source, actual, md5.get()));
    }
  }

  private void publish() throws IOException {
    Files.move(part(), target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** In words, where the message of the exception is its class or nothing. */
  private String reason(IOException e) {
    if (causes(e).anyMatch(UnresolvedAddressException.class::isInstance)) {
      return "the host %s is not known, or this machine is offline".formatted(source.getHost());
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within %d s".formatted(CONNECT_TIMEOUT.toSeconds());
    }
    return e instanceof ConnectException && e.getMessage() == null
        ? "no connection to " + source.getAuthority()
        : FileErrors.reason(e);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }
}
