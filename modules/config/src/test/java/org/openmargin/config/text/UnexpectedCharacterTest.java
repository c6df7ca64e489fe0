package org.openmargin.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnexpectedCharacterTest {

  @ParameterizedTest
  @CsvSource({
    "\u00a0, 'U+00A0, no-break space): remove it, or write a blank'",
    "\u200b, 'U+200B, zero width space): remove it, or write a blank'",
    "\ufeff, 'U+FEFF, zero width no-break space): remove it, or write a blank'",
    "\u201c, 'U+201C, left double quotation mark): write \"'",
    "\u2019, 'U+2019, right single quotation mark): write \"'",
    "\uff11, 'U+FF11, fullwidth digit one): write 1'",
    "\u0664, 'U+0664, arabic-indic digit four): write 4'",
    "\u2212, 'U+2212, minus sign): write -'"
  })
  void whatCannotBeToldByLookingIsNamed(String character, String words) {
    assertThat(UnexpectedCharacter.words(character))
        .isEqualTo("unexpected character '" + character + "' (" + words);
  }

  @Test
  void plainOnesNeedNoName() {
    assertThat(UnexpectedCharacter.words("%")).isEqualTo("unexpected character '%'");
    assertThat(UnexpectedCharacter.words("=")).isEqualTo("unexpected character '=': write :");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"// c: {\nname: 1", "/* a\n \"b */ name: 1", "-- sql '\nname: 1", "/* a\n"})
  void commentsOfOtherLanguagesAreOneProblem(String text) {
    var problems = new ArrayList<Problem>();
    Lexer.tokens(Source.file("x", text), problems);
    assertThat(problems).singleElement().asString().contains("a comment begins with '#'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<?xml version='1.0'?><a/>", "<!DOCTYPE html>", "<html>"})
  void markupIsRecognised(String text) {
    assertThat(OtherFormat.of(text)).contains("XML");
    assertThat(List.of("name: \"x\"", "data <\n>"))
        .allSatisfy(proto -> assertThat(OtherFormat.of(proto)).isEmpty());
  }
}
