package org.openmargin.map.picture;

import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem.Answer;

/**
 * {@code embeddings.csv}: one row per point of a map, quoted as in RFC 4180.
 *
 * <p>Columns: {@code id} (of the image, or {@code prototype/<class>}); {@code class} (the true
 * one); {@code group} ({@code known}, {@code unknown} or {@code prototype}); {@code prediction} and
 * {@code unknown_score}, empty for prototypes; {@code pca_x}, {@code pca_y}, {@code tsne_x}, {@code
 * tsne_y}. Numbers have every digit.
 */
final class EmbeddingsCsv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setRecordSeparator('\n')
          .setHeader(
              "id",
              "class",
              "group",
              "prediction",
              "unknown_score",
              "pca_x",
              "pca_y",
              "tsne_x",
              "tsne_y")
          .get();

  private EmbeddingsCsv() {}

  static void write(Writer writer, EmbeddingMap map) throws IOException {
    var csv = FORMAT.print(writer);
    for (var i = 0; i < map.items().size(); i++) {
      var item = map.items().get(i);
      var pca = map.pca().places().get(i);
      var tsne = map.tsne().places().get(i);
      csv.printRecord(
          item.id(),
          item.className(),
          item.role().text(),
          item.answer().map(Answer::prediction).orElse(""),
          item.answer().map(a -> Double.toString(a.unknownScore())).orElse(""),
          pca.x(),
          pca.y(),
          tsne.x(),
          tsne.y());
    }
    csv.flush();
  }
}
