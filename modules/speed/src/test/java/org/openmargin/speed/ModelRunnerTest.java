package org.openmargin.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRunnerTest {

  @Test
  void classifierAndBareSessionAgreeAboutPixelsAndFiles(@TempDir Path base) throws IOException {
    var model = new FreshModel(ServedNetwork.TINY_28, base);
    model.export();
    try (var classifier = ClassifierRunner.load(model.directory());
        var raw = SessionRunner.load(model.directory())) {
      for (var input : Request.Input.values()) {
        var request = Request.of(ServedNetwork.TINY_28, input, 5);

        assertThat(classifier.answer(request)).hasSize(5).allMatch(answer -> answer.inputOk());
        assertThat(raw.matrix(request, "logits")).hasDimensions(5, 9);
        assertThatCode(() -> Agreement.check(runners(classifier, raw, request), request))
            .doesNotThrowAnyException();
      }
    }
  }

  private static List<TimedRunner> runners(ModelRunner first, ModelRunner second, Request request) {
    return List.of(
        new TimedRunner.InThisProcess("first", first, request, 1),
        new TimedRunner.InThisProcess("second", second, request, 1));
  }
}
