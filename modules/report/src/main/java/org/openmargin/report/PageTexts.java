package org.openmargin.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The words of the page; plain text, escaped when it is written.
 *
 * @param title such as "OMCL on BloodMNIST, trial 1"
 * @param subtitle one line under the title, such as the known and unknown classes; may be empty
 * @param checkpoint which checkpoint was judged and how it was chosen, from known validation images
 * @param provenance names and values in the order to show: configuration digest, seed, versions ...
 */
public record PageTexts(
    String title, String subtitle, String checkpoint, Map<String, String> provenance) {

  /** Copies the map, keeping its order. */
  public PageTexts {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }
}
