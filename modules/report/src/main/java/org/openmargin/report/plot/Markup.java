package org.openmargin.report.plot;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.function.Consumer;

/** What templates write. */
public final class Markup {
  /** Characters that XML 1.0 does not allow: most control characters and lone surrogates. */
  private static final String NOT_XML =
      "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

  private Markup() {}

  /** The text of a template, all values escaped, without characters that XML does not allow. */
  public static String of(Consumer<HtmlTemplateOutput> template) {
    var text = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(text));
    return text.toString().replaceAll(NOT_XML, "\ufffd");
  }
}
