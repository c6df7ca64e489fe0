package org.openmargin.files.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FolderLock;

/**
 * A log whose lines are chained by their hashes: one JSON object per line with its number, time,
 * the hash of the line before and its own. A line that is changed, removed, inserted or moved
 * breaks the chain, and {@link ChainCheck} finds it. A second file, {@code FILE.head}, holds the
 * last number and hash, so that missing lines at the end are found as well.
 *
 * <p>Several processes can append at once. Lines are on disk when {@link #append} returns. Without
 * a key anybody can compute a whole new chain; with one only its owner can. Nobody can tell if both
 * files are put back to an earlier state: keep the head elsewhere, too.
 *
 * @param key of hashes, which are HMAC-SHA256 then; empty for SHA-256
 */
public record ChainedLog(Path file, Optional<SiteKey> key) {
  private static final Object APPENDING = new Object();
  private static final int TAIL_BYTES = 1 << 16;

  Path head() {
    return file.resolveSibling(file.getFileName() + ".head");
  }

  /**
   * Appends events, in order.
   *
   * @param events fields of each, in order; none may be named n, time, previous or hash
   * @throws IOException if they cannot be written, or the log does not end as its head says
   */
  public void append(List<Map<String, String>> events) throws IOException {
    var lock = new FolderLock(file.resolveSibling(file.getFileName() + ".lock"));
    synchronized (APPENDING) {
      var written =
          lock.holding(
              () -> {
                write(events);
                return true;
              });
      if (written.isEmpty()) {
        throw new IOException(file + " is being written by another part of this process");
      }
    }
  }

  private void write(List<Map<String, String>> events) throws IOException {
    var last = last();
    var text = new StringBuilder();
    for (var event : events) {
      last = last.next(Instant.now(), event, key);
      text.append(last.text()).append('\n');
    }
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    var head = last.number() + " " + last.hash() + "\n";
    AtomicTextFile.write(head(), writer -> writer.write(head));
  }

  /** The last line, which must be that of the head, or follow it if a process ended in between. */
  private ChainedLine last() throws IOException {
    var last = tail();
    var head = readHead();
    if (head.isEmpty() && last.number() == 0) {
      return last;
    }
    if (head.isEmpty() || !(last.isAt(head.get()) || last.follows(head.get()))) {
      throw new IOException(
          "%s does not end as %s says, so nothing is appended; see: openmargin audit verify"
              .formatted(file, head()));
    }
    return last;
  }

  private ChainedLine tail() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return ChainedLine.NONE;
    }
    try (var channel = FileChannel.open(file)) {
      var from = Math.max(0, channel.size() - TAIL_BYTES);
      var bytes = ByteBuffer.allocate((int) (channel.size() - from));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // Reads on.
      }
      var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      var line = text.substring(text.stripTrailing().lastIndexOf('\n') + 1);
      return ChainedLine.read(line.stripTrailing())
          .filter(l -> line.endsWith("\n"))
          .orElseThrow(() -> new IOException("the last line of " + file + " is broken"));
    }
  }

  /** The number and the hash of the last line; empty if there is no head. */
  Optional<ChainedLine> readHead() throws IOException {
    if (!Files.exists(head())) {
      return Optional.empty();
    }
    var words = Files.readString(head()).strip().split(" ", 2);
    if (words.length != 2 || !words[0].matches("\\d{1,18}")) {
      throw new IOException(head() + " is damaged");
    }
    return Optional.of(new ChainedLine(Long.parseLong(words[0]), "", words[1], ""));
  }
}
