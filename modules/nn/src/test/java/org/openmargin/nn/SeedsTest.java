package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SeedsTest {

  /**
   * Computed with unlimited integers in another language: runs of old checkpoints stay repeatable.
   */
  @Test
  void seedsNeverChangeBetweenReleases() {
    assertThat(Seeds.of(0, "")).isEqualTo(-5855150139360134068L);
    assertThat(Seeds.of(1, "backbone.stem.kernel")).isEqualTo(8009205927662647225L);
    assertThat(Seeds.of(-5, "loss.pr\u00f6totypes")).isEqualTo(-4244466546474457711L);
  }

  @Test
  void everyNameAndEveryExperimentHasItsOwnSeed() {
    var seeds = new HashSet<Long>();
    for (var experiment = -20; experiment < 20; experiment++) {
      for (var layer = 0; layer < 250; layer++) {
        seeds.add(Seeds.of(experiment, "backbone.layer" + layer));
      }
    }
    assertThat(seeds).hasSize(40 * 250);
  }
}
