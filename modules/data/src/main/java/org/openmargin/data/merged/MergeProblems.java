package org.openmargin.data.merged;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;

/** Collects what is wrong with sources and between them, to say it all at once. */
final class MergeProblems {
  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    found.add(problem);
  }

  /**
   * @throws DataException with all that was found
   */
  void mustBeNone() {
    if (!found.isEmpty()) {
      throw new DataException("the sources cannot be merged:\n  " + String.join("\n  ", found));
    }
  }

  /** All images must be grey, or all in colour. */
  static void ofChannels(List<SourcePart> parts, List<Dataset> loaded, MergeProblems problems) {
    var sources = new TreeMap<Integer, List<String>>();
    for (var i = 0; i < parts.size(); i++) {
      var channels = loaded.get(i).train().images().channels();
      sources.computeIfAbsent(channels, c -> new ArrayList<>()).add(parts.get(i).name());
    }
    if (sources.size() > 1) {
      problems.add(
          "images of %s are grey (1 channel), of %s in colour (3): set channels of folders, manifests and TFRecord files; archives have what they have"
              .formatted(String.join(", ", sources.get(1)), String.join(", ", sources.get(3))));
    }
  }

  /**
   * Each source looks after its own groups; here, those that several sources have. Their names are
   * not said: they may be patients.
   */
  static void ofGroups(List<SourcePart> parts, List<Dataset> loaded, MergeProblems problems) {
    var splits = new TreeMap<String, Set<String>>();
    var sources = new TreeMap<String, Set<String>>();
    for (var i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      for (var images : loaded.get(i).parts().entrySet()) {
        for (var row = 0; row < images.getValue().count(); row++) {
          var group = part.group(images.getValue(), row);
          if (!group.isEmpty()) {
            splits.computeIfAbsent(group, g -> new TreeSet<>()).add(images.getKey());
            sources.computeIfAbsent(group, g -> new TreeSet<>()).add(part.name());
          }
        }
      }
    }
    crossing(splits, sources)
        .forEach(
            (where, count) ->
                problems.add(
                    "%d group%s, such as patients, with images in several parts: %s. Give the sources one division (data split of a table of all images), or own_groups: true if equal names mean different groups"
                        .formatted(count, count == 1 ? "" : "s", where)));
  }

  /** How often groups cross parts, by sources and parts. */
  private static Map<String, Integer> crossing(
      Map<String, Set<String>> splits, Map<String, Set<String>> sources) {
    var counts = new TreeMap<String, Integer>();
    splits.forEach(
        (group, in) -> {
          var of = new HashSet<>(sources.get(group));
          if (in.size() > 1 && of.size() > 1) {
            var where =
                "of %s, in %s"
                    .formatted(String.join(" and ", new TreeSet<>(of)), String.join(" and ", in));
            counts.merge(where, 1, Integer::sum);
          }
        });
    return counts;
  }
}
