package org.openmargin.benchmark;

/**
 * Which trials are run although there is a file of them.
 *
 * @param refused those that failed and would again
 * @param stale those whose result is not of what the plan says now; it is replaced
 */
public record Rerun(boolean refused, boolean stale) {
  /** None: what is finished or failed stays as it is. */
  public static final Rerun NONE = new Rerun(false, false);
}
