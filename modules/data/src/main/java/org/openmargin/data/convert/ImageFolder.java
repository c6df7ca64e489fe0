package org.openmargin.data.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openmargin.data.entry.Split;
import org.openmargin.data.manifest.ManifestRow;
import org.openmargin.data.manifest.SplitFile;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;

/**
 * A new folder of image files, {@code train/000000.png} and so on, with {@code manifest.csv}, which
 * lists them; its column {@code source} holds their names before.
 */
public record ImageFolder(Path path) {

  /**
   * @throws org.openmargin.data.DataException if there is something at the path, or it cannot be
   *     written
   */
  public void write(ImageRecords images) {
    new NewFolder(path).write(folder -> write(folder, images));
  }

  private static void write(Path folder, ImageRecords images) throws IOException {
    var counts = new EnumMap<Split, Integer>(Split.class);
    var rows = new ArrayList<ManifestRow>();
    images.forEach(image -> rows.add(write(folder, counts, image)));
    new SplitFile(folder.resolve("manifest.csv")).write(rows, List.of("source"));
  }

  private static ManifestRow write(Path folder, Map<Split, Integer> counts, ImageRecord image)
      throws IOException {
    var entry = image.entry();
    var part = entry.split().orElse(Split.TRAIN);
    var number = counts.merge(part, 1, Integer::sum) - 1;
    var file = folder.resolve("%s/%06d.%s".formatted(part, number, image.ending()));
    Files.createDirectories(folder.resolve(part.toString()));
    Files.write(file, image.encoded().toByteArray());
    return new ManifestRow(number, file, entry.in(part), List.of(entry.id()));
  }
}
