package org.openmargin.data.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmargin.files.image.EncodedImage.Samples;
import org.openmargin.files.image.ImageFormat;

/** Counts what a user may not expect of image files, and says it in a sentence each. */
public final class ImageNotices {
  /** A 16-bit image that stays below loses half of its levels and more. */
  private static final int DARK = 1 << 15;

  /** Formats of files with several images. */
  private static final Set<ImageFormat> FRAMES =
      EnumSet.of(ImageFormat.GIF, ImageFormat.TIFF, ImageFormat.WEBP);

  private final int channels;
  private final Map<Samples, Integer> samples = new EnumMap<>(Samples.class);
  private int images;
  private int turned;
  private int frames;
  private int largest;

  /**
   * @param channels of the network's images: 1 (grey) or 3 (RGB)
   */
  public ImageNotices(int channels) {
    this.channels = channels;
  }

  public void add(DecodedImage.Traits image) {
    images++;
    samples.merge(image.samples(), 1, Integer::sum);
    turned += image.turned() ? 1 : 0;
    var format = image.format();
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
    sixteenBits().forEach(said::add);
    return said;
  }

  private List<String> sixteenBits() {
    var count = count(Samples.GREY_16) + count(Samples.COLOUR_16);
    if (count == 0) {
      return List.of();
    }
    var levels = (largest >> 8) + 1;
    return largest >= DARK
        ? List.of(
            "%d of %d images have 16 bits per sample: the upper byte is used"
                .formatted(count, images))
        : List.of(
            "%d of %d images have 16 bits per sample but use only %d %% of the range: their upper byte is used, so %d levels are left; scale them first"
                .formatted(count, images, Math.max(1, Math.round(100f * largest / 65535)), levels));
  }

  private int count(Samples kind) {
    return samples.getOrDefault(kind, 0);
  }
}
