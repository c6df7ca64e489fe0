package org.openmargin.trainer.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a small .safetensors file. */
final class SafetensorsFile {
  private final List<String> entries = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  SafetensorsFile add(String name, List<Long> shape, float... values) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (var value : values) {
      bytes.putFloat(value);
    }
    return add(name, "F32", shape, bytes.array());
  }

  SafetensorsFile add(String name, String type, List<Long> shape, byte[] bytes) {
    var sizes = shape.stream().map(Object::toString).collect(Collectors.joining(","));
    entries.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
            .formatted(name, type, sizes, data.size(), data.size() + bytes.length));
    data.writeBytes(bytes);
    return this;
  }

  Path write(Path file) throws IOException {
    return write(file, "{\"__metadata__\":{\"format\":\"pt\"}," + String.join(",", entries) + "}");
  }

  /** With another header over the same data. */
  Path write(Path file, String header) throws IOException {
    var text = header.getBytes(StandardCharsets.UTF_8);
    return Files.write(file, bytes(text.length, text, data.toByteArray()));
  }

  static byte[] bytes(long length, byte[] header, byte[] data) {
    var all = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(length).put(header).put(data);
    return Arrays.copyOf(all.array(), all.position());
  }
}
