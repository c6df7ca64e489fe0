package org.openmargin.data.division;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmargin.data.entry.DataEntry;

/**
 * Images that stay together: those of a patient, or one image that is alone.
 *
 * @param name the patient's, or the image's
 * @param rows positions of its images
 * @param counts number of its images of each class that it has
 */
record Group(String name, List<Integer> rows, List<ClassCount> counts) {

  /**
   * @param label position of the class in {@link Groups#classes}
   */
  record ClassCount(int label, int images) {}

  int images() {
    return rows.size();
  }

  /**
   * Groups and classes in the order of their names, so that the order of rows decides nothing.
   *
   * @param classes names
   */
  record Groups(List<Group> groups, List<String> classes) {

    static Groups of(List<DataEntry> entries) {
      var labels = new TreeSet<String>();
      // A group and an image that is alone may have one name.
      var rows = new TreeMap<String, List<Integer>>();
      for (var row = 0; row < entries.size(); row++) {
        var entry = entries.get(row);
        labels.add(entry.label());
        var key = entry.group().map(group -> "g" + group).orElse("i" + entry.id());
        rows.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      }
      var classes = List.copyOf(labels);
      var groups = new ArrayList<Group>();
      rows.forEach(
          (key, members) -> groups.add(group(key.substring(1), members, entries, classes)));
      return new Groups(List.copyOf(groups), classes);
    }

    private static Group group(
        String name, List<Integer> rows, List<DataEntry> entries, List<String> classes) {
      var counts = new TreeMap<Integer, Integer>();
      for (var row : rows) {
        var label = Collections.binarySearch(classes, entries.get(row).label());
        counts.merge(label, 1, Integer::sum);
      }
      var list = counts.entrySet().stream().map(c -> new ClassCount(c.getKey(), c.getValue()));
      return new Group(name, List.copyOf(rows), list.toList());
    }
  }
}
