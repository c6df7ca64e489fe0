package org.openmargin.config;

import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text-proto syntax into nodes that know where they stand. protobuf's own parser stops at
 * its first error and forgets the places; a person wants all errors at once, each with its line.
 */
final class TextParser {
  private final Source source;
  private final List<Problem> problems;
  private final List<Token> tokens;
  private int next;
  private boolean bracesMatch = true;

  /**
   * @param problems receives what cannot be read
   */
  TextParser(Source source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
    this.tokens = Lexer.tokens(source, problems);
  }

  /** The whole text as the fields of one message. */
  Node.Block document() {
    Token start = peek();
    List<Node.Entry> entries = new ArrayList<>();
    while (peek().kind() != Token.Kind.END) {
      if (closes(peek())) {
        bracesMatch = false;
        report(peek(), peek().shown() + " closes nothing");
        take();
      } else {
        entry(entries);
      }
    }
    return new Node.Block(start, entries);
  }

  /** The whole text as one value, into {@code values}; a problem and nothing if it is not one. */
  void value(List<Node> values) {
    if (!readsValue(values)) {
      report(peek(), "expected a value, found " + peek().shown());
    } else if (peek().kind() != Token.Kind.END) {
      report(peek(), "expected one value, found " + peek().shown() + " after it");
      values.clear();
    }
  }

  /** False where fields may have ended up in the wrong block: then only the syntax is to judge. */
  boolean bracesMatch() {
    return bracesMatch;
  }

  private void entry(List<Node.Entry> entries) {
    Token name = take();
    if (name.kind() != Token.Kind.NAME) {
      report(name, "expected a field name, found " + name.shown());
      skipLine(name);
      return;
    }
    boolean colon = takes(":");
    List<Node> value = new ArrayList<>();
    if (startsNextField(name) || !readsValue(value)) {
      report(name, "'" + name.text() + "' has no value");
      skipLine(name);
      return;
    }
    entries.add(new Node.Entry(name, colon, value.get(0)));
    if (!takes(",")) {
      takes(";");
    }
  }

  /** Whether what stands here is not the value of {@code name} but the field on a later line. */
  private boolean startsNextField(Token name) {
    Token token = peek();
    if (token.kind() != Token.Kind.NAME || token.line() == name.line()) {
      return false;
    }
    Token after = tokens.get(next + 1);
    return after.is(":") || after.is("{") || after.is("<");
  }

  private boolean readsValue(List<Node> values) {
    Token at = peek();
    if (at.is("{") || at.is("<")) {
      values.add(block());
    } else if (at.is("[")) {
      values.add(sequence());
    } else if (at.kind() == Token.Kind.STRING) {
      values.add(string());
    } else if (at.is("-") && isNumber(tokens.get(next + 1))) {
      take();
      Token number = take();
      values.add(new Node.Scalar(at, number.kind(), "-" + number.text()));
    } else if (at.kind() == Token.Kind.NAME || at.kind() == Token.Kind.NUMBER) {
      take();
      values.add(new Node.Scalar(at, at.kind(), at.text()));
    } else {
      return false;
    }
    return true;
  }

  private static boolean isNumber(Token token) {
    return token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.NAME;
  }

  private Node.Block block() {
    Token open = take();
    List<Node.Entry> entries = new ArrayList<>();
    String close = open.is("{") ? "}" : ">";
    while (!takes(close)) {
      if (peek().kind() == Token.Kind.END || closes(peek())) {
        bracesMatch = false;
        report(open, "'" + open.text() + "' is not closed");
        break;
      }
      entry(entries);
    }
    return new Node.Block(open, entries);
  }

  private Node.Sequence sequence() {
    Token open = take();
    List<Node> items = new ArrayList<>();
    while (!takes("]")) {
      if (!readsValue(items)) {
        report(peek(), "expected a value or ']', found " + peek().shown());
        skipTo(open);
        break;
      }
      if (!takes(",") && !peek().is("]")) {
        report(peek(), "expected ',' or ']', found " + peek().shown());
        skipTo(open);
        break;
      }
    }
    return new Node.Sequence(open, items);
  }

  /** Strings that follow each other are one. */
  private Node.Scalar string() {
    Token at = peek();
    StringBuilder text = new StringBuilder();
    while (peek().kind() == Token.Kind.STRING) {
      Token part = take();
      try {
        text.append(TextFormat.unescapeBytes(part.text()).toStringUtf8());
      } catch (TextFormat.InvalidEscapeSequenceException e) {
        report(part, "the string has an unknown escape: " + e.getMessage());
      }
    }
    return new Node.Scalar(at, Token.Kind.STRING, text.toString());
  }

  /** Leaves the rest of a broken line, but no brace that closes a block. */
  private void skipLine(Token start) {
    while (peek().kind() != Token.Kind.END && peek().line() == start.line() && !closes(peek())) {
      take();
    }
  }

  /** Leaves the rest of a broken list: up to its ']', or to the end of its line. */
  private void skipTo(Token open) {
    while (peek().kind() != Token.Kind.END && !closes(peek()) && peek().line() == open.line()) {
      if (take().is("]")) {
        return;
      }
    }
  }

  private static boolean closes(Token token) {
    return token.is("}") || token.is(">");
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  private boolean takes(String symbol) {
    if (!peek().is(symbol)) {
      return false;
    }
    take();
    return true;
  }

  private void report(Token token, String message) {
    problems.add(source.at(token).problem("", message));
  }
}
