package org.openmargin.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.trainer.RunListener.Head;
import org.openmargin.trainer.RunListener.Position;
import org.openmargin.trainer.RunListener.Progress;
import org.openmargin.trainer.RunListener.Speed;
import org.openmargin.trainer.RunListener.Start;
import org.openmargin.trainer.RunListener.Validation;

class ListenersTest {
  @TempDir Path folder;

  private static final Head HEAD = new Head(16.25, OptionalDouble.of(0.125));

  private static Progress progress(long step) {
    var at = new Position(step, 100, 1, 2);
    return new Progress(at, 0.5, 1e-3, HEAD, new Speed(321.04, 75, 0.25));
  }

  private static Validation validation(long step) {
    return new Validation(new Position(step, 100, 1, 2), 0.75, 0.625, 0.875, HEAD, true);
  }

  @Test
  void metricsAreOneJsonObjectPerLine() throws IOException {
    var file = folder.resolve("metrics.jsonl");
    try (var metrics = new MetricsJsonl(file, 0)) {
      metrics.progressed(progress(20));
      metrics.measured(validation(50));
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"kind\":\"train\",\"step\":20,\"epoch\":1,\"loss\":0.5,\"learning_rate\":0.001,\"scale\":16.25,\"prototype_cosine\":0.125,\"images_per_second\":321.0,\"input_wait\":0.25}",
            "{\"kind\":\"validation\",\"step\":50,\"epoch\":1,\"loss\":0.75,\"validation_loss\":0.625,\"accuracy\":0.875,\"scale\":16.25,\"prototype_cosine\":0.125,\"best\":true}");
  }

  @Test
  void aHeadWithoutPrototypesHasNoCosineOfThem() throws IOException {
    var file = folder.resolve("metrics.jsonl");
    try (var metrics = new MetricsJsonl(file, 0)) {
      var head = new Head(1, OptionalDouble.empty());
      metrics.measured(new Validation(new Position(50, 100, 1, 2), 0.75, 0.625, 0.875, head, true));
    }
    assertThat(Files.readString(file)).contains("\"scale\":1.0,\"best\"");
  }

  @Test
  void resumingDropsTheLinesOfStepsThatRunAgain() throws IOException {
    var file = folder.resolve("metrics.jsonl");
    try (var metrics = new MetricsJsonl(file, 0)) {
      metrics.progressed(progress(20));
      metrics.measured(validation(50));
      metrics.progressed(progress(60));
    }
    Files.writeString(
        file, Files.readString(file) + "{\"kind\":\"train\",\"st", StandardCharsets.UTF_8);
    try (var metrics = new MetricsJsonl(file, 50)) {
      metrics.progressed(progress(60));
    }
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .allMatch(line -> line.endsWith("}"))
        .element(2)
        .asString()
        .contains("\"step\":60");
  }

  private static String console(boolean terminal) {
    return console(terminal, 160);
  }

  private static String console(boolean terminal, int columns) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var console = new ConsoleProgress(out, terminal, columns);
    console.started(new Start(2, 100, 0, 11_178_561));
    for (var step = 1; step <= 10; step++) {
      console.progressed(progress(step));
    }
    console.validated(validation(50));
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void withoutATerminalLinesArePlainAndFew() {
    assertThat(console(false))
        .isEqualTo(
            """
            training 11,178,561 weights: 2 epochs, 100 steps
            step 5/100 loss 0.5000  scale 16.25  rate 1.0e-03  321 images/s (25 % waiting)  1:15 left
            step 10/100 loss 0.5000  scale 16.25  rate 1.0e-03  321 images/s (25 % waiting)  1:15 left
            epoch 1/2  loss 0.7500  known validation accuracy 0.8750 (best)  scale 16.25  validation loss 0.6250  prototypes' cosine 0.13
            """);
  }

  @Test
  void onATerminalABarIsRedrawn() {
    assertThat(console(true))
        .contains("\repoch 1/2 [==                      ] 10% loss 0.5000")
        .endsWith(
            "\033[Kepoch 1/2  loss 0.7500  known validation accuracy 0.8750 (best)  scale 16.25  validation loss 0.6250  prototypes' cosine 0.13\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 100, 120})
  void aLineFitsTheTerminalAndKeepsLossAndTime(int columns) {
    var lines = console(true, columns).split("[\n\r]", -1);
    var bars = Arrays.stream(lines).filter(line -> line.matches("epoch.*%.*")).toList();
    assertThat(bars).hasSize(10).allMatch(line -> line.replace("\033[K", "").length() < columns);
    assertThat(bars.get(9)).startsWith("epoch 1/2 ");
    if (columns >= 40) {
      assertThat(bars.get(9)).contains("loss 0.5000", "1:15 left");
    }
    assertThat(bars.get(9).contains("[==")).isEqualTo(columns == 120);
    assertThat(bars.get(9).contains("scale")).isEqualTo(columns >= 60);
  }

  @Test
  void theLineOfAnEpochFitsTheTerminal() {
    assertThat(console(true, 80))
        .endsWith("epoch 1/2  loss 0.7500  known validation accuracy 0.8750 (best)  scale 16.25\n");
  }
}
