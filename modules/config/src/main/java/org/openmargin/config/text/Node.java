package org.openmargin.config.text;

import java.util.List;

/** A value in a text proto, not yet checked against the schema. */
public sealed interface Node {

  /** Its first token. */
  Token at();

  /**
   * A number, name or string.
   *
   * @param text including the sign; for a string, its content with escapes resolved
   */
  record Scalar(Token at, Token.Kind kind, String text) implements Node {}

  /** {@code { field: value ... }}. */
  record Block(Token at, List<Entry> entries) implements Node {}

  /** {@code [value, value, ...]}. */
  record Sequence(Token at, List<Node> items) implements Node {}

  /**
   * One field of a block.
   *
   * @param colon whether there is a colon between name and value
   */
  record Entry(Token name, boolean colon, Node value) {}
}
