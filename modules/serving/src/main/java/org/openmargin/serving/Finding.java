package org.openmargin.serving;

/**
 * One line of a check.
 *
 * @param ok whether it passed
 * @param what what was looked at, or what is wrong
 */
public record Finding(boolean ok, String what) {
  @Override
  public String toString() {
    return (ok ? "ok      " : "FAILED  ") + what;
  }
}
