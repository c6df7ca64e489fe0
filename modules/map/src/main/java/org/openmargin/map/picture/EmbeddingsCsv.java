package org.openmargin.map.picture;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;

/**
 * {@code embeddings.csv}: one row per point of a map, quoted as in RFC 4180.
 *
 * <p>Columns: {@code id} (of the image, or {@code prototype/<class>}); {@code class} (the true
 * one); {@code group} ({@code known}, {@code unknown} or {@code prototype}); {@code prediction} and
 * {@code unknown_score}, empty for prototypes; {@code pca_x}, {@code pca_y}, {@code tsne_x}, {@code
 * tsne_y}. Numbers have full precision.
 */
final class EmbeddingsCsv {
  private EmbeddingsCsv() {}

  static void write(Writer writer, EmbeddingMap map) throws IOException {
    var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
    csv.writeRecord(
        "id",
        "class",
        "group",
        "prediction",
        "unknown_score",
        "pca_x",
        "pca_y",
        "tsne_x",
        "tsne_y");
    for (var i = 0; i < map.items().size(); i++) {
      var item = map.items().get(i);
      var pca = map.pca().places().get(i);
      var tsne = map.tsne().places().get(i);
      csv.writeRecord(
          item.id(),
          item.className(),
          item.role().text(),
          item.answer().map(MapItem.Answer::prediction).orElse(""),
          item.answer().map(a -> Double.toString(a.unknownScore())).orElse(""),
          Double.toString(pca.x()),
          Double.toString(pca.y()),
          Double.toString(tsne.x()),
          Double.toString(tsne.y()));
    }
    csv.flush();
  }
}
