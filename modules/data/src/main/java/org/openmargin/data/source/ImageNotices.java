package org.openmargin.data.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openmargin.files.image.EncodedImage.Samples;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.files.image.LevelRule;

/** Counts what a user may not expect of image files, and says it in a sentence each. */
public final class ImageNotices {
  /** A 16-bit image that stays below loses half of its levels and more. */
  private static final int DARK = 1 << 15;

  /** Formats of files with several images. */
  private static final Set<ImageFormat> FRAMES =
      EnumSet.of(ImageFormat.GIF, ImageFormat.TIFF, ImageFormat.WEBP);

  private final int channels;
  private final LevelRule rule;
  private final Map<String, Integer> remarks = new TreeMap<>();
  private final Map<Samples, Integer> samples = new EnumMap<>(Samples.class);
  private int images;
  private int turned;
  private int frames;
  private int largest;

  /**
   * @param channels of the network's images: 1 (grey) or 3 (RGB)
   * @param rule for values of more than 8 bits
   */
  public ImageNotices(int channels, LevelRule rule) {
    this.channels = channels;
    this.rule = rule;
  }

  public void add(DecodedImage.Traits image) {
    images++;
    samples.merge(image.samples(), 1, Integer::sum);
    turned += image.turned() ? 1 : 0;
    var format = image.format();
    image.remarks().forEach(remark -> remarks.merge(remark, 1, Integer::sum));
    frames += FRAMES.contains(format) ? 1 : 0;
    largest = Math.max(largest, image.largest().orElse(0));
  }

  /** One sentence for each thing that was found. */
  public List<String> sentences() {
    var said = new ArrayList<String>();
    var grey = count(Samples.GREY) + count(Samples.GREY_16);
    var colour = images - grey;
    if (channels == 3 && grey > 0 && colour > 0) {
      said.add(
          "%d of %d images are grey: their values are used for red, green and blue"
              .formatted(grey, images));
    }
    if (channels == 1 && colour > 0) {
      said.add(
          "%d of %d images are in colour: only their brightness is used".formatted(colour, images));
    }
    if (count(Samples.ALPHA) > 0) {
      said.add(
          "%d of %d images have an alpha channel or transparent colours: dropped, so that what lies under transparent pixels is seen"
              .formatted(count(Samples.ALPHA), images));
    }
    if (turned > 0) {
      said.add(
          "%d of %d images are turned or mirrored as their files say".formatted(turned, images));
    }
    if (frames > 0) {
      said.add(
          "%d of %d images are GIF, TIFF or WebP files: of several frames or pages the first is used"
              .formatted(frames, images));
    }
    sixteenBits().ifPresent(said::add);
    remarks.forEach(
        (remark, count) -> said.add("%d of %d images %s".formatted(count, images, remark)));
    return said;
  }

  private Optional<String> sixteenBits() {
    var count = count(Samples.GREY_16) + count(Samples.COLOUR_16);
    if (count == 0) {
      return Optional.empty();
    }
    var said = "%d of %d images have 16 bits per sample".formatted(count, images);
    if (rule.sixteenBits().isPresent()) {
      var range = rule.sixteenBits().get();
      return Optional.of(
          "%s: the values %d to %d become black to white; the largest is %d"
              .formatted(said, range.lowest(), range.highest(), largest));
    }
    return Optional.of(
        largest >= DARK
            ? said + ": the upper byte is used"
            : "%s but use only %d %% of the range: their upper byte is used, so %d levels are left; set data.levels.sixteen_bits { highest: %d }"
                .formatted(
                    said,
                    Math.max(1, Math.round(100f * largest / 65535)),
                    (largest >> 8) + 1,
                    highest(largest)));
  }

  /** Of the usual depths, 8 to 15 bits, the one that holds a value. */
  private static int highest(int value) {
    return Math.max(255, 2 * Integer.highestOneBit(Math.max(1, value)) - 1);
  }

  private int count(Samples kind) {
    return samples.getOrDefault(kind, 0);
  }
}
