package org.openmargin.map.picture;

import java.util.List;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;

/** What the points of a map mean, one class per line. */
record MapLegend(List<MapItem> items, ClassLooks looks) {
  private static final double ROW = 22;
  private static final double SIZE = 13.5;
  private static final int LONGEST = 27;

  /**
   * Draws from (x, y) downwards.
   *
   * @return where the last line is
   */
  double draw(List<Mark> marks, double x, double y) {
    double next = group(marks, x, y, Role.KNOWN, "known classes (filled)", looks.known());
    next = group(marks, x, next + 16, Role.UNKNOWN, "unknown classes (hollow)", looks.unknown());
    List<String> prototypes =
        items.stream().filter(i -> i.role() == Role.PROTOTYPE).map(MapItem::className).toList();
    if (prototypes.isEmpty()) {
      return next;
    }
    marks.add(dot(x, next + 16, looks.of(prototypes.get(0), Role.PROTOTYPE)));
    marks.add(
        MapPicture.text(
            x + 20,
            next + 16,
            "prototypes of known classes (" + prototypes.size() + ")",
            SIZE,
            Mark.Style.PLAIN));
    return next + 16 + ROW;
  }

  private double group(
      List<Mark> marks, double x, double y, Role role, String heading, List<String> classes) {
    marks.add(MapPicture.text(x, y, heading, SIZE, Mark.Style.STRONG));
    double row = y;
    for (String name : classes) {
      row += ROW;
      marks.add(dot(x, row, looks.of(name, role)));
      marks.add(MapPicture.text(x + 20, row, label(name, role), SIZE, Mark.Style.PLAIN));
    }
    return row + ROW;
  }

  private static Mark dot(double x, double y, Mark.Look look) {
    Mark.Look larger =
        new Mark.Look(look.outline(), Math.max(5, look.radius()), look.colour(), look.fill());
    return new Mark.Dot(x + 6, y - 4.5, larger, "");
  }

  private String label(String name, Role role) {
    long images =
        items.stream().filter(i -> i.role() == role && i.className().equals(name)).count();
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "\u2026" : name;
    return shown + " (" + images + ")";
  }
}
