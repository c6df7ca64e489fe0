package org.openmargin.data.merged;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmargin.data.Dataset;

/**
 * The classes of several sources.
 *
 * @param names in label order
 * @param differences a sentence for each set of sources that lacks classes of the others
 */
record MergedClasses(List<String> names, List<String> differences) {

  /**
   * @param given all that may occur, in label order; empty for those that occur
   */
  static MergedClasses of(
      List<SourcePart> parts, List<Dataset> loaded, List<String> given, MergeProblems problems) {
    var sources = new TreeMap<String, List<String>>();
    var lists = new ArrayList<List<String>>();
    for (var i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      var before = loaded.get(i).classNames();
      var own = part.classNames(loaded.get(i));
      lists.add(own);
      own.forEach(c -> sources.computeIfAbsent(c, n -> new ArrayList<>()).add(part.name()));
      part.renamed().keySet().stream()
          .filter(from -> !before.contains(from))
          .sorted()
          .forEach(
              from ->
                  problems.add(
                      "%s: renamed_classes: no class is called '%s'; there are %s"
                          .formatted(part.name(), from, before)));
    }
    spellings(sources, given, problems);
    if (given.isEmpty()) {
      var same = lists.stream().distinct().count() == 1;
      return new MergedClasses(
          same ? lists.get(0) : List.copyOf(sources.keySet()), differences(sources, parts));
    }
    var extra = sources.keySet().stream().filter(name -> !given.contains(name)).toList();
    var missing = given.stream().filter(name -> !sources.containsKey(name)).toList();
    if (!extra.isEmpty() || !missing.isEmpty()) {
      problems.add(
          "class_names and the classes of the sources differ: not listed %s, in no source %s"
              .formatted(extra, missing));
    }
    return new MergedClasses(given, differences(sources, parts));
  }

  private static List<String> differences(
      TreeMap<String, List<String>> sources, List<SourcePart> parts) {
    var by = new LinkedHashMap<List<String>, TreeSet<String>>();
    sources.forEach(
        (name, in) -> {
          if (in.size() < parts.size()) {
            by.computeIfAbsent(in, s -> new TreeSet<>()).add(name);
          }
        });
    var sentences = new ArrayList<String>();
    by.forEach(
        (in, names) ->
            sentences.add(
                "the sources have different classes: %s only in %s: a network may learn the source in place of the class"
                    .formatted(String.join(", ", names), String.join(", ", in))));
    return sentences;
  }

  /** Unless class_names lists both. */
  private static void spellings(
      TreeMap<String, List<String>> sources, List<String> given, MergeProblems problems) {
    var spellings = new TreeMap<String, List<String>>();
    sources.keySet().stream()
        .filter(name -> !given.contains(name))
        .forEach(name -> spellings.computeIfAbsent(plain(name), p -> new ArrayList<>()).add(name));
    spellings.values().stream()
        .filter(same -> same.size() > 1)
        .forEach(
            same ->
                problems.add(
                    "one class in several spellings: %s; give it one name with renamed_classes { from: \"%s\" to: \"%s\" }, or list all class_names"
                        .formatted(
                            same.stream()
                                .map(
                                    n ->
                                        "'%s' (%s)".formatted(n, String.join(", ", sources.get(n))))
                                .toList(),
                            same.get(0),
                            same.get(1))));
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\p{Z}\\s_-]+", " ")
        .strip();
  }
}
