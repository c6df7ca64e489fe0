package org.openmargin.experiment.audit;

import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.openmargin.data.DataSource.CrossingGroup;

/**
 * What stands for the names of groups, which may be those of patients: the number by which an
 * experiment accepts a group in several parts, a pseudonym for any other.
 *
 * @param crossing those in several parts of a given division
 */
record GroupNames(List<CrossingGroup> crossing) {

  UnaryOperator<String> pseudonyms() {
    var key = SiteKeys.ofProcess();
    var numbers = new HashMap<String, String>();
    crossing.forEach(group -> numbers.put(group.group(), group.number()));
    return group -> numbers.getOrDefault(group, key.pseudonym(group));
  }

  /** Numbers of those that nothing accepts. */
  List<String> refused() {
    return crossing.stream().filter(group -> !group.accepted()).map(CrossingGroup::number).toList();
  }
}
