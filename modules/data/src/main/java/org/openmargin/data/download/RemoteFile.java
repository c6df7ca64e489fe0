package org.openmargin.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;

/** A file on an HTTP server or, with a {@code file:} address, in a local folder. */
record RemoteFile(URI source, ServerTimeout timeout) {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  /**
   * The rest of the file.
   *
   * @param first index of the body's first byte
   * @param total bytes of the whole file, or -1 if unknown
   */
  record Rest(InputStream body, long first, long total) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Requests the file from byte {@code there} on; the server may send all of it instead.
   *
   * @throws DataException if there is no useful response
   */
  Rest from(long there) throws IOException {
    if ("file".equals(source.getScheme())) {
      var file = Path.of(source);
      if (!Files.isRegularFile(file)) {
        throw new DataException(file + ": no such file on the mirror");
      }
      return new Rest(Files.newInputStream(file), 0, Files.size(file));
    }
    var response = request(there);
    var status = response.statusCode();
    if (status == OK || status == PARTIAL) {
      var first = status == PARTIAL ? firstByte(response, there) : 0;
      var length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      return new Rest(response.body(), first, length < 0 ? -1 : first + length);
    }
    response.body().close();
    if (status == NO_SUCH_RANGE && there > 0) {
      // The local part is as long as the file or longer, so it is not its beginning.
      return from(0);
    }
    throw new DataException(
        "%s: the server answered %d; check the address or choose another mirror"
            .formatted(source, status));
  }

  private HttpResponse<InputStream> request(long firstByte) {
    var request = HttpRequest.newBuilder(source).header("User-Agent", "openmargin");
    if (firstByte > 0) {
      request.header("Range", "bytes=" + firstByte + "-");
    }
    var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    try {
      return timeout.await(
          client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new DataException(
          "%s: no answer: %s; run it again to resume, or give MedMnist.uri another server or a folder"
              .formatted(source, reason(e)),
          e);
    }
  }

  private long firstByte(HttpResponse<InputStream> response, long expected) throws IOException {
    var range = response.headers().firstValue("Content-Range").orElse("");
    var matcher = CONTENT_RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != expected) {
      response.body().close();
      throw new DataException(
          "%s: the server answered with the range '%s' instead of bytes %d-; delete the .part file to start over"
              .formatted(source, range, expected));
    }
    return expected;
  }

  /** A reason in words, even if the exception has no useful message. */
  String reason(IOException e) {
    if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .anyMatch(UnresolvedAddressException.class::isInstance)) {
      return "the host %s is unknown, or this machine is offline".formatted(source.getHost());
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within %d s".formatted(CONNECT_TIMEOUT.toSeconds());
    }
    return e instanceof ConnectException && e.getMessage() == null
        ? "no connection to " + source.getAuthority()
        : FileErrors.reason(e);
  }
}
