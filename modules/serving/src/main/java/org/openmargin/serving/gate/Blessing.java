package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.serving.Finding;
import org.openmargin.serving.JsonText;
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
  private static final String DIGESTS = "digests_sha256";

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

  /** What is wrong with the record of a version, if it has one: it may be of other files. */
  static Optional<String> problem(Path directory) {
    var file = directory.resolve(ModelContract.BLESSING_FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      var said = JsonText.object(Files.readString(file)).get(DIGESTS);
      var now = Sha256.ofFile(directory.resolve(ModelContract.DIGESTS_FILE));
      return now.equals(said)
          ? Optional.empty()
          : Optional.of("blessing.json is of other files than these; delete it");
    } catch (IOException e) {
      return Optional.of("blessing.json cannot be read: " + FileErrors.reason(e));
    } catch (ModelException e) {
      return Optional.of("blessing.json: " + e.getMessage());
    }
  }

  private static String text(Path directory, List<Finding> findings, Instant time)
      throws IOException {
    var members = new TreeMap<String, String>();
    members.put(DIGESTS, Sha256.ofFile(directory.resolve(ModelContract.DIGESTS_FILE)));
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
