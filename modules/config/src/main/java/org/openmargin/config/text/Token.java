package org.openmargin.config.text;

/**
 * A token of a text proto.
 *
 * @param text as written; for a string, the part between the quotes, escapes unresolved
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
