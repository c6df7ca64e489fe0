package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmargin.data.source.MedMnist;

class DataFolderTest {
  private static final MedMnist BLOOD = MedMnist.named("bloodmnist");

  @Test
  void fetchingGoesWhereTheExperimentLooks() {
    assertThat(DataFolder.fetching(BLOOD, 28, ""))
        .isEqualTo("DataFolder.download(\"bloodmnist\", 28, \"\")");
    assertThat(DataFolder.fetching(BLOOD, 64, "dl"))
        .isEqualTo("DataFolder.download(\"bloodmnist\", 64, \"dl\")");
    assertThat(DataFolder.fetching(BLOOD, 64, "my data"))
        .isEqualTo("DataFolder.download(\"bloodmnist\", 64, \"my data\")");
  }
}
