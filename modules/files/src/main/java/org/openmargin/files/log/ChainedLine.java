package org.openmargin.files.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openmargin.files.Sha256;

/**
 * A line of a {@link ChainedLog}.
 *
 * @param number from 1
 * @param previous hash of the line before
 * @param hash of all before it in the line, 64 hex digits
 * @param text of the whole line
 */
record ChainedLine(long number, String previous, String hash, String text) {
  /** Before the first line. */
  static final ChainedLine NONE = new ChainedLine(0, "", "0".repeat(64), "");

  private static final String PURPOSE = "audit line";
  private static final Pattern LINE =
      Pattern.compile(
          "(\\{\"n\":(\\d{1,18}),.*,\"previous\":\"([0-9a-f]{64})\"),\"hash\":\"([0-9a-f]{64})\"\\}");

  static Optional<ChainedLine> read(String text) {
    var found = LINE.matcher(text);
    return found.matches()
        ? Optional.of(
            new ChainedLine(Long.parseLong(found.group(2)), found.group(3), found.group(4), text))
        : Optional.empty();
  }

  ChainedLine next(Instant time, Map<String, String> event, Optional<SiteKey> key) {
    var line = new StringBuilder();
    line.append("{\"n\":").append(number + 1);
    field(line, "time", time.truncatedTo(ChronoUnit.MILLIS).toString());
    event.forEach((name, value) -> field(line, name, value));
    field(line, "previous", hash);
    var next = hash(line.toString(), key);
    return new ChainedLine(number + 1, hash, next, line + ",\"hash\":\"" + next + "\"}");
  }

  /** Whether the hash is that of the line. */
  boolean isIntact(Optional<SiteKey> key) {
    return hash(text.substring(0, text.lastIndexOf(",\"hash\":")), key).equals(hash);
  }

  boolean isAt(ChainedLine other) {
    return number == other.number && hash.equals(other.hash);
  }

  boolean follows(ChainedLine other) {
    return number == other.number + 1 && previous.equals(other.hash);
  }

  private static String hash(String text, Optional<SiteKey> key) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return key.map(k -> k.hmac(PURPOSE, bytes)).orElseGet(() -> new Sha256().add(bytes).hex());
  }

  private static void field(StringBuilder line, String name, String value) {
    line.append(",\"").append(name).append("\":\"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                line.append('\\').appendCodePoint(c);
              } else if (c < ' ') {
                line.append("\\u%04x".formatted(c));
              } else {
                line.appendCodePoint(c);
              }
            });
    line.append('"');
  }
}
