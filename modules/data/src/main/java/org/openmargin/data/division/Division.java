package org.openmargin.data.division;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

/**
 * How images are divided into training, validation and test. Groups stay together; the shares of
 * each class are as near to the wish as the groups allow; a known class is in every part, or the
 * division is refused.
 *
 * @param fractions shares of validation and test, and the seed. With folds or held-out sites the
 *     share of validation is of what they leave
 * @param fold set if the test part is a fold, not a share
 * @param heldOut what else goes to the test part; with sites, only that
 */
public record Division(SplitFractions fractions, Optional<Fold> fold, HeldOut heldOut) {

  public Division {
    if (fold.isPresent() && !heldOut.sites().isEmpty()) {
      throw new DataException("give either folds or held-out sites, not both");
    }
  }

  /** By shares alone. */
  public Division(SplitFractions fractions) {
    this(fractions, Optional.empty(), HeldOut.NOTHING);
  }

  /**
   * The part of each image; the order of the entries decides nothing.
   *
   * @throws DataException naming the classes that cannot be in every part, or the held-out sites
   *     without an image
   */
  public List<Split> of(List<DataEntry> entries) {
    sitesMustOccur(entries);
    var parts = new ArrayList<Split>(Collections.nCopies(entries.size(), Split.TEST));
    var held = withTheirGroups(entries, heldOut::holds);
    var open = IntStream.range(0, entries.size()).filter(row -> !held.contains(row)).toArray();
    mustNotVanish(entries, open);
    var rest = fold.map(chosen -> beside(chosen, entries, open)).orElse(open);
    var tests = fold.isEmpty() && heldOut.sites().isEmpty() && fractions.test() > 0;
    set(parts, entries, rest, tests);
    return List.copyOf(parts);
  }

  /** Divides the images of a training part once more: validation by its share, no test. */
  public List<Split> withoutTest(List<DataEntry> entries) {
    var parts = new ArrayList<Split>(Collections.nCopies(entries.size(), Split.TRAIN));
    set(parts, entries, IntStream.range(0, entries.size()).toArray(), false);
    return List.copyOf(parts);
  }

  private void set(List<Split> parts, List<DataEntry> entries, int[] rows, boolean tests) {
    var order =
        tests
            ? List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)
            : List.of(Split.TRAIN, Split.VALIDATION);
    var test = tests ? List.of(fractions.test()) : List.<Double>of();
    var shares = new ArrayList<Double>();
    shares.add(1 - fractions.validation() - (tests ? fractions.test() : 0));
    shares.add(fractions.validation());
    shares.addAll(test);
    var names = order.stream().map(Split::toString).toList();
    var step = new Step(names, shares, heldOut.unknown(), fractions.seed());
    var chosen = step.divide(at(entries, rows));
    for (var i = 0; i < rows.length; i++) {
      parts.set(rows[i], order.get(chosen.get(i)));
    }
  }

  /** The rows that are not in the fold. */
  private int[] beside(Fold chosen, List<DataEntry> entries, int[] rows) {
    var names = IntStream.range(0, chosen.count()).mapToObj(i -> "fold " + i).toList();
    var shares = Collections.nCopies(chosen.count(), 1.0 / chosen.count());
    var step = new Step(names, shares, heldOut.unknown(), fractions.seed());
    var folds = step.divide(at(entries, rows));
    return IntStream.range(0, rows.length)
        .filter(i -> folds.get(i) != chosen.index())
        .map(i -> rows[i])
        .toArray();
  }

  private static List<DataEntry> at(List<DataEntry> entries, int... rows) {
    return IntStream.of(rows).mapToObj(entries::get).toList();
  }

  private static Set<Integer> withTheirGroups(
      List<DataEntry> entries, Predicate<DataEntry> wanted) {
    var groups = new HashSet<String>();
    entries.stream().filter(wanted).forEach(entry -> entry.group().ifPresent(groups::add));
    IntPredicate held =
        row ->
            wanted.test(entries.get(row))
                || entries.get(row).group().filter(groups::contains).isPresent();
    return IntStream.range(0, entries.size()).filter(held).boxed().collect(Collectors.toSet());
  }

  private void sitesMustOccur(List<DataEntry> entries) {
    var sites = new TreeSet<String>();
    entries.forEach(entry -> entry.site().ifPresent(sites::add));
    var missing = heldOut.sites().stream().filter(site -> !sites.contains(site)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          sites.isEmpty()
              ? "no column says at which site an image was made, so none can be held out"
              : "no image was made at the sites %s; there are %s"
                  .formatted(missing, DataException.shortList(List.copyOf(sites))));
    }
  }

  private void mustNotVanish(List<DataEntry> entries, int... open) {
    var left = at(entries, open).stream().map(DataEntry::label).collect(Collectors.toSet());
    left.addAll(heldOut.unknown());
    var gone = new TreeSet<String>();
    entries.stream().map(DataEntry::label).filter(l -> !left.contains(l)).forEach(gone::add);
    if (!gone.isEmpty()) {
      throw new DataException(
          "all images of the classes %s are held out for the test, or of groups that are; nothing is left to train on"
              .formatted(DataException.shortList(List.copyOf(gone))));
    }
  }
}
