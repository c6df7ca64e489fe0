package org.openmargin.benchmark.table;

import java.util.List;

/** Numbers and nouns in sentences. */
public final class Words {
  private static final List<String> SMALL =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private Words() {}

  /** 2 as {@code two}; from 11 in digits. */
  static String number(long number) {
    return number >= 0 && number < SMALL.size() ? SMALL.get((int) number) : Long.toString(number);
  }

  /** {@code 1 trial}, {@code 2 trials}. */
  public static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
