package org.openmargin.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileClassifierTest {
  @TempDir Path folder;

  private Path file(int index, int first) {
    try {
      return Files.write(
          folder.resolve("%03d.png".formatted(index)), new byte[] {(byte) first, (byte) index});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "4, 7", "3, 100"})
  void everyFileIsAnsweredInOrder(int threads, int batch) throws IOException {
    var files = new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> file(i, i)).toList());
    file(13, FakeModel.DAMAGED);
    file(14, FakeModel.TOO_LARGE);
    file(15, FakeModel.UNUSUAL);
    file(30, FakeModel.NO_IMAGE);
    Files.delete(files.get(41));
    files.add(20, files.get(5));
    var answers = new ArrayList<FileAnswer>();

    new FileClassifier(new FakeModel(), threads, batch).classify(files, answers::addAll);

    assertThat(answers).extracting(FileAnswer::file).containsExactlyElementsOf(files);
    for (var answer : answers) {
      var name = answer.file().getFileName().toString();
      switch (name) {
        case "013.png" -> assertRefused(answer, "truncated", "damaged or cut off");
        case "014.png" -> assertRefused(answer, "too_large", "more pixels than are decoded");
        case "015.png" -> {
          assertThat(answer.reason()).isEqualTo("unusual_input");
          assertThat(answer.classification().orElseThrow().unknownScore())
              .isEqualTo(FakeModel.UNUSUAL);
        }
        case "030.png" ->
            assertRefused(answer, "not_an_image", "not an image that the model can read");
        case "041.png" -> assertRefused(answer, "missing", "there is no such file");
        default ->
            assertThat(answer.classification().orElseThrow().unknownScore())
                .isEqualTo(Integer.parseInt(name.substring(0, 3)));
      }
    }
  }

  private static void assertRefused(FileAnswer answer, String reason, String detail) {
    assertThat(answer.classification()).isEmpty();
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.detail()).isEqualTo(detail);
  }

  @Test
  void aFailureOfTheModelIsNotHidden() {
    var files = List.of(file(1, 1));
    var broken =
        new FileClassifier(
            contents -> {
              throw new IllegalStateException("no memory");
            },
            2,
            4);
    assertThatThrownBy(() -> broken.classify(files, answers -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no memory");
  }
}
