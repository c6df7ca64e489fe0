package org.openmargin.experiment.provenance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A field with two values.
 *
 * @param field dotted path
 * @param before as text; "not set" without a value
 */
public record FieldDifference(String field, String before, String after) {
  private static final String NOT_SET = "not set";

  /** Fields whose values differ, in the order of the first table, then of the second. */
  public static List<FieldDifference> between(Map<String, String> a, Map<String, String> b) {
    var fields = new LinkedHashSet<>(a.keySet());
    fields.addAll(b.keySet());
    var differences = new ArrayList<FieldDifference>();
    for (var field : fields) {
      var before = a.getOrDefault(field, NOT_SET);
      var after = b.getOrDefault(field, NOT_SET);
      if (!before.equals(after)) {
        differences.add(new FieldDifference(field, before, after));
      }
    }
    return List.copyOf(differences);
  }

  @Override
  public String toString() {
    return field + ": " + before + " -> " + after;
  }
}
