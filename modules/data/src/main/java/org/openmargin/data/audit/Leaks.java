package org.openmargin.data.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What training and test share, and what of it an experiment accepts.
 *
 * @param found of an audit
 * @param acknowledged names of leaks: a kind, for all of it, or a kind and digits, for exactly
 *     these images
 */
public record Leaks(List<Finding> found, List<String> acknowledged) {

  public Leaks {
    found = List.copyOf(found);
    acknowledged = List.copyOf(acknowledged);
  }

  /** Those that nobody acknowledged. */
  public List<Finding> refused() {
    return found.stream()
        .filter(leak -> acknowledged.stream().noneMatch(name -> names(name, leak)))
        .toList();
  }

  /** Names that fit no leak any more. */
  public List<String> stale() {
    return acknowledged.stream()
        .filter(name -> found.stream().noneMatch(leak -> names(name, leak)))
        .toList();
  }

  /** The line of an experiment's {@code data} that accepts all that was found. */
  public String acknowledgement() {
    return found.stream()
        .map(leak -> "\"" + leak.name() + "\"")
        .collect(Collectors.joining(", ", "acknowledged_leaks: [", "]"));
  }

  private static boolean names(String name, Finding leak) {
    return name.equals(leak.name()) || name.equals(leak.kind().word());
  }
}
