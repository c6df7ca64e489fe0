package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmargin.data.source.MedMnist;

class DataFolderTest {
  private static final MedMnist BLOOD = MedMnist.named("bloodmnist");

  @Test
  void fetchingGoesWhereTheExperimentLooks() {
    assertThat(DataFolder.fetching(BLOOD, 28, ""))
        .isEqualTo("openmargin data download bloodmnist --size 28");
    assertThat(DataFolder.fetching(BLOOD, 64, "dl"))
        .isEqualTo("openmargin data download bloodmnist --size 64 --to dl");
    assertThat(DataFolder.fetching(BLOOD, 64, "my data"))
        .isEqualTo("openmargin data download bloodmnist --size 64 --to 'my data'");
  }
}
