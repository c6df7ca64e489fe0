package org.openmargin.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Renews the time of a file while something runs, by writing its first byte again: then the time is
 * that of the file system's server, not of this machine.
 */
public final class Heartbeat implements AutoCloseable {
  private static final long SECONDS = 20;

  private final Path file;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var daemon = new Thread(work, "heartbeat");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * @param file begins with {@code #}
   */
  public Heartbeat(Path file) {
    this.file = file;
  }

  /** Renews it from now on, every 20 s, until this is closed. */
  public void start() {
    var unused = thread.scheduleWithFixedDelay(this::beat, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Renews it once; a failure is ignored, as the next time may succeed. */
  public void beat() {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("#".getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // Without any success, the file grows old.
      return;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
