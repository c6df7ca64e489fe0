package org.openmargin.config.text;

/**
 * The smallest piece of a text proto.
 *
 * @param kind what it is
 * @param text as written; of a string what is between its quotes, escapes as written
 * @param line from 1
 * @param column from 1
 */
record Token(Kind kind, String text, int line, int column) {

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether it ends a block. */
  boolean closes() {
    return is("}") || is(">");
  }

  /** For messages: {@code 'x'} or {@code the end of the text}. */
  String shown() {
    return kind == Kind.END ? "the end of the text" : "'" + text + "'";
  }
}
