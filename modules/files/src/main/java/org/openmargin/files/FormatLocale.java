package org.openmargin.files;

import java.util.Locale;

/**
 * The locale of numbers in this process. TensorFlow's Java classes name operations by {@code
 * String.format} in the default locale, and TensorFlow refuses names with Arabic, Persian or
 * Bengali digits.
 */
public final class FormatLocale {
  private FormatLocale() {}

  /** For a program of ours: all numbers look the same everywhere. */
  public static void useRoot() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
  }

  /**
   * For programs of others, before TensorFlow is used: changes their default locale of formats only
   * if its digits are not ASCII.
   */
  public static void requireAsciiDigits() {
    if (!"%d".formatted(0).equals("0")) {
      useRoot();
    }
  }
}
