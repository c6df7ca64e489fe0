package org.openmargin.map.picture;

import java.util.List;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;

/**
 * How the classes of a map look: known ones filled, unknown ones hollow, each with its own pair of
 * colour and outline. The colours are those of Okabe and Ito without yellow, which white swallows:
 * all common kinds of colour vision tell them apart.
 *
 * @param known names, in order of the legend
 * @param unknown names
 */
record ClassLooks(List<String> known, List<String> unknown) {
  private static final List<Swatch> COLOURS =
      List.of(
          new Swatch(0x0072b2),
          new Swatch(0xe69f00),
          new Swatch(0x009e73),
          new Swatch(0xcc79a7),
          new Swatch(0xd55e00),
          new Swatch(0x3d3d3d),
          new Swatch(0x56b4e9),
          new Swatch(0x8a6d1d));

  private static final List<Outline> OUTLINES =
      List.of(Outline.CIRCLE, Outline.SQUARE, Outline.DIAMOND, Outline.TRIANGLE);

  private static final double RADIUS_PX = 3.4;
  private static final double STAR_PX = 7;

  static ClassLooks of(List<MapItem> items) {
    return new ClassLooks(names(items, Role.KNOWN), names(items, Role.UNKNOWN));
  }

  private static List<String> names(List<MapItem> items, Role role) {
    return items.stream().filter(i -> i.role() == role).map(MapItem::className).distinct().toList();
  }

  Mark.Look of(MapItem item) {
    return of(item.className(), item.role());
  }

  Mark.Look of(String className, Role role) {
    int index =
        role == Role.UNKNOWN ? known.size() + unknown.indexOf(className) : known.indexOf(className);
    Swatch colour = COLOURS.get(Math.floorMod(index, COLOURS.size()));
    // One further in each round of the colours, so that no pair comes twice too soon.
    Outline outline = OUTLINES.get(Math.floorMod(index + index / COLOURS.size(), OUTLINES.size()));
    return switch (role) {
      case KNOWN -> new Mark.Look(outline, RADIUS_PX, colour, Mark.Fill.FILLED);
      case UNKNOWN -> new Mark.Look(outline, RADIUS_PX, colour, Mark.Fill.HOLLOW);
      case PROTOTYPE -> new Mark.Look(Outline.STAR, STAR_PX, colour, Mark.Fill.BORDERED);
    };
  }
}
