package org.openmargin.map.picture;

import java.util.List;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;
import org.openmargin.map.picture.Canvas.Symbol;
import org.openmargin.map.picture.Canvas.TextStyle;

/** The legend of a map, one class per line. */
record MapLegend(List<MapItem> items, ClassSymbols symbols) {
  private static final double X = MapScale.RIGHT + 28;
  private static final double Y = MapScale.TOP + 12;
  private static final double ROW = 22;
  private static final double GAP = 16;
  private static final double SIZE = 13.5;
  private static final int LONGEST = 27;

  void draw(Canvas canvas) {
    var y = group(canvas, Y, Role.KNOWN, "known classes (filled)", symbols.known());
    if (!symbols.unknown().isEmpty()) {
      y = group(canvas, y, Role.UNKNOWN, "unknown classes (hollow)", symbols.unknown());
    }
    var prototypes = prototypes();
    if (!prototypes.isEmpty()) {
      var symbol = symbols.of(prototypes.get(0), Role.PROTOTYPE);
      entry(canvas, y, symbol, "prototypes of known classes (" + prototypes.size() + ")");
    }
  }

  /** Below the last line. */
  double bottom() {
    var classes = symbols.known().size() + symbols.unknown().size();
    var prototypes = prototypes().isEmpty() ? 0 : ROW + GAP;
    return Y + (classes + 2) * ROW + GAP + prototypes;
  }

  private List<String> prototypes() {
    return items.stream().filter(i -> !i.isImage()).map(MapItem::className).toList();
  }

  /** Returns the y of the next group. */
  private double group(Canvas canvas, double top, Role role, String heading, List<String> classes) {
    var y = top;
    canvas.text(X, y, heading, TextStyle.bold(SIZE));
    for (var name : classes) {
      y += ROW;
      entry(canvas, y, symbols.of(name, role), label(name, role));
    }
    return y + ROW + GAP;
  }

  private static void entry(Canvas canvas, double y, Symbol symbol, String label) {
    var radius = Math.max(5, symbol.radius());
    var larger = new Symbol(symbol.outline(), radius, symbol.colour(), symbol.fill());
    canvas.point(X + 6, y - 4.5, larger, "");
    canvas.text(X + 20, y, label, TextStyle.plain(SIZE));
  }

  private String label(String name, Role role) {
    var images = items.stream().filter(i -> i.role() == role && i.className().equals(name)).count();
    var shown = name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "\u2026" : name;
    return shown + " (" + images + ")";
  }
}
