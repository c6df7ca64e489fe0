package org.openmargin.cli.data;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.openmargin.data.WorkListener;
import org.openmargin.data.records.ImageRecords;

/** Counts images on their way. */
record CountedRecords(ImageRecords images, WorkListener work, AtomicLong counted)
    implements ImageRecords {
  CountedRecords(ImageRecords images, WorkListener work) {
    this(images, work, new AtomicLong());
  }

  long count() {
    return counted.get();
  }

  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    images.forEach(
        image -> {
          taker.take(image);
          work.at("writing images", counted.incrementAndGet(), 0);
        });
  }
}
