package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.FileFacts;
import org.openmargin.data.SplitMix;

/**
 * Tests whether files, sources, brightness or borders of images tell their classes.
 *
 * @param files facts by image id
 * @param sources names of several, with which the ids begin; empty for one
 */
record ConfoundingCheck(
    AuditedSet set, List<ImageFacts> facts, Map<String, FileFacts> files, List<String> sources) {
  /** More rows would take long and change little. */
  private static final int MOST_ROWS = 2000;

  private static final int LEAST_OF_A_CLASS = 10;
  private static final long SEED = 2;

  /** One result for each group of facts; none if there are fewer than two classes of ten images. */
  List<Confounding> run() {
    var rows = rows();
    var names = rows.stream().map(row -> set.images().get(row).className()).distinct().toList();
    if (names.size() < 2) {
      return List.of();
    }
    var own = rows.stream().map(facts::get).toList();
    var tests = new ArrayList<Confounding>();
    columnsOfFiles(rows).ifPresent(c -> tests.add(test("format, size and device", c, rows, names)));
    if (sources.size() > 1) {
      var source = new FactColumns().word(rows, this::source);
      tests.add(test("the sources that were merged", source, rows, names));
    }
    var light = new FactColumns().number(own, ImageFacts::mean).number(own, ImageFacts::contrast);
    tests.add(test("brightness and contrast", light, rows, names));
    var border = new FactColumns().number(own, ImageFacts::border);
    tests.add(test("brightness of the border", border, rows, names));
    return tests;
  }

  static Optional<Finding> finding(Confounding test) {
    if (!test.isFound()) {
      return Optional.empty();
    }
    var summary =
        String.format(
            Locale.ROOT,
            "%s alone tell the class with a balanced accuracy of %.2f (95 %%: %.2f to %.2f; guessing %.2f; p %.3f): unless the classes differ in this by nature, a network may learn the source of an image instead of what it shows",
            test.facts(),
            test.accuracy(),
            test.low(),
            test.high(),
            test.chance(),
            test.p());
    var kind = FindingKind.CONFOUNDED;
    var word = kind.word() + "/" + test.facts().replaceAll("\\W+", "-");
    return Optional.of(new Finding(kind, "", summary, List.of(), word));
  }

  private String source(int row) {
    var id = set.images().get(row).id();
    return sources.stream().filter(name -> id.startsWith(name + "/")).findFirst().orElse("");
  }

  /** A sample of those classes that have enough images. */
  private List<Integer> rows() {
    var counts = new HashMap<String, Integer>();
    set.images().forEach(image -> counts.merge(image.className(), 1, Integer::sum));
    var usable =
        IntStream.range(0, facts.size())
            .filter(r -> counts.get(set.images().get(r).className()) >= LEAST_OF_A_CLASS)
            .boxed()
            .toList();
    var random = new SplitMix(SEED);
    var left = Math.min(MOST_ROWS, usable.size());
    var rows = new ArrayList<Integer>();
    for (var i = 0; i < usable.size(); i++) {
      if (random.nextInt(usable.size() - i) < left) {
        rows.add(usable.get(i));
        left--;
      }
    }
    return rows;
  }

  /** Empty if a file's facts are missing. */
  private Optional<FactColumns> columnsOfFiles(List<Integer> rows) {
    var ids = rows.stream().map(row -> set.images().get(row).id()).toList();
    if (!files.keySet().containsAll(ids)) {
      return Optional.empty();
    }
    var own = ids.stream().map(files::get).toList();
    return Optional.of(
        new FactColumns()
            .word(own, FileFacts::format)
            .word(own, FileFacts::device)
            .number(own, FileFacts::width)
            .number(own, FileFacts::height)
            .number(own, f -> (double) f.bytes() / ((long) f.width() * f.height())));
  }

  private Confounding test(
      String name, FactColumns columns, List<Integer> rows, List<String> classes) {
    var labels =
        rows.stream().mapToInt(row -> classes.indexOf(set.images().get(row).className())).toArray();
    var outcome =
        new CrossValidation(columns.columns(), labels, units(rows), classes.size()).outcome();
    return new Confounding(
        name,
        outcome.accuracy(),
        outcome.low(),
        outcome.high(),
        1.0 / classes.size(),
        outcome.p(),
        rows.size());
  }

  /** Images of a group are one unit, others each their own. */
  private int[] units(List<Integer> rows) {
    var numbers = new HashMap<String, Integer>();
    return rows.stream()
        .mapToInt(
            row ->
                numbers.computeIfAbsent(
                    set.images().get(row).group().orElse("row " + row), g -> numbers.size()))
        .toArray();
  }
}
