package org.openmargin.trainer.weights;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.openmargin.files.TfRecords;
import org.openmargin.trainer.weights.NamedTensors.NamedTensor;

/**
 * Reads a TensorFlow checkpoint (format V2) without TensorFlow: {@code prefix.index} is a table of
 * LevelDB's format, name to {@code BundleEntryProto}; {@code prefix.data-00000-of-00001} holds the
 * elements (tensorflow/core/util/tensor_bundle, leveldb/doc/table_format.md).
 *
 * @param prefix path without extension
 */
record TensorBundle(Path prefix) {
  private static final int FOOTER_BYTES = 48;
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FLOAT = 1;
  private static final int MOST_BYTES = 1 << 30;

  /**
   * @throws WeightsException if the index is damaged
   * @throws IOException if it cannot be read
   */
  static NamedTensors read(Path prefix) throws IOException {
    var index = prefix.resolveSibling(prefix.getFileName() + ".index");
    var bytes = Files.readAllBytes(index);
    try {
      return new TensorBundle(prefix).tensors(bytes);
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | IOException e) {
      throw new WeightsException(index + " is damaged: it is no index of a checkpoint", e);
    }
  }

  /** A part of the table: entries from {@code from}, restarts from {@code to} on. */
  private record Block(int from, int to) {
    static Block of(byte[] table, CodedInputStream handle) throws IOException {
      var offset = Math.toIntExact(handle.readRawVarint64());
      var size = Math.toIntExact(handle.readRawVarint64());
      if (table[offset + size] != 0) {
        throw new IllegalArgumentException("a compressed block");
      }
      var restarts =
          ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).getInt(offset + size - 4);
      return new Block(offset, offset + size - 4 - 4 * restarts);
    }
  }

  /** Reads the value of one entry. */
  private interface EntryReader {
    void read(String key, CodedInputStream value) throws IOException;
  }

  private NamedTensors tensors(byte[] table) throws IOException {
    var footer = table.length - FOOTER_BYTES;
    if (ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).getLong(table.length - 8) != MAGIC) {
      throw new IllegalArgumentException("no table");
    }
    var handles = CodedInputStream.newInstance(table, footer, FOOTER_BYTES);
    handles.readRawVarint64();
    handles.readRawVarint64();
    var blocks = new ArrayList<Block>();
    entries(table, Block.of(table, handles), (key, value) -> blocks.add(Block.of(table, value)));
    var tensors = new TreeMap<String, NamedTensor>();
    var shards = new int[] {1};
    for (var block : blocks) {
      entries(
          table,
          block,
          (key, value) -> {
            if (key.isEmpty()) {
              shards[0] = shards(value);
            } else {
              tensors.put(key, Entry.of(value).tensor(this, key, shards[0]));
            }
          });
    }
    return new NamedTensors(prefix, tensors);
  }

  /** Each: shared and own length of the key, length of the value, rest of the key, value. */
  private static void entries(byte[] table, Block block, EntryReader reader) throws IOException {
    var in = CodedInputStream.newInstance(table, block.from(), block.to() - block.from());
    var key = new byte[0];
    while (!in.isAtEnd()) {
      var shared = in.readRawVarint32();
      var own = in.readRawVarint32();
      var size = in.readRawVarint32();
      var rest = in.readRawBytes(own);
      if (shared < 0 || shared > key.length) {
        throw new IllegalArgumentException("a key that shares too much");
      }
      key = Arrays.copyOf(key, shared + own);
      System.arraycopy(rest, 0, key, shared, own);
      var value = CodedInputStream.newInstance(in.readRawBytes(size));
      reader.read(new String(key, StandardCharsets.UTF_8), value);
    }
  }

  /** Field 1 of {@code BundleHeaderProto}. */
  private static int shards(CodedInputStream header) throws IOException {
    for (var tag = header.readTag(); tag != 0; tag = header.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        return header.readInt32();
      }
      header.skipField(tag);
    }
    return 1;
  }

  /** {@code BundleEntryProto}: 1 type, 2 shape, 3 shard, 4 offset, 5 size, 6 masked CRC-32C. */
  private record Entry(
      int type, List<Long> shape, int shard, long offset, long size, int checksum) {
    static Entry of(CodedInputStream in) throws IOException {
      var numbers = new long[7];
      var shape = new ArrayList<Long>();
      for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
        var field = WireFormat.getTagFieldNumber(tag);
        if (field == 2) {
          shape.addAll(shape(CodedInputStream.newInstance(in.readByteArray())));
        } else if (field <= 5) {
          numbers[field] = in.readRawVarint64();
        } else if (field == 6) {
          numbers[field] = in.readFixed32();
        } else {
          in.skipField(tag);
        }
      }
      return new Entry(
          (int) numbers[1], shape, (int) numbers[3], numbers[4], numbers[5], (int) numbers[6]);
    }

    boolean fits(byte[] bytes) {
      return TfRecords.maskedCrc(bytes) == checksum;
    }

    /** {@code TensorShapeProto}: field 2 repeats dimensions, whose field 1 is the size. */
    private static List<Long> shape(CodedInputStream in) throws IOException {
      var shape = new ArrayList<Long>();
      for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == 2) {
          var dimension = CodedInputStream.newInstance(in.readByteArray());
          shape.add(dimension.readTag() == 0 ? 0 : dimension.readRawVarint64());
        } else {
          in.skipField(tag);
        }
      }
      return shape;
    }

    NamedTensor tensor(TensorBundle bundle, String name, int shards) {
      if (type != FLOAT) {
        return new NamedTensor("type " + type, shape, () -> new float[0]);
      }
      if (size != 4L * NamedTensors.elements(name, shape) || size > MOST_BYTES) {
        throw new IllegalArgumentException("shape and size of " + name);
      }
      return new NamedTensor("F32", shape, () -> bundle.values(this, shards));
    }
  }

  private float[] values(Entry entry, int shards) {
    var name = String.format(Locale.ROOT, "%s.data-%05d-of-%05d", prefix, entry.shard(), shards);
    try (var file = new RandomAccessFile(name, "r")) {
      if (entry.offset() < 0 || entry.offset() > file.length() - entry.size()) {
        throw new WeightsException(name + " is damaged or cut off: a tensor lies beyond its end");
      }
      var bytes = new byte[(int) entry.size()];
      file.seek(entry.offset());
      file.readFully(bytes);
      if (!entry.fits(bytes)) {
        throw new WeightsException(name + " is damaged: a tensor does not have its checksum");
      }
      return Elements.F32.values(bytes);
    } catch (IOException e) {
      throw new WeightsException(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
