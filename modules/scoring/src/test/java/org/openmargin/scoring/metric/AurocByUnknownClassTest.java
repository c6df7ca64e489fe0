package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.UnknownScores;

class AurocByUnknownClassTest {
  private static final Head HEAD = Head.openCosine(List.of("a", "b"), 1);

  private static Predictions predictions(int[] labels, List<String> names) {
    var ids = IntStream.range(0, labels.length).mapToObj(i -> "test/" + i).toList();
    return Predictions.withoutEmbeddings(
        HEAD, new Truth(ids, labels, names), new float[labels.length][3]);
  }

  @Test
  void everyClassIsComparedWithAllKnownImages() {
    var test =
        predictions(
            new int[] {0, -1, 1, -1, -1, -1}, List.of("a", "zebra", "b", "ant", "ant", "zebra"));
    // Known 1 and 3; zebra 2 and 5: pairs 1 + 0 + 1 + 1 of 4; ant 0 and 3: 0 + 0 + 1 + 0.5 of 4.
    var areas = AurocByUnknownClass.of(new double[] {1, 2, 3, 0, 3, 5}, test);
    assertThat(areas).containsExactly(Map.entry("ant", 0.375), Map.entry("zebra", 0.75));
  }

  @Test
  void meanWeightedByImagesIsTheAuroc() {
    var random = new Random(3);
    var labels = IntStream.range(0, 200).map(i -> i < 80 ? i % 2 : -1).toArray();
    var names =
        IntStream.range(0, 200)
            .mapToObj(i -> i < 80 ? "ab".substring(i % 2, i % 2 + 1) : i < 100 ? "few" : "many")
            .toList();
    var scores = IntStream.range(0, 200).mapToDouble(i -> random.nextInt(30)).toArray();
    var test = predictions(labels, names);
    var areas = AurocByUnknownClass.of(scores, test);
    var all = UnknownScores.of(scores, test);
    assertThat((20 * areas.get("few") + 100 * areas.get("many")) / 120)
        .isCloseTo(Auroc.of(all.known(), all.unknown()), within(1e-12));
  }
}
