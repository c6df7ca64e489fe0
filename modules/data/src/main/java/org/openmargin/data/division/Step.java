package org.openmargin.data.division;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.division.Group.Groups;
import org.openmargin.data.entry.DataEntry;

/**
 * One division of entries into parts by shares.
 *
 * @param parts names
 * @param shares of the parts; their sum is 1
 * @param exempt classes that need not be in every part
 * @param seed another seed gives another division
 */
record Step(List<String> parts, List<Double> shares, Set<String> exempt, long seed) {

  /**
   * The part of each entry.
   *
   * @throws DataException naming all classes that cannot be in every part
   */
  List<Integer> divide(List<DataEntry> entries) {
    var groups = Groups.of(entries);
    var everywhere =
        IntStream.range(0, groups.classes().size())
            .filter(label -> !exempt.contains(groups.classes().get(label)))
            .boxed()
            .toList();
    mustBeEnough(entries, groups, everywhere);
    var outcome = new Apportionment(groups, shares, everywhere, seed).divide();
    outcome
        .unmet()
        .ifPresent(
            need -> {
              throw new DataException(
                  "class '%s' cannot be in every part (%s): its %s are needed elsewhere, because other classes have few, too"
                      .formatted(
                          groups.classes().get(need.label()),
                          String.join(", ", parts),
                          word(entries)));
            });
    var partOf = new Integer[entries.size()];
    for (var group = 0; group < groups.groups().size(); group++) {
      for (var row : groups.groups().get(group).rows()) {
        partOf[row] = outcome.parts().get(group);
      }
    }
    return Arrays.asList(partOf);
  }

  private void mustBeEnough(List<DataEntry> entries, Groups groups, List<Integer> everywhere) {
    var members = new int[groups.classes().size()];
    groups.groups().forEach(group -> group.counts().forEach(count -> members[count.label()]++));
    var few = new ArrayList<String>();
    for (var label : everywhere) {
      if (members[label] < parts.size()) {
        few.add("'%s' has %d".formatted(groups.classes().get(label), members[label]));
      }
    }
    if (!few.isEmpty()) {
      throw new DataException(
          "too few %s to have each class in every part (%s): %s"
              .formatted(word(entries), String.join(", ", parts), DataException.shortList(few)));
    }
  }

  private static String word(List<DataEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.group().isPresent()) ? "groups" : "images";
  }
}
