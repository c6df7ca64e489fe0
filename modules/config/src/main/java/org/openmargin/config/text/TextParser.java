package org.openmargin.config.text;

import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses text-proto syntax into nodes that know their places. protobuf's own parser stops at the
 * first error and discards places; users want all errors at once, each with its line.
 */
public final class TextParser {
  /** Deeper than any schema, but safe for the stack. */
  private static final int DEEPEST = 100;

  private final Source source;
  private final List<Problem> problems;
  private final Tokens tokens;
  private boolean bracesMatch = true;
  private int depth;

  /**
   * @param problems receives whatever cannot be read
   */
  public TextParser(Source source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
    this.tokens = new Tokens(Lexer.tokens(source, problems));
  }

  /** The whole text as the fields of one message. */
  public Node.Block document() {
    var start = tokens.peek();
    var entries = new ArrayList<Node.Entry>();
    while (tokens.peek().kind() != Token.Kind.END) {
      if (tokens.peek().closes()) {
        bracesMatch = false;
        report(tokens.peek(), tokens.peek().shown() + " has no matching opening brace");
        tokens.take();
      } else {
        entry(entries);
      }
    }
    return new Node.Block(start, entries);
  }

  /** Adds the whole text as one value to {@code values}; if it is not one, reports a problem. */
  void value(List<Node> values) {
    if (!readsValue(values)) {
      report(tokens.peek(), "expected a value, found " + tokens.peek().shown());
    } else if (tokens.peek().kind() != Token.Kind.END) {
      report(tokens.peek(), "expected one value, found " + tokens.peek().shown() + " after it");
      values.clear();
    }
  }

  /** False if fields may have ended up in the wrong block; then only syntax errors are reliable. */
  public boolean bracesMatch() {
    return bracesMatch;
  }

  private void entry(List<Node.Entry> entries) {
    var name = tokens.take();
    if (name.kind() != Token.Kind.NAME) {
      report(name, "expected a field name, found " + name.shown());
      tokens.skipLine(name);
      return;
    }
    boolean colon = tokens.takes(":");
    var value = new ArrayList<Node>();
    if (startsNextField(name) || !readsValue(value)) {
      report(name, "'" + name.text() + "' has no value");
      tokens.skipLine(name);
      return;
    }
    entries.add(new Node.Entry(name, colon, value.get(0)));
    if (!tokens.takes(",")) {
      tokens.takes(";");
    }
  }

  /** Whether the next token is not the value of {@code name} but a field on a later line. */
  private boolean startsNextField(Token name) {
    var token = tokens.peek();
    if (token.kind() != Token.Kind.NAME || token.line() == name.line()) {
      return false;
    }
    var after = tokens.after();
    return after.is(":") || after.is("{") || after.is("<");
  }

  private boolean readsValue(List<Node> values) {
    var at = tokens.peek();
    if (at.is("{") || at.is("<") || at.is("[")) {
      values.add(nested(at));
    } else if (at.kind() == Token.Kind.STRING) {
      values.add(string());
    } else if (at.is("-") && isNumber(tokens.after())) {
      tokens.take();
      var number = tokens.take();
      values.add(new Node.Scalar(at, number.kind(), "-" + number.text()));
    } else if (at.kind() == Token.Kind.NAME || at.kind() == Token.Kind.NUMBER) {
      tokens.take();
      values.add(new Node.Scalar(at, at.kind(), at.text()));
    } else {
      return false;
    }
    return true;
  }

  private Node nested(Token open) {
    if (depth == DEEPEST) {
      throw new ConfigException(
          List.of(source.at(open).problem("", "is nested deeper than %d".formatted(DEEPEST))));
    }
    depth++;
    var node = open.is("[") ? sequence() : block();
    depth--;
    return node;
  }

  private static boolean isNumber(Token token) {
    return token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.NAME;
  }

  private Node.Block block() {
    var open = tokens.take();
    var entries = new ArrayList<Node.Entry>();
    var close = open.is("{") ? "}" : ">";
    while (!tokens.takes(close)) {
      if (tokens.peek().kind() == Token.Kind.END || tokens.peek().closes()) {
        bracesMatch = false;
        report(open, "'" + open.text() + "' is not closed");
        break;
      }
      entry(entries);
    }
    return new Node.Block(open, entries);
  }

  private Node.Sequence sequence() {
    var open = tokens.take();
    var items = new ArrayList<Node>();
    while (!tokens.takes("]")) {
      if (!readsValue(items)) {
        report(tokens.peek(), "expected a value or ']', found " + tokens.peek().shown());
        tokens.skipList(open);
        break;
      }
      if (!tokens.takes(",") && !tokens.peek().is("]")) {
        report(tokens.peek(), "expected ',' or ']', found " + tokens.peek().shown());
        tokens.skipList(open);
        break;
      }
    }
    return new Node.Sequence(open, items);
  }

  /** Adjacent strings are joined. */
  private Node.Scalar string() {
    var at = tokens.peek();
    var text = new StringBuilder();
    while (tokens.peek().kind() == Token.Kind.STRING) {
      var part = tokens.take();
      try {
        text.append(TextFormat.unescapeBytes(part.text()).toStringUtf8());
      } catch (TextFormat.InvalidEscapeSequenceException e) {
        report(
            part,
            "the string has an unknown escape: %s; in a path, write / or \\\\ in place of \\"
                .formatted(e.getMessage()));
        text.append(part.text());
      }
    }
    return new Node.Scalar(at, Token.Kind.STRING, text.toString());
  }

  private void report(Token token, String message) {
    problems.add(source.at(token).problem("", message));
  }
}
