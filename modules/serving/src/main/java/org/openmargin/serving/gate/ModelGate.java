package org.openmargin.serving.gate;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelCheck;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.gate.probe.Probes;
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

  /** Unless the session has its own limit of a call; a server has given up long before. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
    }
    return List.copyOf(findings);
  }

  private List<Finding> beforeLoading(Path directory, MetaGraphDef meta) {
    var uses = GraphUses.of(meta);
    var operations = new OperationCheck(meta, uses);
    var findings = new ArrayList<Finding>();
    findings.addAll(guarded("the graph", () -> ModelCheck.beforeLoading(directory, meta)));
    findings.addAll(guarded("the files", () -> new FolderCheck(directory, key).check()));
    var allowed = guarded("the operations", operations::check);
    findings.addAll(allowed);
    findings.addAll(guarded("the loader", () -> new LoaderCheck(meta, uses).check()));
    findings.addAll(guarded("the lists", () -> List.of(new CollectionCheck(meta, uses).check())));
    if (allowed.get(0).ok()) {
      findings.addAll(guarded("the shapes", () -> List.of(new ShapeCheck(meta).check())));
    }
    findings.addAll(guarded("the variables", () -> new VariableCheck(directory, meta).check()));
    findings.addAll(
        guarded("the warm-up file", () -> List.of(new WarmUpCheck(directory, meta).check())));
    findings.addAll(guarded("the origin", () -> List.of(new OriginCheck(directory).check())));
    findings.addAll(guarded("the gallery", () -> new GalleryCheck(directory, meta).check()));
    return findings;
  }

  private List<Finding> running(Path directory) {
    try (var model = LoadedModel.open(directory, patient())) {
      var findings = new ArrayList<Finding>();
      var most = Duration.ofMillis(patient().getOperationTimeoutInMs()).toNanos();
      for (var probe : Probes.of(model).entrySet()) {
        var began = System.nanoTime();
        var found = guarded(probe.getKey(), probe.getValue());
        findings.addAll(found);
        if (!ModelCheck.passed(found) && System.nanoTime() - began > most) {
          findings.add(new Finding(false, "it takes too long; it is asked nothing more"));
          break;
        }
      }
      return findings;
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    }
  }

  /** A graph may have a loop without an end. */
  private ConfigProto patient() {
    return session.getOperationTimeoutInMs() > 0
        ? session
        : session.toBuilder().setOperationTimeoutInMs(PATIENCE.toMillis()).build();
  }

  /** Whoever breaks a model finds what no reader has thought of; the other checks go on. */
  private static List<Finding> guarded(String what, Supplier<List<Finding>> check) {
    try {
      return check.get();
    } catch (ModelException e) {
      return List.of(new Finding(false, e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      return List.of(new Finding(false, what + " cannot be checked: " + e));
    }
  }
}
