package org.openmargin.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.OptionalLong;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.data.pixels.FilePixels;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.pixels.WatchedPixels;

/** Reads image arrays of an npz file that do not fit into memory. */
record NpzImages(NpzReader reader, ImageStorage storage) {

  /** Uncompressed images are read in place, others are unpacked to a file once. */
  Images images(String name) {
    var entry = reader.entry(name);
    var stored = storedAt(entry);
    return stored.isPresent()
        ? reader.whole(name, (header, in) -> inPlace(header, stored.getAsLong()))
        : reader.read(name, (header, in) -> unpacked(name, entry, header, in));
  }

  private Images inPlace(NpyHeader header, long offset) throws IOException {
    var shape = NpyContent.imageShape(header);
    var pixels = FilePixels.open(reader.path(), offset + header.headerBytes(), shape);
    return Images.from(shape, header.shape().get(0), WatchedPixels.of(reader.path(), pixels));
  }

  /** Where an uncompressed array begins, which java.util.zip does not expose. */
  private OptionalLong storedAt(ZipEntry entry) {
    try (var archive = ZipFile.builder().setPath(reader.path()).get()) {
      var found = archive.getEntry(entry.getName());
      return found != null && found.getMethod() == ZipEntry.STORED && found.getDataOffset() > 0
          ? OptionalLong.of(found.getDataOffset())
          : OptionalLong.empty();
    } catch (IOException | RuntimeException e) {
      // An unusual archive: java.util.zip reads it or reports what is wrong.
      return OptionalLong.empty();
    }
  }

  private Images unpacked(String name, ZipEntry entry, NpyHeader header, CheckedInputStream in)
      throws IOException {
    var shape = NpyContent.imageShape(header);
    int count = header.shape().get(0);
    var time = Files.getLastModifiedTime(reader.path()).toString();
    var origin =
        new ImageStorage.Origin(
            reader.path().getFileName() + "-" + name,
            reader.path().toAbsolutePath().normalize() + " " + name,
            () -> "%s %d %x".formatted(time, entry.getSize(), entry.getCrc()));
    ImageStorage.Filling filling =
        sink -> {
          var image = new byte[shape.bytes()];
          for (int i = 0; i < count; i++) {
            readImage(in, image, i);
            sink.add(image, 0);
          }
          NpzReader.mustBeIntact(entry, in);
          return "";
        };
    return storage.inFile(origin, shape, count, filling).images();
  }

  private static void readImage(InputStream in, byte[] image, int index) {
    try {
      if (in.readNBytes(image, 0, image.length) < image.length) {
        throw new EOFException("the data ends inside image " + index);
      }
    } catch (IOException e) {
      throw new DataException("the file is damaged or cut off: " + e.getMessage(), e);
    }
  }
}
