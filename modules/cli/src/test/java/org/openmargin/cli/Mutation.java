package org.openmargin.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Damages files as disks, networks and attackers do: the same seed, the same damage.
 *
 * @param random where and what
 */
record Mutation(Random random) {
  private static final int MOST_AT_ONCE = 4;
  private static final int LONGEST_CHUNK = 64;

  /** Parts within parts: more than a stack holds of calls. */
  private static final int DEEP = 20_000;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  /** Numbers that readers of text trip over. */
  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "99999999999999999999",
          "1e999",
          "-1e-999",
          "NaN",
          "Infinity",
          "0x10",
          "",
          "1.5",
          "٣");

  private static final List<String> TOKENS =
      List.of(
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\n",
          "\r",
          "\u0000",
          "\u001b[31m",
          "\uFEFF",
          "\\u",
          "\\",
          "#",
          "../",
          "\u202e",
          "[".repeat(DEEP),
          "{".repeat(DEEP),
          "{\"a\":".repeat(DEEP),
          "a {".repeat(DEEP));

  private static final long[] EXTREMES = {
    0,
    -1,
    1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff,
    0x8000,
    1L << 31,
    1L << 40
  };

  static Mutation of(long seed, int number) {
    return new Mutation(new Random(seed * 1_000_003 + number));
  }

  /**
   * @param other another file, of which parts are put in
   */
  byte[] of(byte[] file, byte[] other) {
    var bytes = file;
    for (var left = 1 + random.nextInt(MOST_AT_ONCE); left > 0; left--) {
      bytes = once(bytes, other);
    }
    return bytes;
  }

  private byte[] once(byte[] file, byte[] other) {
    if (file.length == 0) {
      return other.clone();
    }
    return switch (random.nextInt(10)) {
      case 0, 1 -> flipped(file);
      case 2 -> overwritten(file);
      case 3, 4 -> extreme(file);
      case 5 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 6 -> spliced(file, random.nextInt(file.length), chunk(other));
      case 7 -> repeated(file);
      case 8 -> without(file);
      default -> reworded(file);
    };
  }

  private byte[] flipped(byte[] file) {
    var bytes = file.clone();
    bytes[place(file)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return bytes;
  }

  private byte[] overwritten(byte[] file) {
    var bytes = file.clone();
    bytes[place(file)] = (byte) random.nextInt();
    return bytes;
  }

  /** Half of the damage goes to the first kilobyte, where headers are. */
  private int place(byte[] file) {
    return random.nextInt(random.nextBoolean() ? file.length : Math.min(file.length, 1024));
  }

  /** A length, a size or an offset as no file has it. */
  private byte[] extreme(byte[] file) {
    var bytes = file.clone();
    var width = 1 << random.nextInt(4);
    var at = place(file);
    if (at + width > file.length) {
      return flipped(file);
    }
    var value = EXTREMES[random.nextInt(EXTREMES.length)] + random.nextInt(3) - 1;
    var order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    var all = ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
    var from = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - width;
    System.arraycopy(all, from, bytes, at, width);
    return bytes;
  }

  private byte[] chunk(byte[] file) {
    if (file.length == 0) {
      return new byte[] {0};
    }
    var from = random.nextInt(file.length);
    return Arrays.copyOfRange(
        file, from, Math.min(file.length, from + 1 + random.nextInt(LONGEST_CHUNK)));
  }

  private static byte[] spliced(byte[] file, int at, byte[] part) {
    var out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    out.writeBytes(part);
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }

  private byte[] repeated(byte[] file) {
    var part = chunk(file);
    var many = new ByteArrayOutputStream();
    for (var left = 1 + random.nextInt(20); left > 0; left--) {
      many.writeBytes(part);
    }
    return spliced(file, random.nextInt(file.length), many.toByteArray());
  }

  private byte[] without(byte[] file) {
    var from = random.nextInt(file.length);
    var to = Math.min(file.length, from + 1 + random.nextInt(LONGEST_CHUNK));
    var out = new ByteArrayOutputStream();
    out.write(file, 0, from);
    out.write(file, to, file.length - to);
    return out.toByteArray();
  }

  /** Another number for one in a text, or a sign where there was none. */
  private byte[] reworded(byte[] file) {
    var text = new String(file, StandardCharsets.ISO_8859_1);
    var from = place(file);
    var number = NUMBER.matcher(text);
    if (random.nextBoolean() && number.find(from)) {
      var other = NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.UTF_8);
      var out = new ByteArrayOutputStream();
      out.write(file, 0, number.start());
      out.writeBytes(other);
      out.write(file, number.end(), file.length - number.end());
      return out.toByteArray();
    }
    var token = TOKENS.get(random.nextInt(TOKENS.size()));
    return spliced(file, from, token.getBytes(StandardCharsets.UTF_8));
  }
}
