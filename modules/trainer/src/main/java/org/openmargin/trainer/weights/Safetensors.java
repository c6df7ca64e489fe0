package org.openmargin.trainer.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.openmargin.trainer.weights.NamedTensors.NamedTensor;

/**
 * Reads {@code .safetensors}: 8 bytes with the length of a JSON header, the header (name to {@code
 * dtype}, {@code shape} and {@code data_offsets}), then the elements, little-endian, row by row
 * (github.com/huggingface/safetensors, "Format").
 */
final class Safetensors {
  private static final int LENGTH_BYTES = 8;

  /** The format's own limit. */
  private static final long MOST_HEADER_BYTES = 100_000_000;

  private final Path file;
  private final long dataStart;
  private final long dataBytes;

  private Safetensors(Path file, long dataStart, long dataBytes) {
    this.file = file;
    this.dataStart = dataStart;
    this.dataBytes = dataBytes;
  }

  /**
   * @throws WeightsException if the file is damaged
   * @throws IOException if it cannot be read
   */
  static NamedTensors read(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var size = channel.size();
      if (size < LENGTH_BYTES) {
        throw new WeightsException(file + " is too short for a .safetensors file");
      }
      var length = bytes(channel, 0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > Math.min(MOST_HEADER_BYTES, size - LENGTH_BYTES)) {
        throw new WeightsException(
            "%s is no .safetensors file: its header would have %s bytes, the file has %d"
                .formatted(file, Long.toUnsignedString(length), size));
      }
      var header = header(file, bytes(channel, LENGTH_BYTES, (int) length));
      var start = LENGTH_BYTES + length;
      return new Safetensors(file, start, size - start).tensors(header);
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
    var buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("the file ends too early");
      }
    }
    return buffer.flip();
  }

  private static JsonObject header(Path file, ByteBuffer bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (CharacterCodingException | JsonParseException | IllegalStateException e) {
      throw new WeightsException(file + " has a damaged header: it is no JSON object", e);
    }
  }

  private NamedTensors tensors(JsonObject header) {
    var tensors = new TreeMap<String, NamedTensor>();
    for (var name : header.keySet()) {
      if (!name.equals("__metadata__")) {
        tensors.put(name, tensor(name, header.get(name)));
      }
    }
    return new NamedTensors(file, tensors);
  }

  private NamedTensor tensor(String name, JsonElement element) {
    if (!(element instanceof JsonObject entry)
        || !(entry.get("dtype") instanceof JsonPrimitive type)) {
      throw damagedEntry(name);
    }
    var shape = numbers(name, entry.get("shape"));
    var offsets = numbers(name, entry.get("data_offsets"));
    if (offsets.size() != 2) {
      throw damagedEntry(name);
    }
    return tensor(name, type.getAsString(), shape, new Place(offsets.get(0), offsets.get(1)));
  }

  /** Where elements lie in the data: from (inclusive) to (exclusive). */
  private record Place(long from, long to) {}

  private NamedTensor tensor(String name, String type, List<Long> shape, Place place) {
    var elements = NamedTensors.elements(name, shape);
    if (place.from() < 0 || place.to() < place.from() || place.to() > dataBytes) {
      throw new WeightsException(
          "tensor '%s' of %s would lie at bytes %d to %d, but there are %d bytes of data"
              .formatted(name, file, place.from(), place.to(), dataBytes));
    }
    if (!isNumeric(type)) {
      return new NamedTensor(type, shape, () -> unsupported(name, type));
    }
    var format = Elements.valueOf(type);
    var bytes = place.to() - place.from();
    if (bytes != (long) elements * format.bytes()) {
      throw new WeightsException(
          "tensor '%s' of %s has shape %s of %s, but %d bytes"
              .formatted(name, file, shape, type, bytes));
    }
    var from = dataStart + place.from();
    return new NamedTensor(type, shape, () -> values(format, from, Math.toIntExact(bytes)));
  }

  private static boolean isNumeric(String type) {
    return List.of(Elements.values()).stream().anyMatch(format -> format.name().equals(type));
  }

  private float[] unsupported(String name, String type) {
    throw new WeightsException(
        "tensor '%s' of %s has type %s; weights must be F32, F16, BF16 or F64"
            .formatted(name, file, type));
  }

  private float[] values(Elements format, long from, int count) {
    try (var channel = FileChannel.open(file)) {
      return format.values(bytes(channel, from, count).array());
    } catch (IOException e) {
      throw new WeightsException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Long> numbers(String name, JsonElement element) {
    var numbers = new ArrayList<Long>();
    if (element instanceof JsonArray array) {
      for (var number : array) {
        numbers.add(whole(name, number));
      }
      return numbers;
    }
    throw damagedEntry(name);
  }

  private long whole(String name, JsonElement element) {
    try {
      if (element instanceof JsonPrimitive number && number.isNumber()) {
        return number.getAsBigDecimal().longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw damagedEntry(name);
    }
    throw damagedEntry(name);
  }

  private WeightsException damagedEntry(String name) {
    return new WeightsException(
        "%s has a damaged header: the entry of tensor '%s'".formatted(file, name));
  }
}
