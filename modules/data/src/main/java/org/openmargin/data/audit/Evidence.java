package org.openmargin.data.audit;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One instance of a finding.
 *
 * @param images that show it, some if there are many
 * @param count of the images that it concerns
 * @param correlation of two nearly equal images, from -1 to 1
 * @param remark what the images do not say; may be empty
 */
public record Evidence(
    List<AuditedImage> images, int count, OptionalDouble correlation, String remark) {
  private static final int MOST_NAMED = 3;

  public Evidence {
    images = List.copyOf(images);
  }

  static Evidence of(List<AuditedImage> images) {
    return new Evidence(images, images.size(), OptionalDouble.empty(), "");
  }

  /** In a few words, for a line. */
  public String text() {
    var sign = correlation.isPresent() ? " ~ " : " = ";
    var named =
        images.stream().limit(MOST_NAMED).map(AuditedImage::id).collect(Collectors.joining(sign));
    var more = count > Math.min(images.size(), MOST_NAMED) ? " (%d images)".formatted(count) : "";
    return remark.isEmpty() ? named + more : "%s (%s)".formatted(remark, named);
  }
}
