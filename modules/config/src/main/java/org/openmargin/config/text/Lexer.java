package org.openmargin.config.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a text proto into tokens. Unreadable characters are reported and skipped, so that one
 * mistake does not hide the next.
 */
final class Lexer {
  private static final Pattern BLANK = Pattern.compile("\\s+|#[^\n]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xX][0-9a-fA-F]+|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?[A-Za-z0-9_.]*");

  /** Up to, but without, the closing quote. */
  private static final Pattern STRING =
      Pattern.compile(
          "\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+|'[^'\\\\\n]*+(?:\\\\.[^'\\\\\n]*+)*+");

  /** Comments of C, Java and SQL. */
  private static final Pattern FOREIGN_COMMENT =
      Pattern.compile("//[^\n]*|/\\*(?s:.*?)(\\*/|\\z)|--[^\n]*");

  private static final String SYMBOLS = "{}[]<>:,;-";

  private final Source source;
  private final List<Problem> problems;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int lineStart;

  private Lexer(Source source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * The tokens of a text; the last is END.
   *
   * @param problems receives whatever cannot be read
   */
  static List<Token> tokens(Source source, List<Problem> problems) {
    var lexer = new Lexer(source, problems);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (true) {
      while (!match(BLANK).isEmpty()) {}
      if (position >= source.text().length()) {
        tokens.add(token(Token.Kind.END, ""));
        return;
      }
      if (!takes(NAME, Token.Kind.NAME) && !takes(NUMBER, Token.Kind.NUMBER) && !takesString()) {
        symbol();
      }
    }
  }

  private boolean takes(Pattern pattern, Token.Kind kind) {
    var at = token(kind, "");
    var text = match(pattern);
    if (text.isEmpty()) {
      return false;
    }
    tokens.add(new Token(kind, text, at.line(), at.column()));
    return true;
  }

  private boolean takesString() {
    var at = token(Token.Kind.STRING, "");
    var text = match(STRING);
    if (text.isEmpty()) {
      return false;
    }
    char quote = text.charAt(0);
    if (position < source.text().length() && source.text().charAt(position) == quote) {
      position++;
    } else {
      problems.add(source.at(at).problem("", "the string has no closing " + quote));
    }
    tokens.add(new Token(Token.Kind.STRING, text.substring(1), at.line(), at.column()));
    return true;
  }

  private void symbol() {
    var at = token(Token.Kind.SYMBOL, "");
    if (!match(FOREIGN_COMMENT).isEmpty()) {
      problems.add(source.at(at).problem("", "a comment begins with '#'"));
      return;
    }
    var text = source.text().substring(position, source.text().offsetByCodePoints(position, 1));
    var token = token(Token.Kind.SYMBOL, text);
    if (SYMBOLS.contains(text)) {
      tokens.add(token);
    } else {
      problems.add(source.at(token).problem("", UnexpectedCharacter.words(text)));
    }
    position += text.length();
  }

  private Token token(Token.Kind kind, String text) {
    return new Token(kind, text, line, position - lineStart + 1);
  }

  /** Consumes what the pattern matches here, counting lines; empty if it does not match. */
  private String match(Pattern pattern) {
    var matcher = pattern.matcher(source.text()).region(position, source.text().length());
    if (!matcher.lookingAt()) {
      return "";
    }
    var text = matcher.group();
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = position + i + 1;
    }
    position = matcher.end();
    return text;
  }
}
