package org.openmargin.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a server, but not for ever. The HTTP client's own timeout is no help: it covers the
 * answer's head only, or in later JDKs the whole transfer, however well it goes.
 *
 * @param limit the longest wait
 */
record Patience(Duration limit) {

  /**
   * @throws IOException the failure itself, or that the limit has passed
   */
  <T> T await(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("nothing came for %d s".formatted(limit.toSeconds()), e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads what there is, as {@link InputStream#read(byte[])}; the caller closes the stream. */
  int read(InputStream in, byte[] buffer) throws IOException {
    return await(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return in.read(buffer);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof UncheckedIOException unchecked) {
      return unchecked.getCause();
    }
    return cause instanceof IOException failure ? failure : new IOException(cause);
  }
}
