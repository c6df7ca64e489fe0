package org.openmargin.dicom.file;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The kept attributes of a data set or of an item.
 *
 * @param values by attribute
 */
public record Attributes(Map<Attribute, Value> values) {
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

  /**
   * @param bytes as stored; empty for a sequence
   * @param items of a sequence
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  record Value(byte[] bytes, List<Attributes> items) {}

  public Attributes {
    values = Collections.unmodifiableMap(values);
  }

  /** Whether it is there with a value. */
  public boolean has(Attribute attribute) {
    var value = values.get(attribute);
    return value != null && (value.bytes().length > 0 || !value.items().isEmpty());
  }

  /** Items of a sequence; none if it is missing. */
  public List<Attributes> items(Attribute sequence) {
    return has(sequence) ? values.get(sequence).items() : List.of();
  }

  /** Trimmed text; empty if it is missing or blank. */
  public Optional<String> text(Attribute attribute) {
    return text(bytes(attribute));
  }

  /** The text of a value, without the characters that fill it up. */
  static Optional<String> text(byte[] value) {
    return Optional.of(new String(value, StandardCharsets.ISO_8859_1))
        .map(text -> text.replace('\0', ' ').strip())
        .filter(text -> !text.isEmpty());
  }

  /** An unsigned number of 16 bits. */
  public OptionalInt word(Attribute attribute) {
    var words = words(attribute);
    return words.length == 0 ? OptionalInt.empty() : OptionalInt.of(words[0]);
  }

  /**
   * An unsigned number of 16 bits that no image does without.
   *
   * @throws org.openmargin.files.image.ImageFileException if it is missing
   */
  public int requiredWord(Attribute attribute) {
    return word(attribute).orElseThrow(() -> missing(attribute));
  }

  /** Unsigned numbers of 16 bits. */
  public int[] words(Attribute attribute) {
    var bytes = bytes(attribute);
    if (bytes.length == 1) {
      throw Refusals.damaged("has half a number in %s", attribute);
    }
    var words = new int[bytes.length / 2];
    for (var i = 0; i < words.length; i++) {
      words[i] = (bytes[2 * i] & 0xff) | ((bytes[2 * i + 1] & 0xff) << 8);
    }
    return words;
  }

  /** Bytes as stored; none if it is missing. */
  public byte[] bytes(Attribute attribute) {
    return has(attribute) ? values.get(attribute).bytes() : new byte[0];
  }

  /** A whole number that is written as text. */
  public OptionalInt integer(Attribute attribute) {
    return text(attribute)
        .map(
            text -> {
              if (!INTEGER.matcher(text).matches()) {
                throw Refusals.damaged("has no whole number in %s", attribute);
              }
              return OptionalInt.of(Integer.parseInt(text));
            })
        .orElse(OptionalInt.empty());
  }

  /** Numbers that are written as text, with backslashes between them. */
  public double[] decimals(Attribute attribute) {
    return text(attribute).stream()
        .flatMap(text -> Stream.of(text.split("\\\\", -1)))
        .map(String::strip)
        .flatMapToDouble(
            text -> {
              if (!DECIMAL.matcher(text).matches() || !Double.isFinite(Double.parseDouble(text))) {
                throw Refusals.damaged("has no number in %s", attribute);
              }
              return DoubleStream.of(Double.parseDouble(text));
            })
        .toArray();
  }

  /** What to throw for an attribute that no image does without. */
  public static RuntimeException missing(Attribute attribute) {
    return Refusals.damaged("has no %s", attribute);
  }
}
