package org.openmargin.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A MedMNIST-like archive of noise. */
final class SmallArchive {
  private static final int SIZE_PX = 16;

  private SmallArchive() {}

  /** Writes an archive with {@code perClass} images of each class in each part. */
  static Path write(Path file, int classes, int perClass) throws IOException {
    var random = new Random(5);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var part : new String[] {"train", "val", "test"}) {
        var images = new byte[classes * perClass * SIZE_PX * SIZE_PX * 3];
        random.nextBytes(images);
        var labels = new byte[classes * perClass];
        for (var i = 0; i < labels.length; i++) {
          labels[i] = (byte) (i % classes);
        }
        var shape = "(%d, %d, %d, 3)".formatted(labels.length, SIZE_PX, SIZE_PX);
        add(zip, part + "_images.npy", shape, images);
        add(zip, part + "_labels.npy", "(%d, 1)".formatted(labels.length), labels);
      }
    }
    return file;
  }

  /** One array in NumPy's format 1.0. */
  private static void add(ZipOutputStream zip, String name, String shape, byte[] bytes)
      throws IOException {
    var dictionary = "{'descr': '|u1', 'fortran_order': False, 'shape': %s, }".formatted(shape);
    var header = dictionary + " ".repeat(117 - dictionary.length()) + "\n";
    var npy = new ByteArrayOutputStream();
    npy.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    npy.write(
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) header.length())
            .array());
    npy.write(header.getBytes(StandardCharsets.US_ASCII));
    npy.write(bytes);
    zip.putNextEntry(new ZipEntry(name));
    zip.write(npy.toByteArray());
    zip.closeEntry();
  }
}
