package org.openmargin.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummarizedAnswersTest {
  private static final AnswerWriter NOWHERE =
      new AnswerWriter() {
        @Override
        public void begin(Answer.Model model, List<Path> files) {}

        @Override
        public void write(Answer answer) {}
      };

  private final List<String> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private static Answer answer(String file, String label, boolean unknown, boolean unusual) {
    var best = new Answer.BestKnown(label, 0.9);
    return new Answer(Path.of(file), 0.5, unknown, unusual, best, List.of(0.9f, 0.1f));
  }

  @Test
  void everyFolderHasItsLine() {
    var answers =
        new SummarizedAnswers(NOWHERE, List.of(Path.of("a"), Path.of("a/b"), Path.of("c/x.png")));
    answers.write(answer("a/1.png", "cat", false, false));
    answers.write(answer("a/sub/2.png", "dog", false, false));
    answers.write(answer("a/3.png", "cat", false, false));
    answers.write(answer("a/b/4.png", "cat", true, false));
    answers.write(answer("c/x.png", "cat", true, true));
    answers.summary(lines::add, warnings::add);
    assertThat(lines)
        .containsExactly(
            "a: 3 images: cat 2, dog 1, unknown 0",
            "a/b: 1 image: unknown 1",
            "c: 1 image: unknown 1 (of them unusual input: 1)");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFolderOfAnotherKindIsWarnedOf() {
    var answers = new SummarizedAnswers(NOWHERE, List.of(Path.of("a")));
    for (var i = 0; i < 9; i++) {
      answers.write(answer("a/%d.png".formatted(i), "cat", i < 2, i < 2));
    }
    answers.summary(lines::add, warnings::add);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("warning: a: 2 of 9 images are unlike any image of the training");
  }

  @Test
  void theReasonOfARejectionIsSaid() {
    assertThat(answer("a", "cat", true, false).rejection())
        .isEqualTo("unknown score above threshold");
    assertThat(answer("a", "cat", true, true).rejection()).isEqualTo("unusual input");
    assertThat(answer("a", "cat", false, false).rejection()).isEmpty();
  }
}
