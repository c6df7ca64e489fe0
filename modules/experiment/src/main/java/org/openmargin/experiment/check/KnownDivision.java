package org.openmargin.experiment.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.manifest.ManifestOverview;

/**
 * How many validation images a manifest's groups leave to a class, for each share that is tried.
 */
public final class KnownDivision {
  /** Of more rows, shares are met nearly enough. */
  private static final int MOST_ROWS = 100_000;

  private final Optional<ManifestOverview> manifest;
  private final Map<SplitFractions, Optional<Map<String, Integer>>> found = new HashMap<>();

  private KnownDivision(Optional<ManifestOverview> manifest) {
    this.manifest = manifest;
  }

  /** Of images that nothing keeps together. */
  static KnownDivision none() {
    return new KnownDivision(Optional.empty());
  }

  static KnownDivision of(ManifestOverview overview) {
    var few = overview.manifest().rows().size() <= MOST_ROWS;
    return new KnownDivision(few ? Optional.of(overview) : Optional.empty());
  }

  /** Of each class; empty if the shares alone decide, or the rows cannot be divided so. */
  Optional<int[]> validation(SplitFractions fractions, List<String> classes) {
    return found
        .computeIfAbsent(fractions, shares -> manifest.flatMap(rows -> counts(rows, shares)))
        .map(counts -> classes.stream().mapToInt(name -> counts.getOrDefault(name, 0)).toArray());
  }

  private static Optional<Map<String, Integer>> counts(
      ManifestOverview rows, SplitFractions shares) {
    try {
      return Optional.of(rows.validation(shares));
    } catch (DataException e) {
      // Training says what is wrong; a class may be meant to be unknown.
      return Optional.empty();
    }
  }
}
