package org.openmargin.map.picture;

import java.util.List;

/**
 * What {@link PictureSvg} and {@link PicturePng} draw, so that both show the same.
 *
 * @param title for those who cannot see it
 * @param width px
 * @param height px
 * @param marks from bottom to top
 */
record Picture(String title, int width, int height, List<Mark> marks) {
  /** How much of what lies below a filled point shows through. */
  static final double OPACITY = 0.8;

  /** Of the border of a point. */
  static final double BORDER_PX = 1.3;

  Picture {
    marks = List.copyOf(marks);
  }
}
