package org.openmargin.data.synthetic;

import static org.openmargin.data.synthetic.Rgb.rgb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openmargin.data.SplitMix;

/**
 * Paints one cell: background, red cells, cytoplasm, granules, nucleus; then illumination and
 * noise. Every pixel is computed on its own from signed distances, in coordinates -1..1, so a cell
 * has no inherent size.
 */
final class CellPainter {
  private final SplitMix random;
  private final Noise noise;
  private final Cell cell;
  private final Disc body;
  private final double blur;
  private final List<Disc> nucleus;
  private final List<Disc> redCells;
  private final Rgb background;

  /** Decides all that varies from cell to cell. */
  CellPainter(Cell cell, SplitMix random) {
    this.random = random;
    this.cell = cell;
    this.noise = new Noise(random.nextLong());
    this.body = new Disc(random.around(0, 0.06), random.around(0, 0.06), cell.radius());
    this.blur = random.between(0.025, 0.09);
    this.nucleus = nucleus(cell, random);
    this.redCells =
        Stream.generate(
                () ->
                    Disc.polar(
                        random.between(0, 2 * Math.PI),
                        body.radius() + random.between(0.3, 0.9),
                        random.around(0.33, 0.03)))
            .limit(2 + random.nextInt(4))
            .toList();
    this.background = rgb(0xf0e3e1).vary(random, 3, 0);
  }

  /** Lobes in units of the cell's radius, with thin bridges between them. */
  private static List<Disc> nucleus(Cell cell, SplitMix random) {
    var count = cell.lobes() <= 1 ? cell.lobes() : random.around(cell.lobes(), 0.4);
    var lobes = (int) Math.round(count);
    var turn = random.between(0, 2 * Math.PI);
    var span = cell.arcSpan() * random.around(1, 0.12);
    var arc = cell.arcRadius() * random.around(1, 0.08);
    var discs = new ArrayList<Disc>();
    for (var i = 0; i < 4 * lobes - 3; i++) {
      var angle = turn + span * (lobes == 1 ? 0 : i / (4.0 * lobes - 4) - 0.5);
      var radius = i % 4 == 0 ? cell.lobeRadius() * random.around(1, 0.09) : 0.09;
      discs.add(Disc.polar(angle, arc + random.around(0, 0.05), radius));
    }
    // Most of the way to the middle of the cell: an arc is heavy on one side.
    var x = 0.7 * discs.stream().mapToDouble(Disc::x).average().orElse(0);
    var y = 0.7 * discs.stream().mapToDouble(Disc::y).average().orElse(0);
    return discs.stream().map(d -> new Disc(d.x() - x, d.y() - y, d.radius())).toList();
  }

  /** RGB, {@code [sizePx, sizePx, 3]} row-major. */
  byte[] paint(int sizePx) {
    var pixels = new byte[sizePx * sizePx * 3];
    var stain = new Rgb(0.985, 0.985, 0.985).vary(random, 0.015, 0.04);
    var tiltX = random.around(0, 0.03);
    var tiltY = random.around(0, 0.03);
    var grey = random.between(1.5, 6);
    var pixel = 2.0 / sizePx;
    for (var i = 0; i < sizePx * sizePx; i++) {
      var row = i / sizePx;
      var x = (i % sizePx + 0.5) * pixel - 1;
      var y = (row + 0.5) * pixel - 1;
      var light = 1 + tiltX * x + tiltY * y;
      var shared = random.around(0, grey);
      var seen =
          at(x, y, Math.max(blur, pixel))
              .times(light * stain.red(), light * stain.green(), light * stain.blue())
              .plus(random.around(shared, grey / 2), shared, random.around(shared, grey / 2));
      pixels[3 * i] = toByte(seen.red());
      pixels[3 * i + 1] = toByte(seen.green());
      pixels[3 * i + 2] = toByte(seen.blue());
    }
    return pixels;
  }

  private Rgb at(double x, double y, double edge) {
    var behind = behind(x, y, edge);
    var u = (x - body.x()) / body.radius();
    var v = (y - body.y()) / body.radius();
    var bend = 0.08 * body.radius() * noise.at(2.2 * u, 2.2 * v);
    var inside = Noise.smooth(0.5 - (body.distance(x, y) + bend) / edge);
    if (inside == 0) {
      return behind;
    }
    var soft = edge / body.radius();
    var grainBlur = Math.max(0.3, soft / cell.grainSize());
    // Granules smaller than the edge's softness fade into a tint.
    var grains =
        0.85
            * Math.min(1, 1.2 / grainBlur)
            * noise.spots(u / cell.grainSize(), v / cell.grainSize(), cell.grainShare(), grainBlur);
    var plasma = shaded(cell.cytoplasm(), 0.05 * rough(4 * u, 4 * v)).mix(cell.grain(), grains);
    var wavy = 0.06 * noise.at(3 * u + 5, 3 * v);
    var inNucleus = Noise.smooth(0.5 - distance(u + wavy, v - wavy) / soft);
    var surface =
        shaded(cell.nucleus(), 0.2 * rough(5.5 * u - 13, 5.5 * v))
            .mix(cell.grain(), grains * cell.hiding());
    return behind.mix(plasma.mix(surface, inNucleus), inside);
  }

  /** The background, seen through red cells with pale centres. */
  private Rgb behind(double x, double y, double edge) {
    var seen = shaded(background, 0.012 * noise.at(2 * x, 2 * y));
    for (var disc : redCells) {
      var distance = disc.distance(x, y);
      var pale = 0.4 * Noise.smooth(-distance / disc.radius() - 0.2);
      var stain = Noise.smooth(0.5 - distance / edge) * (1 - pale);
      seen = seen.times(1 - 0.09 * stain, 1 - 0.27 * stain, 1 - 0.28 * stain);
    }
    return seen;
  }

  /** Signed distance to the nucleus: the polynomial smooth minimum over its discs. */
  private double distance(double u, double v) {
    var joint = 0.15;
    var nearest = 2.0;
    for (var disc : nucleus) {
      var next = disc.distance(u, v);
      var overlap = Math.max(0, 1 - Math.abs(nearest - next) / joint);
      nearest = Math.min(nearest, next) - joint * overlap * overlap / 4;
    }
    return nearest;
  }

  private double rough(double x, double y) {
    return (2 * noise.at(x, y) + noise.at(2.03 * x + 17.3, 2.03 * y - 9.1)) / 3;
  }

  private static Rgb shaded(Rgb colour, double by) {
    return colour.times(1 + by, 1 + by, 1 + by);
  }

  private static byte toByte(double value) {
    return (byte) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }
}
