package org.openmargin.config.text;

import java.util.List;

/** Tokens and how far they are read. */
final class Tokens {
  private final List<Token> tokens;
  private int next;

  /**
   * @param tokens the last of them END, which is never passed
   */
  Tokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** The next token, which stays the next. */
  Token peek() {
    return tokens.get(next);
  }

  /** The token after the next. */
  Token after() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  /** The next token, which is then passed. */
  Token take() {
    var token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  /** Passes the next token if it is {@code symbol}. */
  boolean takes(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      next++;
    }
    return found;
  }
}
