package org.openmargin.data.foreign;

import java.util.OptionalInt;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.SplitMix;

/**
 * A kind of generated image. Noise is drawn at the network's input size, because resizing would
 * average it to grey; everything else at four times that size below 128 px, and then resized like
 * the image of a client.
 */
public enum Drawing {
  BLACK("black", 1, Noise::black),
  WHITE("white", 1, Noise::white),
  GREY("grey", 1, Noise::grey),
  FLAT_COLOUR("flat colour", 1, Noise::flatColour),
  UNIFORM_NOISE("uniform noise", 1, Noise::uniform),
  GAUSSIAN_NOISE("Gaussian noise", 1, Noise::gaussian),
  COARSE_NOISE("coarse noise", 1, Noise::coarse),
  STRIPES("stripes", 4, Pattern::stripes),
  CHECKERBOARD("checkerboard", 4, Pattern::checkerboard),
  GRADIENT("gradient", 4, Pattern::gradient),
  TEXT("page of text", 4, TextPage::draw);

  private static final int LARGE_PX = 128;

  private final String title;
  private final int magnification;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Painter painter;

  private interface Painter {
    void paint(Canvas canvas, SplitMix random);
  }

  Drawing(String title, int magnification, Painter painter) {
    this.title = title;
    this.magnification = magnification;
    this.painter = painter;
  }

  public String title() {
    return title;
  }

  /** Whether it makes sense with three channels only. */
  boolean needsColour() {
    return this == FLAT_COLOUR;
  }

  /** Images 0..count-1 of this kind; drawn when they are read. */
  public Images images(ImageShape shape, int count) {
    var side = Math.min(shape.height(), shape.width());
    var grain = side < LARGE_PX ? magnification : 1;
    var drawn = new ImageShape(grain * shape.height(), grain * shape.width(), shape.channels());
    var images =
        Images.from(
            drawn,
            count,
            (index, target, offset) -> {
              var canvas = new Canvas(drawn, grain);
              painter.paint(canvas, SplitMix.of(title.hashCode(), index));
              System.arraycopy(canvas.pixels(), 0, target, offset, drawn.bytes());
            });
    return images.preprocessed(
        new ImageGeometry(OptionalInt.empty(), shape.height(), shape.width()));
  }
}
