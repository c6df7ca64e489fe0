package org.openmargin.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up on a server that sends nothing. The HTTP client's own timeout does not help: it covers
 * only the response headers or, in later JDKs, the whole transfer, however well it goes.
 *
 * @param limit longest wait for the response, and for each next byte of it
 * @param clock decides when the limit has passed
 */
record ServerTimeout(Duration limit, Clock clock) {

  /** Waits for a result, up to a limit. */
  interface Clock {
    /** Whether the limit passes before there is a result or a failure. */
    boolean passes(Duration limit, CompletableFuture<?> result) throws InterruptedException;
  }

  static ServerTimeout of(Duration limit) {
    return new ServerTimeout(limit, ServerTimeout::passes);
  }

  private static boolean passes(Duration limit, CompletableFuture<?> result)
      throws InterruptedException {
    try {
      result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (ExecutionException e) {
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }

  /**
   * @throws IOException the failure itself, or one that says that the limit has passed
   */
  <T> T await(CompletableFuture<T> result) throws IOException {
    try {
      if (clock.passes(limit, result)) {
        result.cancel(true);
        throw new IOException("no data for %d s".formatted(limit.toSeconds()));
      }
      return result.get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads like {@link InputStream#read(byte[])}; the caller closes the stream. */
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
