package org.openmargin.report;

import java.util.List;

/** Elements and escaped text; what comes out is well-formed XML as well as HTML. */
public final class Markup {
  private Markup() {}

  /** Text as it may stand in an element or in a quoted attribute. */
  public static String text(String raw) {
    StringBuilder escaped = new StringBuilder(raw.length() + 16);
    raw.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  /** {@code <name>text</name>}; the text is escaped. */
  public static String leaf(String name, String raw) {
    return "<" + name + ">" + text(raw) + "</" + name + ">";
  }

  /** {@code <name class="c">content</name>}; the content is markup. */
  static String block(String name, String cssClass, String content) {
    return "<%s class=\"%s\">%s</%s>\n".formatted(name, text(cssClass), content, name);
  }

  /** A section with a heading and, unless it is empty, a lead sentence. */
  static String section(String heading, String lead, String content) {
    String sentence = lead.isEmpty() ? "" : block("p", "lead", text(lead));
    return "<section>\n" + leaf("h2", heading) + "\n" + sentence + content + "</section>\n";
  }

  /** A table that scrolls sideways on a small screen. */
  static String table(String caption, List<String> headings, String rows) {
    StringBuilder head = new StringBuilder();
    headings.forEach(h -> head.append("<th scope=\"col\">").append(text(h)).append("</th>"));
    return """
        <p class="caption">%s</p>
        <div class="scroll" role="region" tabindex="0" aria-label="%s"><table>
        <thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody></table></div>
        """
        .formatted(text(caption), text(caption), head, rows);
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
    }
  }

  /**
   * The characters of XML 1.0; other control characters and lone surrogates have no place in it.
   */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
