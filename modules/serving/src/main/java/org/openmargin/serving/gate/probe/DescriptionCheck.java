package org.openmargin.serving.gate.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.AlphaThresholds;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.SelfDescription;

/**
 * Whether {@code open_set.json}, {@code labels.txt} and the signature {@code describe} say the
 * same, number by number, and not only character by character.
 */
record DescriptionCheck(LoadedModel model, SelfDescription self) {

  List<Finding> check() {
    return List.of(description(), labels());
  }

  private Finding description() {
    try {
      var json = JsonText.object(read(ModelContract.DESCRIPTION_FILE));
      var decision = map(json, "decision");
      var problems = new ArrayList<String>();
      same(problems, "model", json.get("model"), self.model());
      same(problems, "classes", json.get("classes"), self.classNames());
      same(problems, "unknown_label", json.get("unknown_label"), ModelContract.UNKNOWN);
      same(problems, "scorer", map(json, "scorer").get("name"), self.scorer());
      same(problems, "alpha", decision.get("alpha"), self.alpha());
      same(problems, "threshold", decision.get("threshold"), self.threshold());
      if (!Double.isFinite(self.threshold())) {
        problems.add("the threshold is not finite");
      }
      var thresholds = AlphaThresholds.listed(json).byAlpha();
      if (!Double.valueOf(self.threshold()).equals(thresholds.get(self.alpha()))) {
        problems.add("the threshold is none of the calibration's");
      }
      var descending = thresholds.values().stream().sorted(Comparator.reverseOrder()).toList();
      if (!descending.equals(List.copyOf(thresholds.values()))) {
        problems.add("a threshold for a larger alpha is larger");
      }
      return Finding.of("open_set.json says what the graph says", problems);
    } catch (ModelException e) {
      return new Finding(false, "open_set.json: " + e.getMessage());
    }
  }

  private static void same(List<String> problems, String name, Object said, Object found) {
    if (!found.equals(said)) {
      problems.add("open_set.json says %s %s, the graph %s".formatted(name, said, found));
    }
  }

  private Finding labels() {
    try {
      var lines = read(ModelContract.LABELS).lines().toList();
      return Finding.of(
          "class names are different from each other and from 'unknown'",
          lines.stream().distinct().count() == lines.size()
                  && !lines.contains(ModelContract.UNKNOWN)
                  && lines.equals(self.classNames())
              ? List.of()
              : List.of("the class names are not those of labels.txt, or not different"));
    } catch (ModelException e) {
      return new Finding(false, "labels.txt: " + e.getMessage());
    }
  }

  private static Map<String, Object> map(Map<String, Object> json, String name) {
    var found = new LinkedHashMap<String, Object>();
    if (json.get(name) instanceof Map<?, ?> inner) {
      inner.forEach((key, value) -> found.put((String) key, value));
    }
    return found;
  }

  private String read(String name) {
    try {
      return Files.readString(model.directory().resolve(name));
    } catch (IOException e) {
      throw new ModelException("it cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
