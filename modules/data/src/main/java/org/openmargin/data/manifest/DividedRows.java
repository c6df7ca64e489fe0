package org.openmargin.data.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.division.Division;
import org.openmargin.data.entry.Split;

/** The rows of a manifest with their parts: as it says, or as they are divided. */
public record DividedRows(Manifest manifest, Division division) {

  /**
   * All rows, each with a part.
   *
   * @throws DataException if a given division has no training or no test images, or the rows cannot
   *     be divided
   */
  public List<ManifestRow> rows() {
    if (!manifest.divided()) {
      return with(manifest.rows(), division.of(manifest.entries()));
    }
    for (var part : List.of(Split.TRAIN, Split.TEST)) {
      if (where(part).isEmpty()) {
        throw new DataException(
            "no image is in the part '%s'; add some, or let the images be divided: split_column: \"%s\""
                .formatted(part, ManifestColumns.NONE));
      }
    }
    return where(Split.VALIDATION).isEmpty() ? withValidation() : manifest.rows();
  }

  private List<ManifestRow> withValidation() {
    var train = where(Split.TRAIN);
    var rows = new ArrayList<>(manifest.rows());
    var parts = division.withoutTest(train.stream().map(i -> rows.get(i).entry()).toList());
    for (var i = 0; i < parts.size(); i++) {
      rows.set(train.get(i), rows.get(train.get(i)).in(parts.get(i)));
    }
    return List.copyOf(rows);
  }

  private List<Integer> where(Split part) {
    var rows = manifest.rows();
    return IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).entry().split().equals(Optional.of(part)))
        .boxed()
        .toList();
  }

  private static List<ManifestRow> with(List<ManifestRow> rows, List<Split> parts) {
    return IntStream.range(0, rows.size()).mapToObj(i -> rows.get(i).in(parts.get(i))).toList();
  }
}
