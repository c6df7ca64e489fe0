package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;

/** A command that does not match a run folder loses none of its content. */
class ResumeTest {
  @TempDir Path folder;

  @Test
  void aFolderThatHoldsARunIsNotTouched() throws IOException {
    tiny().train(folder);
    var before = Files.readString(folder.resolve("provenance.json"));
    assertThatThrownBy(() -> tiny().train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("already holds a run");
    assertThat(Files.readString(folder.resolve("provenance.json"))).isEqualTo(before);
  }

  @Test
  void aResumeFromAnotherExperimentIsRefused() {
    tiny().train(folder);
    var resume = new TrainRequest(folder, Existing.RESUME, List.of());
    assertThatThrownBy(() -> tiny("loss.omcl.threshold=0.2").train(resume))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("loss.omcl.threshold: 0.1 -> 0.2");
  }

  @Test
  void settingsOfATrainedRunAreRefused() {
    tiny().train(folder);
    assertThatThrownBy(() -> Experiment.open(folder, "data.synthetic_cells.seed=1"))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(folder + " was trained with other settings")
        .hasMessageEndingWith("data.synthetic_cells.seed: 0 -> 1");
  }

  @Test
  void imagesOtherThanTheTrainingImagesAreRefused() throws IOException {
    var run = tiny().train(folder);
    var provenance = run.files().provenance();
    var other =
        Files.readString(provenance).replaceFirst("dataSha256\": \"\\w+", "dataSha256\": \"0");
    Files.writeString(provenance, other);
    assertThatThrownBy(run::evaluate)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the images are not those that " + folder + " was trained on");
  }

  @Test
  void aResumeThatIsRefusedLeavesTheResults() throws IOException {
    var run = tiny().train(folder);
    run.evaluate();
    var provenance = run.files().provenance();
    var resume = new TrainRequest(folder, Existing.RESUME, List.of());
    var other =
        Files.readString(provenance).replaceFirst("dataSha256\": \"\\w+", "dataSha256\": \"0");
    Files.writeString(provenance, other);
    assertThatThrownBy(() -> tiny().train(resume)).isInstanceOf(DataException.class);
    assertThat(run.files().evaluation()).isNotEmptyFile();
  }
}
