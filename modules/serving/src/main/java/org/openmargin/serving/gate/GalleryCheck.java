package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.proto.MetaGraphDef;

/** Whether the gallery in the files is the one in the variables and in {@code open_set.json}. */
record GalleryCheck(Path directory, MetaGraphDef meta) {
  /** Of the square of a length. */
  private static final double TOLERANCE = 1e-4;

  /** Nothing to say about a model without a gallery. */
  List<Finding> check() {
    var identifies = meta.containsSignatureDef(ModelContract.IDENTIFY.name());
    var there = Files.exists(directory.resolve(StoredGallery.FOLDER));
    if (!identifies && !there) {
      return List.of();
    }
    if (!identifies || !there) {
      return List.of(
          new Finding(
              false,
              identifies
                  ? "there is a signature identify, but no gallery"
                  : "there is a gallery, but no signature identify"));
    }
    try {
      var gallery = StoredGallery.read(directory).gallery();
      var problems = new ArrayList<>(lengths(gallery));
      problems.addAll(described(gallery));
      problems.addAll(rows(gallery));
      return List.of(
          Finding.of(
              "gallery: %d identities, the same in files, variables and description"
                  .formatted(gallery.identities().size()),
              problems));
    } catch (IOException e) {
      return List.of(new Finding(false, "the gallery cannot be read: " + FileErrors.reason(e)));
    }
  }

  private static List<String> lengths(Gallery gallery) {
    var problems = new ArrayList<String>();
    for (var identity : gallery.identities()) {
      for (var template : identity.templates()) {
        var square = 0.0;
        for (var number : template) {
          square += (double) number * number;
        }
        // Nothing but zeros: an embedding without a direction.
        if (!(Math.abs(square - 1) <= TOLERANCE || square == 0)) {
          problems.add("gallery: a template of %s is not of length 1".formatted(identity.name()));
        }
      }
    }
    return problems.stream().distinct().toList();
  }

  private List<String> described(Gallery gallery) throws IOException {
    var text = Files.readString(directory.resolve(ModelContract.DESCRIPTION_FILE));
    if (!(JsonText.object(text).get("gallery") instanceof Map<?, ?> said)) {
      return List.of("open_set.json says nothing about the gallery");
    }
    var same =
        is(said, "threshold", gallery.threshold().threshold())
            && is(said, "identities", gallery.identities().size())
            && is(said, "templates", (double) gallery.templates());
    return same ? List.of() : List.of("open_set.json describes another gallery");
  }

  private static boolean is(Map<?, ?> said, String name, double wanted) {
    return said.get(name) instanceof Double number && number.floatValue() == (float) wanted;
  }

  /** The rows that embeddings are multiplied with are a variable. */
  private List<String> rows(Gallery gallery) throws IOException {
    var prefix = directory.resolve(ModelContract.VARIABLES);
    var entry = TensorBundle.read(prefix).entries().get(ModelContract.GALLERY_ROWS);
    if (entry == null) {
      return List.of("the variables hold no rows of the gallery");
    }
    try (var data = FileChannel.open(prefix.resolveSibling("variables.data-00000-of-00001"))) {
      var at = entry.getOffset();
      for (var identity : gallery.identities()) {
        for (var row : gallery.rule().rows(identity)) {
          if (!read(data, at, row.length).equals(ByteBuffer.wrap(bytes(row)))) {
            return List.of(
                "the variables hold other rows of the identity %s than the gallery"
                    .formatted(identity.name()));
          }
          at += (long) row.length * Float.BYTES;
        }
      }
      return at == entry.getOffset() + entry.getSize()
          ? List.of()
          : List.of("the variables hold more rows than the gallery");
    }
  }

  private static ByteBuffer read(FileChannel data, long at, int numbers) throws IOException {
    var bytes = ByteBuffer.allocate(numbers * Float.BYTES);
    while (bytes.hasRemaining() && data.read(bytes, at + bytes.position()) >= 0) {}
    if (bytes.hasRemaining()) {
      throw new ModelException("the rows of the gallery are cut off");
    }
    return bytes.flip();
  }

  private static byte[] bytes(float[] row) {
    var bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(row);
    return bytes.array();
  }
}
