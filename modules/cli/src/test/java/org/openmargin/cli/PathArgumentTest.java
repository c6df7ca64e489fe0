package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.cli.console.ExitCodes;

class PathArgumentTest {

  /** What a script passes for variables that are not set. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train e.textproto --run _",
        "train _",
        "export _",
        "export runs/mine --to _",
        "evaluate runs/mine --foreign _",
        "evaluate runs/mine --shifted _",
        "predict _ images",
        "predict model _",
        "score model images --out _",
        "verify _",
        "gallery create _ identities/",
        "discover model images --out _",
        "map _",
        "config init --data images -o _",
        "config validate _",
        "data describe _",
        "benchmark run _",
        "benchmark init _ e.textproto",
        "rehearse e.textproto --out _",
        "quickstart --to _",
        "metrics a.csv --report _"
      })
  void anEmptyNameIsNoPath(String command) {
    for (var name : new String[] {"", "  "}) {
      var words = command.split(" ", -1);
      for (var i = 0; i < words.length; i++) {
        words[i] = words[i].equals("_") ? name : words[i];
      }
      var ran = CommandLineRun.of((Object[]) words);
      assertThat(ran.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(ran.errors())
          .singleElement()
          .asString()
          .contains("the name is empty; is a variable of the shell not set?");
    }
  }

  @Test
  void tooFewArgumentsAreCounted() {
    assertThat(CommandLineRun.of("compare", "runs/a").err())
        .contains("RUN: 2 are needed; 1 was given; see: openmargin compare --help");
  }

  @Test
  void aFileThatLooksLikeAnOptionIsShownHowToWrite() {
    assertThat(CommandLineRun.of("info", "-x.textproto").err())
        .contains("unknown option '-x.textproto'");
    assertThat(Misspelling.fileLikeOption("predict", "-no-such-file.png")).isEmpty();
  }
}
