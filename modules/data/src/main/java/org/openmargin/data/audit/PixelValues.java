package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Values of pixels: images of one colour, and the range that each split uses. */
record PixelValues(AuditedSet set, List<ImageFacts> facts) {
  /** A split whose brightest pixel or whole range is below a quarter of 256 is too dark or flat. */
  private static final int SMALL_RANGE = 64;

  /** By split, in order. */
  Map<String, ValueRange> ranges() {
    var ranges = new LinkedHashMap<String, ValueRange>();
    for (var split : List.of("train", "validation", "test")) {
      var rows =
          IntStream.range(0, facts.size())
              .filter(row -> set.images().get(row).split().equals(split))
              .mapToObj(facts::get)
              .toList();
      if (!rows.isEmpty()) {
        ranges.put(split, range(rows));
      }
    }
    return ranges;
  }

  private static ValueRange range(List<ImageFacts> images) {
    return new ValueRange(
        images.size(),
        images.stream().mapToInt(ImageFacts::least).min().orElseThrow(),
        images.stream().mapToInt(ImageFacts::greatest).max().orElseThrow(),
        images.stream().mapToDouble(ImageFacts::mean).average().orElseThrow(),
        images.stream().mapToDouble(ImageFacts::contrast).average().orElseThrow());
  }

  List<Finding> findings() {
    var collected = new Collected(set, facts);
    for (var row = 0; row < facts.size(); row++) {
      if (facts.get(row).constant()) {
        collected.add(FindingKind.CONSTANT, "", List.of(row), OptionalDouble.empty(), "");
      }
    }
    var findings = new ArrayList<>(collected.findings());
    ranges()
        .forEach(
            (split, range) -> {
              if (range.greatest() - range.least() < SMALL_RANGE) {
                findings.add(small(split, range));
              }
            });
    return findings;
  }

  private static Finding small(String split, ValueRange range) {
    var summary =
        "%s: all pixels are between %d and %d of 0 to 255: scale them before, or most levels are lost"
            .formatted(split, range.least(), range.greatest());
    var kind = FindingKind.VALUE_RANGE;
    return new Finding(kind, split, summary, List.of(), kind.word() + "/" + split);
  }
}
