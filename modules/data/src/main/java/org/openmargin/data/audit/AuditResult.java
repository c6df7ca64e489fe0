package org.openmargin.data.audit;

import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param name of the data set
 * @param images how many were looked at
 * @param findings leaks first, then warnings, then notes
 * @param ranges values of each split's pixels
 * @param confounding how well facts tell the classes, found or not; empty if not tested
 */
public record AuditResult(
    String name,
    int images,
    List<Finding> findings,
    Map<String, ValueRange> ranges,
    List<Confounding> confounding) {

  public AuditResult {
    findings = List.copyOf(findings);
    confounding = List.copyOf(confounding);
  }

  /** What lets training see the test. */
  public List<Finding> leaks() {
    return findings.stream().filter(Finding::isLeak).toList();
  }
}
