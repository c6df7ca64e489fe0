package org.openmargin.data.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;

/**
 * The foreign images that every evaluation is asked about: all {@link Drawing drawings}, and all
 * {@link Distortion distortions} of known test images. Each is a function of kind, index and size.
 *
 * @param perGroup images of each kind; fewer if there are fewer test images to distort
 */
public record ForeignImages(int perGroup) {
  private static final int MOST = 100;
  private static final int FEWEST = 25;

  /** Pixels of a group that a network can answer in a fraction of a second. */
  private static final long PIXELS = 100L * 64 * 64;

  /**
   * A size that costs seconds at most: 100 images a group, down to 25 of large images or with many
   * views.
   *
   * @param views inputs of the network per image
   */
  public static ForeignImages affordable(ImageShape shape, int views) {
    var images = PIXELS / ((long) shape.height() * shape.width() * views);
    return new ForeignImages((int) Math.max(FEWEST, Math.min(MOST, images)));
  }

  /** Most images to look at of a group that a user gives. */
  public int mostGiven() {
    return 10 * perGroup;
  }

  /**
   * The groups for a network.
   *
   * @param knownTest at the network's input size
   */
  public List<ForeignGroup> groups(KnownImages knownTest) {
    var shape = knownTest.images().shape();
    var groups = new ArrayList<ForeignGroup>();
    for (var drawing : Drawing.values()) {
      if (shape.channels() == 3 || !drawing.needsColour()) {
        groups.add(
            ForeignGroup.of(
                drawing.title(), ForeignGroup.Origin.GENERATED, drawing.images(shape, perGroup)));
      }
    }
    var originals = spread(knownTest.images());
    for (var distortion : Distortion.values()) {
      var images = distortion.of(originals);
      if (images.count() > 0) {
        groups.add(ForeignGroup.of(distortion.title(), ForeignGroup.Origin.DERIVED, images));
      }
    }
    return List.copyOf(groups);
  }

  private Images spread(Images all) {
    var count = Math.min(perGroup, all.count());
    return all.select(
        IntStream.range(0, count).map(i -> (int) ((long) i * all.count() / count)).toArray());
  }
}
