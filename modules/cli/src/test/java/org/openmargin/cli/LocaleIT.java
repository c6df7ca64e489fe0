package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.experiment.Experiment;

/** Numbers are the same in every locale, also where digits are Arabic or the point is a comma. */
class LocaleIT {
  private static final String[] SHORT = {"--set", "training.epochs=1"};

  private final Locale before = Locale.getDefault();
  @TempDir private Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "de-DE", "bn-BD"})
  void trainsReportsAndPredicts(String tag) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(tag));
    var run = folder.resolve("run");
    var trained = CommandLineRun.of("train", CommandLineRun.TINY, SHORT[0], SHORT[1], "--run", run);
    assertThat(trained.code()).as(trained.err()).isZero();
    hasPlainNumbers(Files.readString(run.resolve("report.html")));
    hasPlainNumbers(trained.out());
    var models = folder.resolve("models");
    assertThat(CommandLineRun.of("export", run, "--to", models).code()).isZero();
    var image = folder.resolve("a.png");
    Files.write(image, DrawnImages.noise(32, "png", 1));
    var predicted =
        CommandLineRun.of("predict", models.resolve("tiny"), image, "--format", "table");
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.out()).contains("a.png");
    hasPlainNumbers(predicted.out());
  }

  @Test
  void theJavaApiTrainsWhereDigitsAreArabic() throws IOException {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    var run =
        Experiment.read(Path.of(CommandLineRun.TINY), "training.epochs=1")
            .train(folder.resolve("run"));
    assertThat(run.files().path().resolve("checkpoints")).isNotEmptyDirectory();
  }

  private static void hasPlainNumbers(String text) {
    assertThat(text).doesNotContainPattern("[\\p{Nd}&&[^0-9]]").doesNotContainPattern("\\d,\\d{4}");
  }
}
