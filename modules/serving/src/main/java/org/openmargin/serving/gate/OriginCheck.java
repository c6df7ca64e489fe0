package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * Whether the files about the origin, where there are any, are about this model: figures of another
 * one look as good.
 */
record OriginCheck(Path directory) {
  /** Fields of {@code provenance.json}, as {@code open_set.json} calls them. */
  private static final Map<String, String> DIGESTS =
      Map.of("configSha256", "experiment digest", "dataSha256", "data digest");

  Finding check() {
    try {
      var problems = new ArrayList<String>();
      var described = json(ModelContract.DESCRIPTION_FILE);
      var provenance = json(ModelContract.PROVENANCE_FILE);
      DIGESTS.forEach(
          (field, name) -> {
            if (!provenance.getOrDefault(field, "").equals(inner(described, "provenance", name))
                && provenance.containsKey(field)) {
              problems.add("provenance.json is of another training: it has another " + name);
            }
          });
      var evaluation = json(ModelContract.EVALUATION_FILE);
      var scorer = inner(described, "scorer", "name");
      if (!evaluation.getOrDefault("selectedScorer", scorer).equals(scorer)) {
        problems.add(
            "evaluation.json is of another model: it has the scorer %s, open_set.json %s"
                .formatted(evaluation.get("selectedScorer"), scorer));
      }
      return Finding.of("files about the origin are about this model", problems);
    } catch (ModelException e) {
      return new Finding(false, "files about the origin: " + e.getMessage());
    } catch (IOException e) {
      return new Finding(false, "files about the origin: " + FileErrors.reason(e));
    }
  }

  /** Empty without the file. */
  private Map<String, Object> json(String name) throws IOException {
    var file = directory.resolve(name);
    return Files.isRegularFile(file) ? JsonText.object(Files.readString(file)) : Map.of();
  }

  private static Object inner(Map<String, Object> json, String outer, String name) {
    return json.get(outer) instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : "";
  }
}
