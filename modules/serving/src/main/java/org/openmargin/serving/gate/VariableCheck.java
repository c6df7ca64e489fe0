package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.openmargin.files.FileErrors;
import org.openmargin.files.TfRecords;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The variables' files, read without TensorFlow: whether they hold what the graph declares, each
 * with its checksum, and whether every weight is finite.
 */
record VariableCheck(Path directory, MetaGraphDef meta) {

  /** Bytes that are read at once; a variable may be larger than an array. */
  private static final int CHUNK = 1 << 20;

  List<Finding> check() {
    var declared = new TreeMap<String, NodeDef>();
    meta.getGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().equals("VarHandleOp"))
        .forEach(node -> declared.put(name(node), node));
    var prefix = directory.resolve(ModelContract.VARIABLES);
    if (declared.isEmpty() && Files.notExists(prefix.getParent())) {
      return List.of(new Finding(true, "there are no variables"));
    }
    var file = prefix.resolveSibling("variables.data-00000-of-00001");
    var index = prefix.resolveSibling("variables.index");
    var special = VersionFiles.special(List.of(index, file));
    if (!special.isEmpty()) {
      return List.of(new Finding(false, special + " cannot be read as files"));
    }
    try (var data = FileChannel.open(file)) {
      var entries = TensorBundle.read(prefix).entries();
      var problems = new ArrayList<String>();
      problems.addAll(places(entries, data.size()));
      var names = new TreeSet<>(declared.keySet());
      names.addAll(entries.keySet());
      for (var name : names) {
        if (!entries.containsKey(name)) {
          problems.add("variable %s has no value".formatted(name));
        } else if (!declared.containsKey(name)) {
          problems.add("the value %s belongs to no variable".formatted(name));
        } else {
          problems.addAll(differences(name, declared.get(name), entries.get(name)));
          problems.addAll(contents(name, entries.get(name), data));
        }
      }
      return List.of(
          Finding.of(
              "%d variables: declared types and shapes, checksums, finite".formatted(names.size()),
              problems));
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    } catch (IOException e) {
      return List.of(new Finding(false, "the variables cannot be read: " + FileErrors.reason(e)));
    }
  }

  /** The key of a variable in the file. */
  static String name(NodeDef node) {
    var shared = node.getAttrOrThrow("shared_name").getS().toStringUtf8();
    return shared.isEmpty() ? node.getName() : shared;
  }

  /** Values lie one behind the other, and nothing else does. */
  private static List<String> places(Map<String, BundleEntryProto> entries, long size) {
    var problems = new ArrayList<String>();
    var byPlace = new ArrayList<>(entries.entrySet());
    byPlace.sort(Comparator.comparingLong(entry -> entry.getValue().getOffset()));
    var at = 0L;
    for (var entry : byPlace) {
      if (entry.getValue().getOffset() != at) {
        problems.add(
            "the value of %s does not lie behind the one before".formatted(entry.getKey()));
      }
      at = entry.getValue().getOffset() + entry.getValue().getSize();
    }
    if (at != size && problems.isEmpty()) {
      problems.add(
          "the file of the variables has %d bytes, of which %d are values".formatted(size, at));
    }
    return problems;
  }

  private static List<String> differences(String name, NodeDef node, BundleEntryProto entry) {
    return node.getAttrOrThrow("dtype").getType() == entry.getDtype()
            && node.getAttrOrThrow("shape").getShape().equals(entry.getShape())
            && entry.getSize() == bytes(entry)
        ? List.of()
        : List.of("variable %s is stored with another type or shape".formatted(name));
  }

  /** That a value of this type and shape takes; -1 for types that no variable has. */
  private static long bytes(BundleEntryProto entry) {
    var one =
        switch (entry.getDtype()) {
          case DT_DOUBLE, DT_INT64 -> Long.BYTES;
          case DT_FLOAT, DT_INT32 -> Integer.BYTES;
          case DT_BFLOAT16, DT_HALF -> Short.BYTES;
          case DT_UINT8, DT_INT8, DT_BOOL -> 1;
          default -> -1;
        };
    return entry.getShape().getDimList().stream()
        .mapToLong(TensorShapeProto.Dim::getSize)
        .reduce(one, (a, b) -> a * b);
  }

  private static List<String> contents(String name, BundleEntryProto entry, FileChannel data)
      throws IOException {
    var end = entry.getOffset() + entry.getSize();
    if (entry.getOffset() < 0
        || entry.getSize() < 0
        || end > data.size()
        || entry.getShardId() != 0
        || entry.getSlicesCount() > 0) {
      return List.of("the value of %s is cut off".formatted(name));
    }
    var checksum = new CRC32C();
    var finite = true;
    for (var at = entry.getOffset(); at < end; at += CHUNK) {
      var bytes = ByteBuffer.allocate((int) Math.min(CHUNK, end - at));
      while (bytes.hasRemaining() && data.read(bytes, at + bytes.position()) >= 0) {}
      bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
      checksum.update(bytes.duplicate());
      finite = finite && finite(bytes, entry.getDtype());
    }
    if (TfRecords.masked(checksum) != entry.getCrc32C()) {
      return List.of("the value of %s has a wrong checksum".formatted(name));
    }
    return finite ? List.of() : List.of("variable %s is not finite".formatted(name));
  }

  private static boolean finite(ByteBuffer bytes, DataType type) {
    return switch (type) {
      case DT_FLOAT ->
          IntStream.range(0, bytes.remaining() / Float.BYTES)
              .allMatch(i -> Float.isFinite(bytes.getFloat(i * Float.BYTES)));
      case DT_DOUBLE ->
          IntStream.range(0, bytes.remaining() / Double.BYTES)
              .allMatch(i -> Double.isFinite(bytes.getDouble(i * Double.BYTES)));
      case DT_BFLOAT16 -> finite(bytes, 0x7f80);
      case DT_HALF -> finite(bytes, 0x7c00);
      case DT_INT32, DT_INT64, DT_UINT8, DT_INT8, DT_BOOL -> true;
      default -> false;
    };
  }

  /** Whether the exponents of 16-bit numbers have a zero among their bits. */
  private static boolean finite(ByteBuffer bytes, int exponent) {
    return IntStream.range(0, bytes.remaining() / Short.BYTES)
        .allMatch(i -> (bytes.getShort(i * Short.BYTES) & exponent) != exponent);
  }
}
