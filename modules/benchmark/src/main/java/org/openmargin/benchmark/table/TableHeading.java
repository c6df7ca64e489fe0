package org.openmargin.benchmark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a reader must know before the figures: seeds, scorer, and what the intervals are. */
public record TableHeading(BenchmarkTable table) {

  /**
   * The plan's name; says so if there is only one seed, or if the scorer is not the one that
   * decides in every experiment.
   */
  public String title() {
    var title = new StringBuilder(table.texts().name());
    if (mostSeeds() == 1) {
      title.append(", one seed");
    }
    table
        .texts()
        .scorer()
        .filter(name -> !decidesEverywhere())
        .ifPresent(name -> title.append(", by ").append(name).append(" (not the deciding scorer)"));
    return title.toString();
  }

  /** The description, what the figures are, and the scorer; a sentence or two each. */
  public List<String> lead() {
    var lines = new ArrayList<String>();
    if (!table.texts().description().isEmpty()) {
      lines.add(table.texts().description());
    }
    lines.add(
        "Per cent: mean over the %s%s ± standard deviation (n - 1); in brackets %s. Scorer: %s."
            .formatted(table.texts().over(), seeds(), intervals(), scorer()));
    return lines;
  }

  /** Heading of the columns of t intervals: 95 % only where it can be one. */
  String interval() {
    return table.design().isRepetitive() ? "mean ± t s/√n" : "95 %";
  }

  /** What the t intervals are, in words. */
  String intervals() {
    return table.design().isRepetitive()
        ? "mean ± t s / √n: the %d trials share classes, %s, not a confidence interval of the method"
            .formatted(table.trials().size(), table.design().worth())
        : "the 95 % interval of the mean (t)";
  }

  private boolean overSeeds() {
    return table.texts().over().equals("seeds");
  }

  /** The most seeds behind a figure; 0 before there are results. */
  private long mostSeeds() {
    return table.methods().stream()
        .mapToLong(
            method ->
                overSeeds()
                    ? method.byTrial().size()
                    : method.byTrial().values().stream().mapToLong(s -> s.size()).max().orElse(0))
        .max()
        .orElse(0);
  }

  String seeds() {
    var most = mostSeeds();
    if (overSeeds() || most == 0) {
      return "";
    }
    if (most == 1) {
      return " (one seed)";
    }
    var fewest =
        table.methods().stream()
            .flatMap(method -> method.byTrial().values().stream())
            .mapToLong(seeds -> seeds.size())
            .min()
            .orElse(most);
    return " (%s%d seeds, averaged within each trial first)"
        .formatted(fewest < most ? fewest + " to " : "", most);
  }

  private boolean decidesEverywhere() {
    return table.runs().allMatch(SeedFigures::decides);
  }

  private String scorer() {
    var requested = table.texts().scorer();
    if (requested.isEmpty()) {
      var names = new TreeSet<>(table.runs().map(SeedFigures::scorer).toList());
      return "the deciding one of each method (%s)".formatted(String.join(", ", names));
    }
    var name = requested.get();
    if (decidesEverywhere()) {
      return name + ", the deciding one of every method";
    }
    var decided =
        table.methods().stream()
            .filter(method -> method.runs().findAny().isPresent())
            .filter(method -> method.runs().allMatch(SeedFigures::decides))
            .map(MeasuredMethod::name)
            .collect(Collectors.joining("; "));
    return name
        + (decided.isEmpty()
            ? ", the deciding one of no method: picked afterwards, it is not a method's result"
            : ", the deciding one of %s only: picked afterwards, it is not another method's result"
                .formatted(decided));
  }
}
