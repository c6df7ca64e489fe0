package org.openmargin.map.picture;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;
import org.openmargin.report.plot.Numbers;

/**
 * The files of TensorBoard's embedding projector: vectors, one line of metadata each, and a
 * configuration that names both and the sprite. Tabs and line ends in names become spaces because
 * the format has no quoting.
 */
record ProjectorFiles(EmbeddingMap map, String title) {
  static final String TENSORS = "tensors.tsv";
  static final String METADATA = "metadata.tsv";
  static final String SPRITE = "sprite.png";

  /** Vectors in the map's space. */
  void tensors(Writer writer) throws IOException {
    for (var item : map.items()) {
      var row = map.space().of(item.embedding());
      for (int k = 0; k < row.length; k++) {
        writer.write(k == 0 ? "" : "\t");
        writer.write(Float.toString((float) row[k]));
      }
      writer.write('\n');
    }
  }

  void metadata(Writer writer) throws IOException {
    line(writer, List.of("id", "class", "group", "prediction", "unknown_score"));
    for (var item : map.items()) {
      line(
          writer,
          List.of(
              item.id(),
              item.className(),
              item.role().text(),
              item.answer().map(MapItem.Answer::prediction).orElse("-"),
              item.answer().map(a -> Numbers.score(a.unknownScore())).orElse("-")));
    }
  }

  private static void line(Writer writer, List<String> fields) throws IOException {
    var plain = fields.stream().map(f -> f.replaceAll("[\\t\\r\\n]", " ")).toList();
    writer.write(String.join("\t", plain));
    writer.write('\n');
  }

  void config(Writer writer, Sprite sprite) throws IOException {
    writer.write(
        """
        embeddings {
          tensor_name: "%s"
          tensor_shape: %d
          tensor_shape: %d
          tensor_path: "%s"
          metadata_path: "%s"
          sprite {
            image_path: "%s"
            single_image_dim: %d
            single_image_dim: %d
          }
        }
        """
            .formatted(
                title.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " "),
                map.items().size(),
                map.items().get(0).embedding().length,
                TENSORS,
                METADATA,
                SPRITE,
                sprite.tileWidth(),
                sprite.tileHeight()));
  }
}
