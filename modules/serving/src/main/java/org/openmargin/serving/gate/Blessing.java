package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.tensorflow.TensorFlow;

/**
 * The record of a check that a model has passed: {@code assets.extra/blessing.json}. It names the
 * digest of the list of digests, so that it holds for these files and no others.
 */
public final class Blessing {
  private Blessing() {}

  /**
   * Writes it beside the model's other files.
   *
   * @param savedModel a version directory, or a model's directory, for its highest version
   * @return the file
   * @throws ModelException if a finding is bad, or the file cannot be written
   */
  public static Path write(Path savedModel, List<Finding> findings, Instant time) {
    if (!ModelCheck.passed(findings)) {
      throw new ModelException(savedModel + " is not blessed: it has not passed");
    }
    var directory = LoadedModel.versionDirectory(savedModel);
    var file = directory.resolve(ModelContract.BLESSING_FILE);
    try {
      var text = text(directory, findings, time);
      AtomicTextFile.write(file, writer -> writer.write(text));
      return file;
    } catch (IOException e) {
      throw new ModelException(file + " cannot be written: " + FileErrors.reason(e), e);
    }
  }

  private static String text(Path directory, List<Finding> findings, Instant time)
      throws IOException {
    var members = new TreeMap<String, String>();
    members.put("digests_sha256", Sha256.ofFile(directory.resolve(ModelContract.DIGESTS_FILE)));
    members.put("java", System.getProperty("java.version"));
    members.put("tensorflow", TensorFlow.version());
    members.put("time", time.toString());
    var lines = new StringBuilder("{\n");
    members.forEach(
        (name, value) -> lines.append("  %s: %s,\n".formatted(text(name), text(value))));
    var checks = findings.stream().map(finding -> "    " + text(finding.what())).toList();
    return lines
        .append("  \"checks\": [\n%s\n  ]\n}\n".formatted(String.join(",\n", checks)))
        .toString();
  }

  private static String text(String value) {
    var quoted = new StringBuilder("\"");
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      var simple = Map.of('"', "\\\"", '\\', "\\\\").get(c);
      if (simple != null) {
        quoted.append(simple);
      } else {
        quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }
}
