package org.openmargin.report.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.report.plot.Markup;

/**
 * A page for a browser. Style and figures are embedded, it runs no script and fetches nothing.
 *
 * @param lead sentences below the title
 */
public record Page(String title, List<String> lead, List<Part> parts) {

  public Page {
    lead = List.copyOf(lead);
    parts = List.copyOf(parts);
  }

  /** A part of the page. */
  public sealed interface Part {
    String heading();
  }

  /**
   * @param headings one per column; the first column names the rows
   * @param rows as long as the headings
   */
  public record Table(String heading, List<String> headings, List<List<String>> rows)
      implements Part {}

  public record Items(String heading, List<String> items) implements Part {}

  /**
   * @param note what the bars are
   */
  public record Charts(String heading, String note, List<LineChart> charts) implements Part {}

  /**
   * @param url a data URL
   */
  public record Picture(String url, String caption) {}

  /**
   * @param note what the pictures are
   */
  public record Pictures(String heading, String note, List<Picture> pictures) implements Part {}

  /**
   * Writes or replaces the file, atomically.
   *
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public void write(Path file) throws IOException {
    var html = html();
    AtomicTextFile.write(file, writer -> writer.write(html));
  }

  String html() {
    return Markup.of(output -> JtepageGenerated.render(output, null, this));
  }
}
