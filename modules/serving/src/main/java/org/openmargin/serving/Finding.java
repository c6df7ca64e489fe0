package org.openmargin.serving;

import java.util.List;

/**
 * One result of a check.
 *
 * @param what what was checked, or what is wrong
 */
public record Finding(boolean ok, String what) {

  /** Passed if there are no problems. */
  public static Finding of(String what, List<String> problems) {
    return problems.isEmpty()
        ? new Finding(true, what)
        : new Finding(false, String.join("; ", problems));
  }

  @Override
  public String toString() {
    return (ok ? "ok      " : "FAILED  ") + what;
  }
}
