package org.openmargin.map.picture;

import java.awt.Color;
import java.util.List;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;
import org.openmargin.map.picture.Canvas.Fill;
import org.openmargin.map.picture.Canvas.Symbol;

/**
 * Symbols of a map's classes: known ones filled, unknown ones hollow, each with its own pair of
 * colour and outline. The colours are those of Okabe and Ito, distinct for all common kinds of
 * colour vision, without yellow, which is hard to see on white. Names are in legend order.
 */
record ClassSymbols(List<String> known, List<String> unknown) {
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xe69f00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xd55e00),
          new Color(0x3d3d3d),
          new Color(0x56b4e9),
          new Color(0x8a6d1d));

  private static final List<Outline> OUTLINES =
      List.of(Outline.CIRCLE, Outline.SQUARE, Outline.DIAMOND, Outline.TRIANGLE);

  private static final double RADIUS_PX = 3.4;
  private static final double STAR_PX = 7;

  static ClassSymbols of(List<MapItem> items) {
    return new ClassSymbols(names(items, Role.KNOWN), names(items, Role.UNKNOWN));
  }

  private static List<String> names(List<MapItem> items, Role role) {
    return items.stream().filter(i -> i.role() == role).map(MapItem::className).distinct().toList();
  }

  Symbol of(MapItem item) {
    return of(item.className(), item.role());
  }

  Symbol of(String className, Role role) {
    var index =
        role == Role.UNKNOWN ? known.size() + unknown.indexOf(className) : known.indexOf(className);
    var colour = COLOURS.get(Math.floorMod(index, COLOURS.size()));
    // Shifted by one in each round of colours, to put off the first repeated pair.
    var outline = OUTLINES.get(Math.floorMod(index + index / COLOURS.size(), OUTLINES.size()));
    return switch (role) {
      case KNOWN -> new Symbol(outline, RADIUS_PX, colour, Fill.FILLED);
      case UNKNOWN -> new Symbol(outline, RADIUS_PX, colour, Fill.HOLLOW);
      case PROTOTYPE -> new Symbol(Outline.STAR, STAR_PX, colour, Fill.BORDERED);
    };
  }
}
