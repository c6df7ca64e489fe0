package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Images that are equal or nearly equal: where they should not be, under which labels. */
record SameImages(AuditedSet set, List<ImageFacts> facts, NearImages near) {

  /** Two splits that must not share an image. */
  private static final List<List<String>> SPLITS =
      List.of(
          List.of("train", "test"), List.of("train", "validation"), List.of("validation", "test"));

  List<Finding> findings() {
    var copies = copies();
    var collected = new Collected(set, facts);
    copies.values().stream().filter(rows -> rows.size() > 1).forEach(r -> equal(r, collected));
    // Of equal images one is compared with others.
    var different = List.copyOf(copies.values());
    var seen = different.stream().map(rows -> facts.get(rows.get(0))).toList();
    for (var pair : near.pairs(seen)) {
      var correlation = OptionalDouble.of(pair.correlation());
      near(different.get(pair.first()), different.get(pair.second()), correlation, collected);
    }
    return collected.findings();
  }

  /** Rows of equal pixels, by their digest. */
  private Map<String, List<Integer>> copies() {
    var copies = new LinkedHashMap<String, List<Integer>>();
    for (var row = 0; row < facts.size(); row++) {
      copies.computeIfAbsent(facts.get(row).sha256(), digest -> new ArrayList<>(1)).add(row);
    }
    return copies;
  }

  private void equal(List<Integer> rows, Collected collected) {
    var found = false;
    for (var pair : SPLITS) {
      if (pair.stream().allMatch(split -> rows.stream().anyMatch(row -> isIn(row, split)))) {
        var between = rows.stream().filter(row -> pair.contains(image(row).split())).toList();
        collected.add(FindingKind.EQUAL_IMAGES, String.join(" and ", pair), between);
        found = true;
      }
    }
    if (rows.stream().map(row -> image(row).className()).distinct().count() > 1) {
      collected.add(FindingKind.EQUAL_LABELS, "", rows);
      found = true;
    }
    if (!found) {
      collected.add(FindingKind.REPEATED, "", rows);
    }
  }

  /** Each row of the first with each of the second. */
  private void near(
      List<Integer> first, List<Integer> second, OptionalDouble correlation, Collected collected) {
    var found = false;
    for (var pair : SPLITS) {
      var both =
          some(first, second, (a, b) -> isIn(a, pair.get(0)) && isIn(b, pair.get(1)))
              .or(
                  () ->
                      some(second, first, (a, b) -> isIn(a, pair.get(0)) && isIn(b, pair.get(1))));
      both.ifPresent(
          rows ->
              collected.add(
                  FindingKind.NEAR_IMAGES, String.join(" and ", pair), rows, correlation, ""));
      found |= both.isPresent();
    }
    var labels = some(first, second, (a, b) -> !image(a).className().equals(image(b).className()));
    labels.ifPresent(
        rows -> collected.add(FindingKind.NEAR_LABELS, "", rows, correlation, classes(rows)));
    if (!found && labels.isEmpty()) {
      var rows = List.of(first.get(0), second.get(0));
      collected.add(FindingKind.NEAR_REPEATED, "", rows, correlation, "");
    }
  }

  private static Optional<List<Integer>> some(
      List<Integer> first, List<Integer> second, BiPredicate<Integer, Integer> wanted) {
    return first.stream()
        .flatMap(a -> second.stream().filter(b -> wanted.test(a, b)).map(b -> List.of(a, b)))
        .findFirst();
  }

  private String classes(List<Integer> rows) {
    return String.join(" and ", rows.stream().map(row -> image(row).className()).toList());
  }

  private boolean isIn(int row, String split) {
    return image(row).split().equals(split);
  }

  private AuditedImage image(int row) {
    return set.images().get(row);
  }

  static Stream<List<String>> splits() {
    return SPLITS.stream();
  }
}
