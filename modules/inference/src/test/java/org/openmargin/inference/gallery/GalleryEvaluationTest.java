package org.openmargin.inference.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.data.DataException;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryCalibration;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;

class GalleryEvaluationTest {
  private static final Gallery GALLERY =
      Gallery.of(
          new SimilarityRule.Centroid(),
          new GalleryCalibration.Fixed(0.9),
          List.of(
              Identity.of("x", List.of(new float[] {1, 0, 0})),
              Identity.of("y", List.of(new float[] {0, 1, 0}))));

  @Test
  void probesOfEnrolledNamesAreGenuineAndOthersImpostors() {
    var probes =
        Map.of(
            "x", List.of(new float[] {9, 1, 0}, new float[] {1, 1.1f, 0}),
            "z", List.of(new float[] {0, 0, 1}, new float[] {0, 5, 0}));

    var figures = GalleryEvaluation.of(GALLERY, probes).figures();

    assertThat(figures)
        .contains(
            entry("accuracy", 0.5),
            entry("identified_at_threshold", 0.5),
            entry("impostors_accepted_at_threshold", 0.5))
        .containsKeys("recall_at_1", "r_precision", "map_at_r")
        .doesNotContainKey("tpir_at_fpir_01");
  }

  @Test
  void withoutAGenuineProbeThereIsNothingToMeasure() {
    assertThatThrownBy(
            () ->
                GalleryEvaluation.of(
                    GALLERY, Map.of("z", List.of(new float[] {1, 0, 0}, new float[] {1, 0, 0}))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no probe of an enrolled identity");
  }
}
