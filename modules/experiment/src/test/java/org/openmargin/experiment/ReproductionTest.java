package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.provenance.Artefact;
import org.openmargin.experiment.provenance.FieldDifference;
import org.openmargin.experiment.provenance.ProvenanceDifference;
import org.openmargin.experiment.reproduction.Reproduced;
import org.openmargin.experiment.reproduction.Reproduction;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/** What a run and the model exported from it say about their origin, and whether it is enough. */
class ReproductionTest {
  @TempDir private static Path folder;
  private static Path run;
  private static Path model;

  @BeforeAll
  static void trainAndExport() {
    run = folder.resolve("run");
    var trained = tiny().train(run);
    trained.evaluate();
    model = trained.export(folder.resolve("models"));
  }

  private static Reproduced reproduced(Path artefact, String name, String... overrides) {
    return Reproduction.of(Artefact.read(artefact), overrides)
        .with(experiment -> experiment.withNotices(notice -> {}))
        .into(folder.resolve(name), List.of(), notice -> {});
  }

  @Test
  void aRunMadeInAnotherFolderIsReproducedBitForBit() {
    var again = reproduced(run, "again");
    assertThat(again.isEqual()).as("%s", again.results()).isTrue();
    assertThat(again.origins()).isEmpty();
    assertThat(again.results())
        .extracting(Reproduced.Result::name)
        .containsExactly("weights", "losses", "evaluation");
    assertThat(again.results().get(2).compared()).isGreaterThan(50);
    assertThat(
            ProvenanceDifference.between(Artefact.read(run), Artefact.read(folder.resolve("again")))
                .isEmpty())
        .isTrue();
  }

  @Test
  void aModelCarriesWhatItsWeightsTake() {
    var artefact = Artefact.read(model.getParent());
    assertThat(artefact.holdsItsWeights()).contains(true);
    assertThat(ProvenanceDifference.between(Artefact.read(run), artefact).isEmpty()).isTrue();
    var again = reproduced(model, "of-model");
    assertThat(again.isEqual()).as("%s", again.results()).isTrue();
    assertThat(again.results())
        .extracting(Reproduced.Result::name)
        .containsExactly("weights", "evaluation");
  }

  @Test
  void aModelCarriesNoPaths() throws IOException {
    for (var file : ModelContract.ORIGIN) {
      assertThat(Files.readString(model.resolve(file)))
          .doesNotContain(folder.toString(), System.getProperty("user.dir"));
    }
  }

  @Test
  void theOneChangedSettingIsNamedAndWhatFollowsFromItApart() {
    var other = folder.resolve("other-seed");
    tiny("runtime.seed=7").train(other);
    var difference = ProvenanceDifference.between(Artefact.read(run), Artefact.read(other));
    assertThat(difference.origins())
        .containsExactly(new FieldDifference("experiment.runtime.seed", "0", "7"));
    assertThat(difference.results()).extracting(FieldDifference::field).contains("weights_sha256");
  }

  @Test
  void theOneChangedFieldOfAProvenanceIsNamed() throws IOException {
    var copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(run.resolve("experiment.textproto"), copy.resolve("experiment.textproto"));
    var text = Files.readString(run.resolve("provenance.json"));
    for (var change :
        List.of(
            List.of("\"javaVersion\": \"[^\"]*\"", "\"javaVersion\": \"1\"", "java_version"),
            List.of("\"intraOp\": \\d+", "\"intraOp\": 77", "threads.intra_op"),
            List.of("\"gson\": \"[^\"]*\"", "\"gson\": \"0\"", "libraries.gson"),
            List.of("\"dataSha256\": \"[^\"]*\"", "\"dataSha256\": \"0\"", "data_sha256"),
            List.of(
                "\"weightsSha256\": \"[^\"]*\"", "\"weightsSha256\": \"0\"", "weights_sha256"))) {
      var changed = text.replaceFirst(change.get(0), change.get(1));
      assertThat(changed).as(change.get(0)).isNotEqualTo(text);
      Files.writeString(copy.resolve("provenance.json"), changed);
      var difference = ProvenanceDifference.between(Artefact.read(run), Artefact.read(copy));
      var all = new ArrayList<>(difference.origins());
      all.addAll(difference.results());
      assertThat(all).extracting(FieldDifference::field).containsExactly(change.get(2));
    }
  }

  @Test
  void otherImagesAreRefusedBeforeAnythingIsTrained() throws IOException {
    var copy = Files.createDirectories(folder.resolve("other-images"));
    Files.copy(run.resolve("experiment.textproto"), copy.resolve("experiment.textproto"));
    Files.writeString(
        copy.resolve("provenance.json"),
        Files.readString(run.resolve("provenance.json"))
            .replaceFirst("dataSha256\": \"\\w+", "dataSha256\": \"0"));
    assertThatThrownBy(() -> reproduced(copy, "never"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("nothing was trained: the images are not those of " + copy);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void onlyPlacesAndTheMachineCanBeSet() {
    assertThatThrownBy(() -> reproduced(run, "never", "training.batch_size=8"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("training.batch_size: 16 -> 8");
  }

  @Test
  void whatIsNoArtefactAndAFolderInUseAreNamed() {
    assertThatThrownBy(() -> Artefact.read(run.resolve("checkpoints")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is neither a run, which has experiment.textproto, nor an exported");
    var reproduction = Reproduction.of(Artefact.read(run));
    assertThatThrownBy(() -> reproduction.into(run, List.of(), notice -> {}))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("already holds a run: choose another folder");
  }

  @Test
  void anExperimentThatWasEditedIsNotReproduced() throws IOException {
    var text = model.resolve(ModelContract.EXPERIMENT_FILE);
    var before = Files.readString(text);
    Files.writeString(text, before.replace("batch_size: 16", "batch_size: 8"));
    assertThatThrownBy(() -> Artefact.read(model))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(text + " was edited after training");
    Files.writeString(text, before);
    assertThat(Artefact.read(model).experiment()).isPresent();
    assertThatThrownBy(() -> Artefact.read(text))
        .isInstanceOf(RunException.class)
        .hasMessage(text + ": this is a file; name a run or an exported model");
  }

  @Test
  void aModelWithOtherWeightsThanItSaysIsNoticed() throws IOException {
    var provenance = model.resolve(ModelContract.PROVENANCE_FILE);
    var before = Files.readString(provenance);
    Files.writeString(
        provenance, before.replaceFirst("weightsSha256\": \"\\w+", "weightsSha256\": \"0"));
    assertThat(Artefact.read(model).holdsItsWeights()).contains(false);
    Files.delete(provenance);
    assertThatThrownBy(() -> Artefact.read(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not say where it comes from");
    Files.writeString(provenance, before);
    FileDigests.requireIntact(model);
  }
}
