package org.openmargin.data.synthetic;

import static org.openmargin.data.synthetic.Rgb.rgb;

import java.util.List;
import org.openmargin.data.SplitMix;

/**
 * What a cell looks like, on average or on its own. Its nucleus is a chain of round lobes on an
 * arc.
 *
 * @param radius in halves of the image's side; the other lengths are in units of it
 * @param cytoplasm its colour
 * @param grainSize distance between neighbouring granules
 * @param grainShare how densely they lie, 0..1
 * @param grain their colour
 * @param hiding how much they hide the nucleus, 0..1
 * @param lobes of the nucleus; 0: no nucleus
 * @param lobeRadius radius of a lobe
 * @param arcRadius radius of the arc
 * @param arcSpan angle from the first lobe to the last, radians
 * @param nucleus its colour
 */
record Cell(
    double radius,
    Rgb cytoplasm,
    double grainSize,
    double grainShare,
    Rgb grain,
    double hiding,
    double lobes,
    double lobeRadius,
    double arcRadius,
    double arcSpan,
    Rgb nucleus) {

  static final List<String> CLASS_NAMES =
      List.of(
          "lymphoid",
          "blast",
          "monocytoid",
          "band",
          "segmented",
          "bilobed coarse",
          "bilobed dark",
          "platelet");

  private static final Rgb LILAC = rgb(0xb88cbe);
  private static final Rgb CORAL = rgb(0xdc6c54);
  private static final Rgb PLUM = rgb(0x4a2670);
  private static final List<Cell> CLASSES =
      List.of(
          new Cell(0.50, rgb(0xb0c4e2), 0.12, 0.05, LILAC, 0, 1, 0.80, 0, 0, rgb(0x603a8a)),
          new Cell(0.60, rgb(0x92a4d8), 0.12, 0.08, LILAC, 0, 1, 0.81, 0, 0, rgb(0x8054a2)),
          new Cell(0.66, rgb(0xacb2d0), 0.10, 0.25, LILAC, 0, 6, 0.38, 0.36, 3.4, rgb(0x744c9c)),
          new Cell(0.58, rgb(0xe2c6d4), 0.11, 0.60, LILAC, 0, 8, 0.22, 0.50, 3.9, rgb(0x5c3486)),
          new Cell(0.58, rgb(0xe4c8d2), 0.11, 0.65, LILAC, 0, 3.7, 0.27, 0.45, 3.9, rgb(0x563082)),
          new Cell(0.60, rgb(0xecbeb2), 0.17, 0.92, CORAL, 0.1, 2, 0.35, 0.44, 2.3, rgb(0x623a8c)),
          new Cell(0.54, rgb(0xceb8de), 0.18, 0.62, PLUM, 0.75, 2, 0.42, 0.36, 2.4, rgb(0x7a529c)),
          new Cell(0.20, rgb(0xc4acd6), 0.34, 0.75, PLUM, 0, 0, 0, 0, 0, PLUM));

  /** For each class the one that is easiest to take it for; a platelet is like nothing else. */
  private static final List<Integer> LIKE = List.of(1, 0, 1, 4, 3, 4, 0, 7);

  /**
   * One cell of a class: moved a little towards the similar class, every seventh one up to just
   * beyond half way. That is what keeps accuracy below 100 %.
   */
  static Cell of(int label, SplitMix random) {
    var atypical = random.nextInt(7) == 0;
    var part = atypical ? random.between(0.15, 0.55) : random.between(0, 0.15);
    return CLASSES.get(label).varied(CLASSES.get(LIKE.get(label)), part, random);
  }

  private Cell varied(Cell other, double part, SplitMix random) {
    return new Cell(
        lerp(radius, other.radius, part) * random.around(1, 0.1),
        cytoplasm.mix(other.cytoplasm, part).vary(random, 6, 0.04),
        lerp(grainSize, other.grainSize, part),
        lerp(grainShare, other.grainShare, part),
        grain.mix(other.grain, part).vary(random, 8, 0),
        lerp(hiding, other.hiding, part),
        lerp(lobes, other.lobes, part),
        lerp(lobeRadius, other.lobeRadius, part),
        lerp(arcRadius, other.arcRadius, part),
        lerp(arcSpan, other.arcSpan, part),
        nucleus.mix(other.nucleus, part).vary(random, 7, 0.07));
  }

  static double lerp(double a, double b, double part) {
    return a + (b - a) * part;
  }
}
