package org.openmargin.config.text;

import java.util.List;

/** Tokens with a read position. */
final class Tokens {
  private final List<Token> tokens;
  private int next;

  /**
   * @param tokens ending with END, which is never consumed
   */
  Tokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** The next token, not consumed. */
  Token peek() {
    return tokens.get(next);
  }

  /** The token after the next one. */
  Token after() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  /** Consumes the next token. */
  Token take() {
    var token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  /** Consumes the next token if it is {@code symbol}. */
  boolean takes(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      next++;
    }
    return found;
  }

  /** Skips the rest of a broken line, but no closing brace. */
  void skipLine(Token start) {
    while (peek().kind() != Token.Kind.END && peek().line() == start.line() && !peek().closes()) {
      take();
    }
  }

  /** Skips the rest of a broken list, up to its ']' or the end of its line. */
  void skipList(Token open) {
    while (peek().kind() != Token.Kind.END && !peek().closes() && peek().line() == open.line()) {
      if (take().is("]")) {
        return;
      }
    }
  }
}
