package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.SelfDescription;

/** What a running model is asked, in order. */
public final class Probes {
  private Probes() {}

  /**
   * The checks of a loaded model, by what they look at. Each may throw whatever a broken model
   * leads to.
   */
  public static Map<String, Supplier<List<Finding>>> of(LoadedModel model) {
    var probes = new LinkedHashMap<String, Supplier<List<Finding>>>();
    probes.put("the running model", () -> ModelCheck.described(model));
    var replays = ModelCheck.replays(model);
    for (var i = 0; i < replays.size(); i++) {
      var replay = replays.get(i);
      probes.put("request %d".formatted(i + 1), () -> List.of(replay.get()));
    }
    probes.put("golden.json", () -> List.of(new GoldenCheck(model).check()));
    probes.put("the description", () -> deciding(model));
    probes.put("the images", () -> images(model));
    probes.put("the gallery", () -> new GalleryProbe(model).check());
    return probes;
  }

  private static List<Finding> deciding(LoadedModel model) {
    var self = SelfDescription.of(model);
    var findings = new ArrayList<>(new DescriptionCheck(model, self).check());
    var declared = DeclaredDecision.of(self);
    findings.addAll(new DecisionProbe(model, self, declared).check());
    findings.addAll(new PValueProbe(model, self, declared).check());
    findings.addAll(new GuardProbe(model, self).check());
    return findings;
  }

  private static List<Finding> images(LoadedModel model) {
    var self = SelfDescription.of(model);
    var declared = DeclaredDecision.of(self);
    return List.of(
        new SizeProbe(model, self).check(),
        new FileProbe(model, self, declared).check(),
        new AgreementProbe(model, self, declared).check());
  }
}
