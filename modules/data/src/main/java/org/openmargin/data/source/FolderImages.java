package org.openmargin.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmargin.data.DataException;
import org.openmargin.data.InOrder;
import org.openmargin.data.PixelSink;
import org.openmargin.data.WorkListener;
import org.openmargin.data.source.FolderDigests.HashedFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.files.WholeFile;

/** Decodes files in parallel, in a fixed order, and collects all failures in one message. */
final class FolderImages {

  private final PixelForm form;
  private final ImageNotices notices;
  private final AtomicInteger done = new AtomicInteger();
  private final WorkListener work;

  FolderImages(PixelForm form, WorkListener work) {
    this.form = form;
    this.notices = new ImageNotices(form.channels(), form.levels());
    this.work = work;
  }

  /**
   * Decodes, crops and resizes all files.
   *
   * @throws DataException with the number of files that failed, naming up to ten of them
   */
  void decode(List<HashedFile> files, PixelSink sink) throws IOException {
    var failures = new ArrayList<String>();
    InOrder.make(
        files.size(),
        form.shape(),
        index -> {
          var decoded = decode(files.get(index));
          work.at("reading images", done.incrementAndGet(), files.size());
          return decoded;
        },
        decoded -> {
          decoded.failure().ifPresent(failures::add);
          decoded.traits().ifPresent(notices::add);
          if (failures.isEmpty()) {
            sink.add(decoded.pixels(), 0);
          }
        });
    if (!failures.isEmpty()) {
      throw new DataException(
          "%d image %s cannot be used: %s"
              .formatted(
                  failures.size(),
                  failures.size() == 1 ? "file" : "files",
                  DataException.shortList(failures)));
    }
  }

  /** What the decoded files had that a user may not expect. */
  List<String> sentences() {
    return notices.sentences();
  }

  private Decoded decode(HashedFile file) {
    try {
      var encoded = WholeFile.read(file.file().file());
      var frame = file.file().frame();
      if (frame <= 1 && !new Sha256().add(encoded).hex().equals(file.sha256())) {
        return failed(file, "it was changed while it was read");
      }
      var levels = frame == 0 ? form.levels() : form.levels().ofFrame(frame);
      var image = ImageFiles.read(encoded, form.channels(), levels);
      var resized = image.pixels().preprocessed(form.geometry());
      var pixels = new byte[resized.bytesPerImage()];
      resized.copyTo(0, pixels, 0);
      var traits = frame == 0 ? image.traits() : image.traits().ofAllFrames();
      return new Decoded(pixels, Optional.of(traits), Optional.empty());
    } catch (IOException e) {
      return failed(file, FileErrors.reason(e));
    } catch (DataException e) {
      return failed(file, e.getMessage());
    }
  }

  private static Decoded failed(HashedFile file, String reason) {
    var failure = "%s (%s)".formatted(file.file().shown(), reason);
    return new Decoded(new byte[0], Optional.empty(), Optional.of(failure));
  }

  /** Pixels, or why there are none. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Decoded(
      byte[] pixels, Optional<DecodedImage.Traits> traits, Optional<String> failure) {}
}
