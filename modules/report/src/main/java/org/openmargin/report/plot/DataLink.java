package org.openmargin.report.plot;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Small files that are inside the page: links that save them need no server and no script. Nothing
 * in them has to be escaped: letters, digits and a few signs.
 */
public final class DataLink {
  private DataLink() {}

  public static String svg(String text) {
    return of("image/svg+xml", text);
  }

  public static String csv(String text) {
    return of("text/csv;charset=utf-8", text);
  }

  private static String of(String type, String text) {
    var bytes = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "data:" + type + ";base64," + bytes;
  }
}
