package org.openmargin.experiment.provenance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.ImageSizes;

/** The sizes of a sample of the training images before they are resized, as a run notes them. */
public final class TrainingImageSizes {
  private TrainingImageSizes() {}

  /** As a message. */
  public static Provenance.ImageSizes noted(ImageSizes sizes) {
    return Provenance.ImageSizes.newBuilder()
        .setSample(sizes.sizes().size())
        .setWidth(range(sizes.width()))
        .setHeight(range(sizes.height()))
        .setShorterSide(range(sizes.shorterSide()))
        .build();
  }

  /** For people and programs, in pixels. */
  public static Map<String, Object> table(Provenance.ImageSizes sizes) {
    var table = new LinkedHashMap<String, Object>();
    table.put("sample", sizes.getSample());
    table.put("width_px", range(sizes.getWidth()));
    table.put("height_px", range(sizes.getHeight()));
    table.put("shorter_side_px", range(sizes.getShorterSide()));
    return table;
  }

  private static Map<String, Object> range(Provenance.Range range) {
    var table = new LinkedHashMap<String, Object>();
    table.put("least", range.getLeast());
    table.put("median", range.getMedian());
    table.put("greatest", range.getGreatest());
    return table;
  }

  private static Provenance.Range range(ImageSizes.Range range) {
    return Provenance.Range.newBuilder()
        .setLeast(range.least())
        .setMedian(range.median())
        .setGreatest(range.greatest())
        .build();
  }
}
