package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.FileFacts;
import org.openmargin.data.WorkListener;

/**
 * Looks for what makes figures too good or a network learn the wrong thing: images that splits
 * share, equal or nearly so; groups in two splits; one image under two labels; classes that can be
 * told from files, brightness or borders; images without content.
 *
 * @param work follows it
 * @param embedding also finds images that a model can hardly tell apart; empty for none
 */
public record DataAudit(
    AuditedSet set, AuditSettings settings, WorkListener work, Optional<Embedding> embedding) {

  /** Without a model. */
  public DataAudit(AuditedSet set, AuditSettings settings, WorkListener work) {
    this(set, settings, work, Optional.empty());
  }

  /**
   * Everything.
   *
   * @param files facts by image id; may be empty
   */
  public AuditResult full(Map<String, FileFacts> files) {
    return full(files, List.of());
  }

  /**
   * Everything, also whether sources tell the classes.
   *
   * @param files facts by image id; may be empty
   * @param sources names of several, with which the ids begin; empty for one
   */
  public AuditResult full(Map<String, FileFacts> files, List<String> sources) {
    var facts = set.facts(settings, work);
    work.begin("testing what tells the classes");
    var confounding = new ConfoundingCheck(set, facts, files, sources).run();
    return result(facts, confounding);
  }

  /** Without the tests for confounding. */
  public AuditResult quick() {
    return result(set.facts(settings, work), List.of());
  }

  private AuditResult result(List<ImageFacts> facts, List<Confounding> confounding) {
    work.begin("comparing images");
    var near = new NearImages(settings.limit(), settings.turned());
    var findings = new ArrayList<>(new SameImages(set, facts, near).findings());
    findings.addAll(new SharedGroups(set, facts).findings());
    embedding.ifPresent(
        model ->
            findings.addAll(new AlikeImages(set, facts, set.embeddings(model, work)).findings()));
    var values = new PixelValues(set, facts);
    findings.addAll(values.findings());
    confounding.stream()
        .map(ConfoundingCheck::finding)
        .flatMap(Optional::stream)
        .forEach(findings::add);
    findings.sort(
        Comparator.comparing((Finding f) -> !f.isLeak())
            .thenComparing(f -> !f.isWarning())
            .thenComparing(Finding::kind)
            .thenComparing(Finding::splits));
    return new AuditResult(set.name(), facts.size(), findings, values.ranges(), confounding);
  }
}
