package org.openmargin.data;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.FolderSource.LabeledFile;

/** Decodes files in parallel, in a fixed order, and gathers all failures into one message. */
final class FolderImages {

  private final FolderScan scan;
  private final FolderSource.Settings settings;
  private final Sha256 digest = new Sha256();

  FolderImages(FolderScan scan, FolderSource.Settings settings) {
    this.scan = scan;
    this.settings = settings;
  }

  /**
   * Decodes, crops and resizes.
   *
   * @throws DataException naming all files that failed (ten of them shown)
   */
  LabeledImages decode(List<LabeledFile> files) {
    ImageGeometry geometry = settings.geometry();
    List<Decoded> decoded = files.parallelStream().map(this::decode).toList();
    List<String> failures = decoded.stream().flatMap(d -> d.failure().stream()).toList();
    if (!failures.isEmpty()) {
      throw new DataException(
          "%d image files cannot be used: %s"
              .formatted(failures.size(), FolderScan.shortList(failures)));
    }
    Images.Builder images =
        Images.builder(geometry.heightPx(), geometry.widthPx(), settings.channels());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String id = scan.id(files.get(i).file());
      ids.add(id);
      digest.add(id).add(decoded.get(i).sha256());
      images.add(decoded.get(i).pixels(), 0);
    }
    return new LabeledImages(
        images.build(), files.stream().mapToInt(LabeledFile::label).toArray(), ids);
  }

  /** SHA-256 over names and contents of all files decoded so far. */
  String digest() {
    return digest.hex();
  }

  private Decoded decode(LabeledFile file) {
    try {
      byte[] encoded = Files.readAllBytes(file.file());
      Images image =
          ImageFiles.decode(encoded, settings.channels()).preprocessed(settings.geometry());
      byte[] pixels = new byte[image.bytesPerImage()];
      image.copyTo(0, pixels, 0);
      return new Decoded(pixels, new Sha256().add(encoded).hex(), Optional.empty());
    } catch (IOException | DataException e) {
      String failure = "%s (%s)".formatted(file.file(), e.getMessage());
      return new Decoded(new byte[0], "", Optional.of(failure));
    }
  }

  /** Pixels, or why there are none. */
  private static final class Decoded {

    private final byte[] pixels;
    private final String sha256;
    private final Optional<String> failure;

    Decoded(byte[] pixels, String sha256, Optional<String> failure) {
      this.pixels = pixels;
      this.sha256 = sha256;
      this.failure = failure;
    }

    byte[] pixels() {
      return pixels;
    }

    String sha256() {
      return sha256;
    }

    Optional<String> failure() {
      return failure;
    }
  }
}
