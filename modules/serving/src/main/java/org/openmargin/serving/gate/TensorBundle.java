package org.openmargin.serving.gate;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openmargin.files.TfRecords;
import org.openmargin.serving.ModelException;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;

/**
 * The index of a TensorFlow checkpoint, read without TensorFlow: a table of sorted keys
 * (tensorflow/core/lib/io/table_format.txt) from names to types, shapes and places in the data
 * file.
 *
 * @param entries by name
 */
record TensorBundle(SortedMap<String, BundleEntryProto> entries) {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;

  /** Where a block of the file lies. */
  private record Block(long offset, long size) {
    static Block of(ByteBuffer bytes) {
      return new Block(varint(bytes), varint(bytes));
    }
  }

  /**
   * @param prefix path without {@code .index}
   * @throws ModelException if the file is damaged or cut off
   */
  static TensorBundle read(Path prefix) throws IOException {
    var file = prefix.resolveSibling(prefix.getFileName() + ".index");
    try {
      return parsed(Files.readAllBytes(file));
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | InvalidProtocolBufferException e) {
      throw new ModelException(file.getFileName() + " is damaged or cut off", e);
    }
  }

  private static TensorBundle parsed(byte[] file) throws InvalidProtocolBufferException {
    var footer = little(file).position(file.length - FOOTER).slice().order(ByteOrder.LITTLE_ENDIAN);
    if (footer.getLong(FOOTER - Long.BYTES) != MAGIC) {
      throw new IllegalArgumentException("no table");
    }
    Block.of(footer);
    var values = new TreeMap<String, ByteBuffer>();
    for (var handle : block(file, Block.of(footer)).values()) {
      values.putAll(block(file, Block.of(handle)));
    }
    if (!values.containsKey("")) {
      throw new IllegalArgumentException("no header");
    }
    var header = BundleHeaderProto.parseFrom(values.remove(""));
    if (header.getNumShards() != 1
        || header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
      throw new IllegalArgumentException("not one little-endian file");
    }
    var entries = new TreeMap<String, BundleEntryProto>();
    for (var value : values.entrySet()) {
      entries.put(value.getKey(), BundleEntryProto.parseFrom(value.getValue()));
    }
    return new TensorBundle(entries);
  }

  /** Keys share the beginnings of those before them. */
  private static SortedMap<String, ByteBuffer> block(byte[] file, Block at) {
    var from = Math.toIntExact(at.offset());
    var size = Math.toIntExact(at.size());
    if (from < 0 || size < 0 || size > file.length - TRAILER - from) {
      throw new IllegalArgumentException("a block beyond the end");
    }
    var checked = Arrays.copyOfRange(file, from, from + size + 1);
    var trailer = little(file).position(from + size);
    if (trailer.get() != 0 || trailer.getInt() != TfRecords.maskedCrc(checked)) {
      throw new IllegalArgumentException("a block with a wrong checksum");
    }
    var block = little(checked).limit(size);
    var restarts = block.getInt(size - Integer.BYTES);
    block.limit(size - Integer.BYTES * Math.addExact(restarts, 1));
    var values = new TreeMap<String, ByteBuffer>();
    var key = new byte[0];
    while (block.hasRemaining()) {
      var shared = (int) varint(block);
      var rest = (int) varint(block);
      var length = (int) varint(block);
      if (shared < 0 || shared > key.length || rest < 0 || rest > block.remaining()) {
        throw new IllegalArgumentException("a key that shares too much");
      }
      key = Arrays.copyOf(key, shared + rest);
      block.get(key, shared, rest);
      values.put(new String(key, StandardCharsets.UTF_8), block.slice(block.position(), length));
      block.position(block.position() + length);
    }
    return values;
  }

  private static long varint(ByteBuffer bytes) {
    var value = 0L;
    for (var shift = 0; shift < Long.SIZE; shift += 7) {
      var next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
