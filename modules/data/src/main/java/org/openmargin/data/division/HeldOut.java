package org.openmargin.data.division;

import java.util.List;
import java.util.Set;
import org.openmargin.data.entry.DataEntry;

/**
 * What goes to the test part as a whole, with all images of the groups that it has.
 *
 * @param sites everything made there
 * @param unknown names of the classes that are unknown; they need not be in training and validation
 * @param unknownGroups whether groups with images of unknown classes are held out
 */
public record HeldOut(List<String> sites, Set<String> unknown, boolean unknownGroups) {
  public static final HeldOut NOTHING = new HeldOut(List.of(), Set.of(), false);

  public HeldOut {
    sites = List.copyOf(sites);
    unknown = Set.copyOf(unknown);
  }

  boolean holds(DataEntry entry) {
    return entry.site().filter(sites::contains).isPresent()
        || (unknownGroups && unknown.contains(entry.label()));
  }
}
