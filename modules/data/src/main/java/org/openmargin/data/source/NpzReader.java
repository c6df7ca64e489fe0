package org.openmargin.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;

/**
 * Reads single arrays from a NumPy {@code .npz} file (a zip of {@code .npy} arrays, stored or
 * deflated, including ZIP64). Arrays may exceed 2<sup>31</sup> bytes: images stream into memory or
 * stay in a file. Every error names the file and the array.
 */
record NpzReader(Path path, ZipFile zip) implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * @throws DataException if the file does not exist, is not a zip file or is truncated
   */
  static NpzReader open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          "%s: %s; expected an .npz file"
              .formatted(
                  path,
                  Files.isDirectory(path)
                      ? "is a folder"
                      : "no such file" + PathHints.missing(path)));
    }
    try {
      LocalNames.mustAgree(path);
      return new NpzReader(path, new ZipFile(path.toFile()));
    } catch (ZipException e) {
      throw new DataException(
          path + ": not a readable .npz file (damaged, cut off or not a zip): " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }

  List<String> names() {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(".npy"))
        .map(name -> name.substring(0, name.length() - ".npy".length()))
        .toList();
  }

  /** uint8 images of shape (n, H, W), (n, H, W, 1) or (n, H, W, 3), in memory. */
  Images images(String name) {
    return whole(name, NpyContent::images);
  }

  /** The shape of each image of such an array. */
  ImageShape imageShape(String name) {
    return read(name, (header, in) -> NpyContent.imageShape(header));
  }

  /** The size of such an array, bytes. */
  long imageBytes(String name) {
    return read(
        name,
        (header, in) -> {
          NpyContent.imageShape(header);
          return header.dataBytes();
        });
  }

  /** Integers of shape (n) or (n, 1), of any integer type. */
  int[] labels(String name) {
    return whole(name, NpyContent::labels);
  }

  /** Texts of shape (n), if there is such an array of fixed-width unicode. */
  Optional<List<String>> texts(String name) {
    return names().contains(name) ? whole(name, NpyContent::texts) : Optional.empty();
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new DataException(path + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  ZipEntry entry(String name) {
    var entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new DataException(
          "%s: no array %s; the file contains %s"
              .formatted(path, name, String.join(", ", names())));
    }
    return entry;
  }

  /** Reads an array to its end and checks it. */
  <T> T whole(String name, Reading<T> reading) {
    var entry = entry(name);
    return read(
        name,
        (header, in) -> {
          var result = reading.read(header, in);
          mustBeIntact(entry, in);
          return result;
        });
  }

  /** Reads an array, or part of it. */
  <T> T read(String name, Reading<T> reading) {
    var entry = entry(name);
    try (var raw = zip.getInputStream(entry);
        var in = new CheckedInputStream(new BufferedInputStream(raw, BUFFER_BYTES), new CRC32())) {
      var header = NpyHeader.read(in);
      mustFit(header, entry);
      return reading.read(header, in);
    } catch (DataException e) {
      throw new DataException("%s: %s: %s".formatted(path, name, e.getMessage()), e);
    } catch (IOException e) {
      throw new DataException(
          "%s: %s: the file is damaged or cut off: %s".formatted(path, name, e.getMessage()), e);
    }
  }

  /** Reads the rest of an array and compares its checksum. */
  static void mustBeIntact(ZipEntry entry, CheckedInputStream in) throws IOException {
    in.skip(Long.MAX_VALUE);
    if (entry.getCrc() >= 0 && entry.getCrc() != in.getChecksum().getValue()) {
      throw new DataException("the data is damaged (wrong CRC-32)");
    }
  }

  /** Checks, before anything is allocated, that the entry is as large as its header says. */
  private static void mustFit(NpyHeader header, ZipEntry entry) {
    long there = entry.getSize() - header.headerBytes();
    if (entry.getSize() >= 0 && there != header.dataBytes()) {
      throw new DataException(
          "shape %s of %s needs %d bytes, but the array has %d"
              .formatted(header.shapeText(), header.typeText(), header.dataBytes(), there));
    }
  }

  interface Reading<T> {
    T read(NpyHeader header, CheckedInputStream in) throws IOException;
  }
}
