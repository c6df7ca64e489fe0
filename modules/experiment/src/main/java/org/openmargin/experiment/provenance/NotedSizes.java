package org.openmargin.experiment.provenance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.config.v1.Provenance;
import org.openmargin.data.ImageSizes;

/** Sizes of training images before they are resized, as provenance.json holds them. */
public final class NotedSizes {
  private NotedSizes() {}

  public static Provenance.ImageSizes of(ImageSizes sizes) {
    return Provenance.ImageSizes.newBuilder()
        .setSample(sizes.sizes().size())
        .setWidth(range(sizes.width()))
        .setHeight(range(sizes.height()))
        .setShorterSide(range(sizes.shorterSide()))
        .build();
  }

  private static Provenance.Range range(ImageSizes.Range range) {
    return Provenance.Range.newBuilder()
        .setLeast(range.least())
        .setMedian(range.median())
        .setGreatest(range.greatest())
        .build();
  }

  /** For people and programs. */
  public static Map<String, Object> table(Provenance.ImageSizes sizes) {
    var table = new LinkedHashMap<String, Object>();
    table.put("sample", sizes.getSample());
    table.put("width_px", table(sizes.getWidth()));
    table.put("height_px", table(sizes.getHeight()));
    table.put("shorter_side_px", table(sizes.getShorterSide()));
    return table;
  }

  private static Map<String, Object> table(Provenance.Range range) {
    var table = new LinkedHashMap<String, Object>();
    table.put("least", range.getLeast());
    table.put("median", range.getMedian());
    table.put("greatest", range.getGreatest());
    return table;
  }
}
