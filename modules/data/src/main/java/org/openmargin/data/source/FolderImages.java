package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.InOrder;
import org.openmargin.data.PixelSink;
import org.openmargin.data.source.FolderDivision.LabeledFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/** Decodes files in parallel, in a fixed order, and collects all failures in one message. */
final class FolderImages {

  private final FolderScan scan;
  private final FolderSource.Settings settings;

  FolderImages(FolderScan scan, FolderSource.Settings settings) {
    this.scan = scan;
    this.settings = settings;
  }

  /**
   * Decodes, crops and resizes all files; returns the SHA-256 over their names and contents.
   *
   * @throws DataException with the number of files that failed, naming up to ten of them
   */
  String decode(List<LabeledFile> files, PixelSink sink) throws IOException {
    var digest = new Sha256();
    var failures = new ArrayList<String>();
    InOrder.make(
        files.size(),
        settings.shape(),
        index -> decode(files.get(index)),
        decoded -> {
          decoded.failure().ifPresent(failures::add);
          if (failures.isEmpty()) {
            digest.add(scan.id(decoded.file())).add(decoded.sha256());
            sink.add(decoded.pixels(), 0);
          }
        });
    if (!failures.isEmpty()) {
      throw new DataException(
          "%d image files cannot be used: %s"
              .formatted(failures.size(), DataException.shortList(failures)));
    }
    return digest.hex();
  }

  private Decoded decode(LabeledFile file) {
    try {
      var encoded = Files.readAllBytes(file.file());
      var image = ImageFiles.decode(encoded, settings.channels()).preprocessed(settings.geometry());
      var pixels = new byte[image.bytesPerImage()];
      image.copyTo(0, pixels, 0);
      return new Decoded(file.file(), pixels, new Sha256().add(encoded).hex(), Optional.empty());
    } catch (IOException e) {
      return failed(file, FileErrors.reason(e));
    } catch (DataException e) {
      return failed(file, e.getMessage());
    }
  }

  private static Decoded failed(LabeledFile file, String reason) {
    var failure = "%s (%s)".formatted(file.file(), reason);
    return new Decoded(file.file(), new byte[0], "", Optional.of(failure));
  }

  /** Pixels, or why there are none. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Decoded(Path file, byte[] pixels, String sha256, Optional<String> failure) {}
}
