package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Patients, slides or sites with images in two splits. */
record SharedGroups(AuditedSet set, List<ImageFacts> facts) {

  List<Finding> findings() {
    var collected = new Collected(set, facts);
    groups().forEach((group, rows) -> add(group, rows, collected));
    return collected.findings();
  }

  private Map<String, List<Integer>> groups() {
    var groups = new TreeMap<String, List<Integer>>();
    for (var row = 0; row < facts.size(); row++) {
      var at = row;
      set.images()
          .get(row)
          .group()
          .ifPresent(group -> groups.computeIfAbsent(group, g -> new ArrayList<>()).add(at));
    }
    return groups;
  }

  private void add(String group, List<Integer> rows, Collected collected) {
    SameImages.splits()
        .forEach(
            pair -> {
              var first = in(rows, pair.get(0));
              var second = in(rows, pair.get(1));
              if (!first.isEmpty() && !second.isEmpty()) {
                // One of each split is enough to see.
                var all = new ArrayList<>(List.of(first.get(0), second.get(0)));
                all.addAll(first.subList(1, first.size()));
                all.addAll(second.subList(1, second.size()));
                collected.add(
                    FindingKind.SHARED_GROUPS,
                    String.join(" and ", pair),
                    all,
                    OptionalDouble.empty(),
                    "group %s: %d in %s, %d in %s"
                        .formatted(group, first.size(), pair.get(0), second.size(), pair.get(1)));
              }
            });
  }

  private List<Integer> in(List<Integer> rows, String split) {
    return rows.stream().filter(row -> set.images().get(row).split().equals(split)).toList();
  }
}
