package org.openmargin.data.records;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.InOrder;
import org.openmargin.data.PixelSink;
import org.openmargin.data.WorkListener;
import org.openmargin.data.source.DecodedImage;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.source.ImageNotices;
import org.openmargin.data.source.PixelForm;

/** Decodes the images of records in their order, some at a time on all cores. */
final class RecordDecoding {
  private static final int AT_ONCE = 256;

  /** Files of many frames or slides are large: then fewer at a time. */
  private static final long MOST_BYTES = 64 << 20;

  private final PixelForm form;
  private final WorkListener work;
  private final int count;
  private final ImageNotices notices;
  private final List<ImageRecord> waiting = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long bytes;
  private int done;

  RecordDecoding(PixelForm form, WorkListener work, int count) {
    this.form = form;
    this.work = work;
    this.count = count;
    this.notices = new ImageNotices(form.channels(), form.levels());
  }

  /**
   * @return remarks, a line each
   * @throws DataException with the number of images that cannot be decoded, naming up to ten
   */
  String fill(ImageRecords records, PixelSink sink) throws IOException {
    records.forEach(
        record -> {
          waiting.add(record);
          bytes += record.encoded().size();
          if (waiting.size() == AT_ONCE || bytes >= MOST_BYTES) {
            decode(sink);
          }
        });
    decode(sink);
    if (!failures.isEmpty()) {
      throw new DataException(
          "%d images cannot be used: %s"
              .formatted(failures.size(), DataException.shortList(failures)));
    }
    return String.join("\n", notices.sentences());
  }

  private void decode(PixelSink sink) throws IOException {
    InOrder.make(
        waiting.size(),
        form.shape(),
        index -> decoded(waiting.get(index)),
        image -> {
          image.failure().ifPresent(failures::add);
          image.traits().ifPresent(notices::add);
          work.at("reading images", ++done, count);
          if (failures.isEmpty()) {
            sink.add(image.pixels(), 0);
          }
        });
    waiting.clear();
    bytes = 0;
  }

  private Decoded decoded(ImageRecord record) {
    try {
      var frame = record.frame();
      var levels = frame == 0 ? form.levels() : form.levels().ofFrame(frame);
      var image = ImageFiles.read(record.encoded().toByteArray(), form.channels(), levels);
      var resized = image.pixels().preprocessed(form.geometry());
      var pixels = new byte[resized.bytesPerImage()];
      resized.copyTo(0, pixels, 0);
      var traits = frame == 0 ? image.traits() : image.traits().ofAllFrames();
      return new Decoded(pixels, Optional.of(traits), Optional.empty());
    } catch (DataException e) {
      var failure = "%s (%s)".formatted(record.entry().id(), e.getMessage());
      return new Decoded(new byte[0], Optional.empty(), Optional.of(failure));
    }
  }

  /** Pixels, or why there are none. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Decoded(
      byte[] pixels, Optional<DecodedImage.Traits> traits, Optional<String> failure) {}
}
