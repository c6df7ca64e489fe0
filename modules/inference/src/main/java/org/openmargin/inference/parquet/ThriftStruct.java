package org.openmargin.inference.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A struct in Thrift's compact protocol, in which Parquet's metadata are written. Its fields are
 * given in the order of their ids.
 */
final class ThriftStruct {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  /** Larger differences of ids, and longer lists, have a longer form. */
  private static final int SHORT = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  ThriftStruct i32(int id, int value) {
    field(id, I32);
    zigzag(value);
    return this;
  }

  ThriftStruct i64(int id, long value) {
    field(id, I64);
    zigzag(value);
    return this;
  }

  ThriftStruct text(int id, String value) {
    field(id, BINARY);
    binary(value);
    return this;
  }

  ThriftStruct struct(int id, ThriftStruct value) {
    field(id, STRUCT);
    out.writeBytes(value.bytes());
    return this;
  }

  ThriftStruct i32s(int id, List<Integer> values) {
    list(id, I32, values.size());
    values.forEach(this::zigzag);
    return this;
  }

  ThriftStruct texts(int id, List<String> values) {
    list(id, BINARY, values.size());
    values.forEach(this::binary);
    return this;
  }

  ThriftStruct structs(int id, List<ThriftStruct> values) {
    list(id, STRUCT, values.size());
    values.forEach(value -> out.writeBytes(value.bytes()));
    return this;
  }

  /** With the stop that ends a struct. */
  byte[] bytes() {
    var ended = new ByteArrayOutputStream();
    ended.writeBytes(out.toByteArray());
    ended.write(0);
    return ended.toByteArray();
  }

  private void field(int id, int type) {
    if (id <= last || id - last > SHORT) {
      throw new IllegalArgumentException("field " + id + " after " + last);
    }
    out.write(((id - last) << 4) | type);
    last = id;
  }

  private void list(int id, int type, int size) {
    field(id, LIST);
    if (size < SHORT) {
      out.write((size << 4) | type);
    } else {
      out.write((SHORT << 4) | type);
      varint(size);
    }
  }

  private void binary(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  private void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  private void varint(long value) {
    Varint.write(value, out);
  }
}
