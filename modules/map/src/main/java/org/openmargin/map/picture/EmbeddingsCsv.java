package org.openmargin.map.picture;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;
import org.openmargin.scoring.csv.Csv;

/**
 * {@code embeddings.csv}: one row per point of a map, quoted as in RFC 4180.
 *
 * <p>Columns: {@code id} (of the image, or {@code prototype/<class>}); {@code class} (the true
 * one); {@code group} ({@code known}, {@code unknown} or {@code prototype}); {@code prediction} and
 * {@code unknown_score}, empty for prototypes; {@code pca_x}, {@code pca_y}, {@code tsne_x}, {@code
 * tsne_y}. Numbers have every digit.
 */
final class EmbeddingsCsv {
  private EmbeddingsCsv() {}

  static void write(Writer writer, EmbeddingMap map) throws IOException {
    writer.write(
        Csv.line(
            List.of(
                "id",
                "class",
                "group",
                "prediction",
                "unknown_score",
                "pca_x",
                "pca_y",
                "tsne_x",
                "tsne_y")));
    for (int i = 0; i < map.items().size(); i++) {
      MapItem item = map.items().get(i);
      writer.write(
          Csv.line(
              List.of(
                  item.id(),
                  item.className(),
                  item.role().text(),
                  item.answer().map(MapItem.Answer::prediction).orElse(""),
                  item.answer().map(a -> Double.toString(a.unknownScore())).orElse(""),
                  Double.toString(map.pca().places().get(i).x()),
                  Double.toString(map.pca().places().get(i).y()),
                  Double.toString(map.tsne().places().get(i).x()),
                  Double.toString(map.tsne().places().get(i).y()))));
    }
  }
}
