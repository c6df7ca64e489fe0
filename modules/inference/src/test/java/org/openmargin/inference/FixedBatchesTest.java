package org.openmargin.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.serving.archive.FixedBatches;

class FixedBatchesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 8, 21, 50})
  void everyCallHasTheSameSizeAndEveryFileItsAnswer(int count) {
    var model = new FakeModel();
    var sizes = new ArrayList<Integer>();
    var batches =
        new FixedBatches(
            files -> {
              sizes.add(files.size());
              return model.apply(files);
            },
            7);
    var files = IntStream.range(0, count).mapToObj(i -> new byte[] {(byte) i, 1}).toList();

    var answers = batches.classify(List.copyOf(files));

    assertThat(answers)
        .extracting(answer -> (int) answer.embedding()[0])
        .isEqualTo(IntStream.range(0, count).boxed().toList());
    assertThat(sizes).hasSize((count + 6) / 7).allMatch(size -> size == 7);
  }
}
