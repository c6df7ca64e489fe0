package org.openmargin.dicom.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian bytes, read from front to back, never past an end. */
final class DataBytes {
  private final byte[] bytes;
  private int position;

  DataBytes(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  int position() {
    return position;
  }

  int length() {
    return bytes.length;
  }

  /** The next number of 16 bits. */
  int word() {
    need(2);
    position += 2;
    return (bytes[position - 2] & 0xff) | ((bytes[position - 1] & 0xff) << 8);
  }

  /** The next number of 32 bits, unsigned. */
  long longWord() {
    return word() | ((long) word() << 16);
  }

  /** Two characters. */
  String pair() {
    need(2);
    position += 2;
    return new String(bytes, position - 2, 2, StandardCharsets.ISO_8859_1);
  }

  byte[] take(int count) {
    need(count);
    position += count;
    return Arrays.copyOfRange(bytes, position - count, position);
  }

  void skip(int count) {
    need(count);
    position += count;
  }

  /** Whether that many bytes are left. */
  boolean has(long count) {
    return count <= bytes.length - position;
  }

  /** The next tag, without moving on. */
  int peekTag() {
    var tag = tag();
    position -= 4;
    return tag;
  }

  int tag() {
    var group = word();
    return (group << 16) | word();
  }

  private void need(int count) {
    if (!has(count)) {
      throw Refusals.damaged("ends at byte %d, in the middle of an element", bytes.length);
    }
  }
}
