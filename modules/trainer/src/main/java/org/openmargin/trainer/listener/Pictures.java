package org.openmargin.trainer.listener;

import java.util.List;

/**
 * Images of one size.
 *
 * @param width px
 * @param height px
 * @param png each a file
 */
public record Pictures(int width, int height, List<byte[]> png) {
  public Pictures {
    png = List.copyOf(png);
  }
}
