package org.openmargin.serving.gate;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.SelfDescription;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.MetaGraphDef;

/**
 * Decides whether a model may go into service, and says all that speaks against it. Digests that
 * are right prove nothing by themselves, for whoever changes a model can renew them; a signature by
 * a key does.
 *
 * @param key of whoever signed the digests, if a signature is required
 * @param session devices and threads
 */
public record ModelGate(Optional<PublicKey> key, ConfigProto session) {

  /** Without a key. */
  public ModelGate(ConfigProto session) {
    this(Optional.empty(), session);
  }

  /**
   * Checks a version directory, or the highest version in a model's directory. If its files give
   * any reason, it is not loaded.
   *
   * @return what was found, good and bad
   */
  public List<Finding> check(Path savedModel) {
    var findings = new ArrayList<Finding>();
    try {
      var directory = LoadedModel.versionDirectory(savedModel);
      var meta = ModelCheck.meta(directory);
      findings.addAll(beforeLoading(directory, meta));
      if (ModelCheck.passed(findings)) {
        findings.addAll(running(directory));
      } else {
        findings.add(new Finding(false, "it is not loaded, for these reasons"));
      }
    } catch (ModelException e) {
      findings.add(new Finding(false, e.getMessage()));
    } catch (RuntimeException e) {
      // Whoever breaks a model finds what no reader has thought of.
      findings.add(new Finding(false, "it cannot be checked: " + e));
    }
    return List.copyOf(findings);
  }

  private List<Finding> beforeLoading(Path directory, MetaGraphDef meta) {
    var findings = new ArrayList<>(ModelCheck.beforeLoading(directory, meta));
    findings.addAll(new FolderCheck(directory, key).check());
    var operations = new OperationCheck(meta).check();
    findings.addAll(operations);
    if (operations.get(0).ok()) {
      findings.add(new ShapeCheck(meta).check());
    }
    findings.addAll(new VariableCheck(directory, meta).check());
    findings.add(new WarmUpCheck(directory, meta).check());
    return findings;
  }

  private List<Finding> running(Path directory) {
    try (var model = LoadedModel.open(directory, session)) {
      var self = SelfDescription.of(model);
      var findings = new ArrayList<>(ModelCheck.running(model));
      findings.addAll(new DescriptionCheck(model, self).check());
      findings.add(new GoldenCheck(model).check());
      var declared = DeclaredDecision.of(self);
      findings.addAll(new DecisionProbe(model, self, declared).check());
      findings.add(new FileProbe(model, self, declared).check());
      return findings;
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    }
  }
}
