package org.openmargin.data.synthetic;

import java.util.List;
import org.openmargin.data.SplitMix;

/**
 * What the cells of one class have in common: mean values, around which every cell varies. Lengths
 * are in units of half the image's side, those of nucleus and granules in units of the cell's
 * radius.
 *
 * @param name the class name
 * @param radius the cell's radius
 * @param spread deviation of the radius
 * @param cytoplasm its colour
 * @param granules what is in the cytoplasm
 * @param nucleus shape and colour
 */
record CellTraits(
    String name, double radius, double spread, Rgb cytoplasm, Granules granules, Nucleus nucleus) {

  /**
   * Granules.
   *
   * @param size distance between neighbours
   * @param share how densely they lie, 0..1
   * @param colour their colour
   * @param overNucleus how much they hide the nucleus, 0..1
   */
  record Granules(double size, double share, Rgb colour, double overNucleus) {

    Granules mix(Granules other, double part) {
      return new Granules(
          lerp(size, other.size, part),
          lerp(share, other.share, part),
          colour.mix(other.colour, part),
          lerp(overNucleus, other.overNucleus, part));
    }
  }

  /**
   * A chain of round lobes on an arc.
   *
   * @param lobes how many; 0: no nucleus
   * @param lobeRadius radius of a lobe
   * @param arcRadius radius of the arc
   * @param arcSpan angle from the first lobe to the last, radians
   * @param look colour and texture
   */
  record Nucleus(double lobes, double lobeRadius, double arcRadius, double arcSpan, Look look) {

    Nucleus mix(Nucleus other, double part) {
      return new Nucleus(
          lerp(lobes, other.lobes, part),
          lerp(lobeRadius, other.lobeRadius, part),
          lerp(arcRadius, other.arcRadius, part),
          lerp(arcSpan, other.arcSpan, part),
          look.mix(other.look, part));
    }
  }

  /**
   * The nucleus's surface.
   *
   * @param colour its colour
   * @param mottling contrast of the chromatin, 0..1
   * @param nucleoli chance of pale spots, 0..1
   */
  record Look(Rgb colour, double mottling, double nucleoli) {

    Look mix(Look other, double part) {
      return new Look(
          colour.mix(other.colour, part),
          lerp(mottling, other.mottling, part),
          lerp(nucleoli, other.nucleoli, part));
    }
  }

  private static final Rgb LILAC = new Rgb(184, 140, 190);

  /** The eight classes, in label order. */
  static final List<CellTraits> ALL =
      List.of(
          new CellTraits(
              "lymphoid",
              0.50,
              0.060,
              new Rgb(176, 196, 226),
              new Granules(0.12, 0.05, LILAC, 0),
              new Nucleus(1, 0.80, 0, 0, new Look(new Rgb(96, 58, 138), 0.22, 0.10))),
          new CellTraits(
              "blast",
              0.60,
              0.075,
              new Rgb(146, 164, 216),
              new Granules(0.12, 0.08, LILAC, 0),
              new Nucleus(1, 0.81, 0, 0, new Look(new Rgb(128, 84, 162), 0.14, 0.75))),
          new CellTraits(
              "monocytoid",
              0.66,
              0.070,
              new Rgb(172, 178, 208),
              new Granules(0.10, 0.25, LILAC, 0),
              new Nucleus(6, 0.38, 0.36, 3.4, new Look(new Rgb(116, 76, 156), 0.24, 0.05))),
          new CellTraits(
              "band",
              0.58,
              0.055,
              new Rgb(226, 198, 212),
              new Granules(0.11, 0.60, LILAC, 0),
              new Nucleus(8, 0.22, 0.50, 3.9, new Look(new Rgb(92, 52, 134), 0.20, 0))),
          new CellTraits(
              "segmented",
              0.58,
              0.055,
              new Rgb(228, 200, 210),
              new Granules(0.11, 0.65, LILAC, 0),
              new Nucleus(3.7, 0.27, 0.45, 3.9, new Look(new Rgb(86, 48, 130), 0.20, 0))),
          new CellTraits(
              "bilobed coarse",
              0.60,
              0.055,
              new Rgb(236, 190, 178),
              new Granules(0.17, 0.92, new Rgb(220, 108, 84), 0.1),
              new Nucleus(2.15, 0.35, 0.44, 2.3, new Look(new Rgb(98, 58, 140), 0.20, 0))),
          new CellTraits(
              "bilobed dark",
              0.54,
              0.055,
              new Rgb(206, 184, 222),
              new Granules(0.18, 0.62, new Rgb(74, 38, 112), 0.75),
              new Nucleus(2.15, 0.42, 0.36, 2.4, new Look(new Rgb(122, 82, 156), 0.18, 0))),
          new CellTraits(
              "platelet",
              0.20,
              0.045,
              new Rgb(196, 172, 214),
              new Granules(0.34, 0.75, new Rgb(128, 84, 160), 0),
              new Nucleus(0, 0, 0, 0, new Look(new Rgb(122, 82, 156), 0, 0))));

  /** For each class the one that is easiest to take it for; a platelet is like nothing else. */
  private static final List<Integer> LIKE = List.of(1, 0, 1, 4, 3, 4, 0, 7);

  /**
   * The means for one cell: those of its class, moved a little towards the similar class, and for
   * every seventh cell up to just beyond half way. That is what keeps accuracy below 100 %.
   *
   * @param label the class
   * @param random decides how far
   */
  static CellTraits of(int label, SplitMix random) {
    boolean atypical = random.nextInt(7) == 0;
    double part = atypical ? random.between(0.15, 0.55) : random.between(0, 0.15);
    return ALL.get(label).mix(ALL.get(LIKE.get(label)), part);
  }

  private CellTraits mix(CellTraits other, double part) {
    return new CellTraits(
        name,
        lerp(radius, other.radius, part),
        lerp(spread, other.spread, part),
        cytoplasm.mix(other.cytoplasm, part),
        granules.mix(other.granules, part),
        nucleus.mix(other.nucleus, part));
  }

  private static double lerp(double a, double b, double part) {
    return a + (b - a) * part;
  }
}
