package org.openmargin.data.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes npz files for tests, byte by byte, following the NumPy and zip specifications. */
final class NpzFile {

  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  NpzFile put(String name, byte[] npy) {
    arrays.put(name + ".npy", npy);
    return this;
  }

  NpzFile without(String name) {
    arrays.remove(name + ".npy");
    return this;
  }

  /** Four train, two validation and two test images of 2x2 grey pixels; image i is all i. */
  static NpzFile small() {
    return new NpzFile()
        .put("train_images", uint8("(4, 2, 2)", 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3))
        .put("train_labels", uint8("(4, 1)", 0, 1, 2, 0))
        .put("val_images", uint8("(2, 2, 2)", 4, 4, 4, 4, 5, 5, 5, 5))
        .put("val_labels", uint8("(2, 1)", 0, 1))
        .put("test_images", uint8("(2, 2, 2)", 6, 6, 6, 6, 7, 7, 7, 7))
        .put("test_labels", uint8("(2, 1)", 2, 1));
  }

  static byte[] uint8(String shape, int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return npy("|u1", shape, bytes);
  }

  static byte[] npy(String descr, String shape, byte[] data) {
    return npy(
        1, "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }", data);
  }

  /** An array with a custom header text, in format {@code major}.0. */
  static byte[] npy(int major, String dictionary, byte[] data) {
    int lengthBytes = major == 1 ? 2 : 4;
    int unpadded = 8 + lengthBytes + dictionary.length() + 1;
    var header = dictionary + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    var npy =
        ByteBuffer.allocate(8 + lengthBytes + header.length() + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    npy.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    npy.put((byte) major).put((byte) 0);
    if (major == 1) {
      npy.putShort((short) header.length());
    } else {
      npy.putInt(header.length());
    }
    return npy.put(header.getBytes(StandardCharsets.UTF_8)).put(data).array();
  }

  /** Fixed-width unicode of five characters. */
  static byte[] names(ByteOrder order, String... names) {
    var data = ByteBuffer.allocate(names.length * 20).order(order);
    for (int i = 0; i < names.length; i++) {
      data.position(i * 20);
      names[i].codePoints().forEach(data::putInt);
    }
    var descr = (order == ByteOrder.BIG_ENDIAN ? ">" : "<") + "U5";
    return npy(descr, "(" + names.length + ",)", data.array());
  }

  Path deflated(Path file) throws IOException {
    return write(file, ZipEntry.DEFLATED);
  }

  Path stored(Path file) throws IOException {
    return write(file, ZipEntry.STORED);
  }

  /** Stored, with every size and offset in ZIP64 fields (APPNOTE 4.3.14, 4.3.15, 4.5.3). */
  Path zip64(Path file) throws IOException {
    var locals = new ByteArrayOutputStream();
    var central = new ByteArrayOutputStream();
    for (var array : arrays.entrySet()) {
      var name = array.getKey().getBytes(StandardCharsets.US_ASCII);
      var data = array.getValue();
      long offset = locals.size();
      var localBytes = new byte[30 + name.length + 20 + data.length];
      var local = little(localBytes);
      local.putInt(0x04034b50);
      common(local, data);
      local.putShort((short) name.length).putShort((short) 20).put(name);
      local.putShort((short) 1).putShort((short) 16).putLong(data.length).putLong(data.length);
      local.put(data);
      locals.write(localBytes);
      var entryBytes = new byte[46 + name.length + 28];
      var entry = little(entryBytes);
      entry.putInt(0x02014b50).putShort((short) 45);
      common(entry, data);
      entry.putShort((short) name.length).putShort((short) 28).putShort((short) 0);
      entry.putShort((short) 0).putShort((short) 0).putInt(0).putInt(-1).put(name);
      entry.putShort((short) 1).putShort((short) 24);
      entry.putLong(data.length).putLong(data.length).putLong(offset);
      central.write(entryBytes);
    }
    var endBytes = new byte[56 + 20 + 22];
    var end = little(endBytes);
    end.putInt(0x06064b50)
        .putLong(44)
        .putShort((short) 45)
        .putShort((short) 45)
        .putInt(0)
        .putInt(0);
    end.putLong(arrays.size())
        .putLong(arrays.size())
        .putLong(central.size())
        .putLong(locals.size());
    end.putInt(0x07064b50).putInt(0).putLong(locals.size() + central.size()).putInt(1);
    end.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    locals.write(central.toByteArray());
    locals.write(endBytes);
    return Files.write(file, locals.toByteArray());
  }

  private static void common(ByteBuffer header, byte[] data) {
    var crc = new CRC32();
    crc.update(data);
    header.putShort((short) 45).putShort((short) 0).putShort((short) 0).putInt(0);
    header.putInt((int) crc.getValue()).putInt(-1).putInt(-1);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Path write(Path file, int method) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var array : arrays.entrySet()) {
        var entry = new ZipEntry(array.getKey());
        var crc = new CRC32();
        crc.update(array.getValue());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          entry.setSize(array.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(array.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
