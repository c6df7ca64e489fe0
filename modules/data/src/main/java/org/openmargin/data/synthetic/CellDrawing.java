package org.openmargin.data.synthetic;

import org.openmargin.data.SplitMix;

/**
 * One image of a synthetic cell: background, red cells, cytoplasm, granules, nucleus; then
 * illumination and noise. Every pixel is computed on its own from signed distances, in coordinates
 * -1..1, so a drawing has no inherent size.
 */
final class CellDrawing {

  private static final double FULL = 255;

  private final SplitMix random;
  private final CellTraits.Granules granules;
  private final CellTraits.Look look;
  private final Lobes lobes;
  private final RedCells redCells;
  private final LatticeNoise noise;
  private final double radius;
  private final double centreX;
  private final double centreY;
  private final double blur;
  private final double wobble;
  private final double nucleoli;
  private final Rgb background;
  private final Rgb cytoplasm;
  private final Rgb granuleColour;
  private final Rgb nucleusColour;

  /** Decides all that varies from cell to cell. */
  CellDrawing(CellTraits traits, SplitMix random) {
    this.random = random;
    this.granules = traits.granules();
    this.look = traits.nucleus().look();
    this.radius = random.around(traits.radius(), traits.spread());
    this.lobes = Lobes.of(traits.nucleus(), radius, random);
    this.redCells = RedCells.around(radius, random);
    this.noise = new LatticeNoise(random);
    this.centreX = random.around(0, 0.06);
    this.centreY = random.around(0, 0.06);
    this.blur = random.between(0.025, 0.09);
    this.wobble = random.between(0.03, 0.12);
    this.nucleoli = random.nextDouble() < look.nucleoli() ? random.between(0.3, 0.8) : 0;
    this.background = new Rgb(240, 227, 225).vary(random, 3);
    this.cytoplasm = traits.cytoplasm().vary(random, 6).times(random.around(1, 0.04));
    this.granuleColour = granules.colour().vary(random, 8);
    this.nucleusColour = look.colour().vary(random, 7).times(random.around(1, 0.07));
  }

  /**
   * Paints the drawing.
   *
   * @param sizePx height and width
   * @return RGB, {@code [sizePx, sizePx, 3]} row-major
   */
  byte[] paint(int sizePx) {
    byte[] pixels = new byte[sizePx * sizePx * 3];
    Rgb stain = new Rgb(1, 1, 1).vary(random, 0.015).times(random.around(0.985, 0.04));
    double tiltX = random.around(0, 0.03);
    double tiltY = random.around(0, 0.03);
    double grain = random.between(1.5, 6);
    double pixel = 2.0 / sizePx;
    for (int i = 0; i < sizePx * sizePx; i++) {
      int row = i / sizePx;
      double x = (i % sizePx + 0.5) * pixel - 1;
      double y = (row + 0.5) * pixel - 1;
      Rgb seen = at(x, y, Math.max(blur, pixel)).times(1 + tiltX * x + tiltY * y);
      double shared = random.around(0, grain);
      pixels[3 * i] = toByte(seen.red() * stain.red() + shared + random.around(0, grain / 2));
      pixels[3 * i + 1] = toByte(seen.green() * stain.green() + shared);
      pixels[3 * i + 2] = toByte(seen.blue() * stain.blue() + shared + random.around(0, grain / 2));
    }
    return pixels;
  }

  /** How much of a pixel at a signed distance lies inside, with a soft edge. */
  static double cover(double distance, double blur) {
    double t = Math.max(0, Math.min(1, 0.5 - distance / blur));
    return t * t * (3 - 2 * t);
  }

  private Rgb at(double x, double y, double edge) {
    Rgb behind = redCells.over(background.times(1 + 0.012 * noise.at(2 * x, 2 * y)), x, y, edge);
    double px = x - centreX;
    double py = y - centreY;
    double bend = wobble * radius;
    double warp = noise.rough(px * 2.2 / radius, py * 2.2 / radius);
    double distance = Math.sqrt(px * px + py * py) - radius + bend * warp;
    double inCell = cover(distance, edge);
    if (inCell == 0) {
      return behind;
    }
    double u = px / radius;
    double v = py / radius;
    double texture = noise.rough(4 * u + 31, 4 * v + 7);
    Rgb body = cytoplasm.times(1 + 0.05 * texture - 0.07 * cover(-distance - 0.05 * radius, edge));
    double granule = granule(u, v, edge);
    body = body.mix(granuleColour, granule);
    if (!lobes.isEmpty()) {
      double warpX = 0.06 * radius * noise.at(3 * u + 5, 3 * v);
      double warpY = 0.06 * radius * noise.at(3 * u, 3 * v + 9);
      double inNucleus = cover(lobes.distance(px + warpX, py + warpY), edge);
      Rgb surface = nucleus(u, v).mix(granuleColour, granule * granules.overNucleus());
      body = body.mix(surface, inNucleus);
    }
    return behind.mix(body, inCell);
  }

  /** Granules smaller than the edge's softness fade into a tint. */
  private double granule(double u, double v, double edge) {
    double size = granules.size();
    double relativeEdge = edge / (radius * size);
    double sharpness = Math.min(1, 1.2 / relativeEdge);
    return 0.85
        * sharpness
        * Math.max(
            0, noise.spots(u / size, v / size, granules.share(), Math.max(0.3, relativeEdge)));
  }

  private Rgb nucleus(double u, double v) {
    double chromatin = noise.rough(5.5 * u - 13, 5.5 * v + 3);
    Rgb surface = nucleusColour.times(1 + look.mottling() * chromatin);
    if (nucleoli > 0) {
      double pale = noise.spots(2.1 * u + 40, 2.1 * v, 0.5, 0.3);
      surface = surface.mix(new Rgb(186, 160, 214), nucleoli * Math.max(0, pale) * 0.6);
    }
    return surface;
  }

  private static byte toByte(double value) {
    return (byte) Math.max(0, Math.min(FULL, Math.floor(value + 0.5)));
  }
}
