package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

/**
 * A row of a manifest.
 *
 * @param line in the file, from 1
 * @param image the file that its path means; the table itself if that holds the image
 * @param others cells of the columns that say something else
 */
public record ManifestRow(long line, Path image, DataEntry entry, List<String> others) {
  public ManifestRow {
    others = List.copyOf(others);
  }

  ManifestRow in(Split part) {
    return new ManifestRow(line, image, entry.in(part), others);
  }
}
