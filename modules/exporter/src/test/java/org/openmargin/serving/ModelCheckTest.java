package org.openmargin.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.ModelCopy;
import org.openmargin.exporter.PlainSession;
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.files.TfRecords;

class ModelCheckTest {
  @TempDir static Path directory;
  private static Path exported;

  @TempDir Path copies;
  private Path model;

  @BeforeAll
  static void export() throws IOException {
    var network = TrainedNetwork.softmax(directory.resolve("run"));
    exported = Exporter.export(network.request(directory, "max_logit")).directory();
  }

  @BeforeEach
  void copy() throws IOException {
    model = ModelCopy.of(exported, copies.resolve("3"));
  }

  @Test
  void aFreshExportPasses() {
    var findings = ModelCheck.check(model);

    assertThat(findings).hasSize(51).allMatch(Finding::ok);
    assertThat(ModelCheck.passed(findings)).isTrue();
    assertThat(findings.get(0)).hasToString("ok      tag 'serve', written by TensorFlow 2.18.0");
  }

  @Test
  void theModelsDirectoryStandsForItsHighestVersion() throws IOException {
    Files.createDirectory(copies.resolve("2"));

    assertThat(ModelCheck.check(copies, PlainSession.CONFIG)).hasSize(51).allMatch(Finding::ok);
  }

  @Test
  void anythingButASavedModelIsOneClearFinding() throws IOException {
    Files.createDirectories(copies.resolve("empty"));

    assertOnly(copies.resolve("empty"), "is not a SavedModel: it has neither");
    assertOnly(copies.resolve("missing"), "is not a directory");
  }

  @Test
  void aGraphThatIsCutOffIsOneClearFinding() throws IOException {
    truncate("saved_model.pb", 1000);

    assertOnly(model, "saved_model.pb is damaged");
  }

  @Test
  void variablesThatAreCutOffAreFound() throws IOException {
    truncate("variables/variables.data-00000-of-00001", 5000);

    assertFails("cannot be loaded");
  }

  @Test
  void anIndexOfVariablesThatIsCutOffIsFound() throws IOException {
    truncate("variables/variables.index", 100);

    assertFails("cannot be loaded");
  }

  @Test
  void changedWeightsAreFound() throws IOException {
    var file = model.resolve("variables/variables.data-00000-of-00001");
    var bytes = Files.readAllBytes(file);
    bytes[100] ^= 0x40;
    Files.write(file, bytes);

    assertFails("cannot be loaded");
  }

  @Test
  void filesThatAreMissingAreNamed() throws IOException {
    Files.delete(model.resolve("assets/labels.txt"));

    assertFails("assets/labels.txt is missing");
  }

  @Test
  void aModelThatHasNothingToReplayFails() throws IOException {
    Files.write(model.resolve("assets.extra/tf_serving_warmup_requests"), new byte[0]);
    assertFails("has no request for [");
  }

  @Test
  void answersForOtherLanguagesAreThere() throws IOException {
    Files.delete(model.resolve("assets.extra/golden.json"));
    assertFails("assets.extra/golden.json is missing");
  }

  @Test
  void anEditedDescriptionIsFound() throws IOException {
    var file = model.resolve("assets.extra/open_set.json");
    Files.writeString(file, Files.readString(file).replace("0.3", "0.2"));

    assertFails("open_set.json is not what the signature describe returns");
  }

  @Test
  void otherLabelsAreFound() throws IOException {
    Files.writeString(model.resolve("assets/labels.txt"), "erythroblast\n");

    assertFails("labels.txt does not list the class names");
  }

  @Test
  void aDamagedWarmUpFileIsFound() throws IOException {
    truncate("assets.extra/tf_serving_warmup_requests", 2000);
    assertFails("is damaged or cut off");
  }

  @Test
  void answersThatDifferFromTheRecordedOnesAreFound() throws IOException {
    var file = model.resolve("assets.extra/tf_serving_warmup_requests");
    var records = WarmUpFile.read(file);
    var names = records.stream().map(WarmUp::signature).toList();
    var index = names.indexOf("serving_default");
    var right = records.get(index);
    var outputs = new TreeMap<>(right.outputs());
    outputs.put(
        "logits",
        outputs.get("logits").toBuilder()
            .clearTensorContent()
            .setTensorContent(ByteString.copyFrom(new byte[16]))
            .build());
    var changed = new WarmUp(right.model(), right.signature(), right.inputs(), outputs);
    try (var out = Files.newOutputStream(file)) {
      for (var record : records) {
        TfRecords.write(out, record.equals(right) ? changed.encode() : record.encode());
      }
    }

    assertFails("warm-up request 8 (serving_default): output logits differs from the recorded one");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000})
  void anExampleFileThatIsEmptyOrCutOffIsNamed(int bytes) throws IOException {
    truncate("assets.extra/golden.json", bytes);
    assertNames("assets.extra/golden.json is not as it was exported: its SHA-256 differs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets.extra/golden.json",
        "assets.extra/open_set.json",
        "assets.extra/tf_serving_warmup_requests",
        "assets/labels.txt",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001"
      })
  void oneChangedByteIsNamed(String name) throws IOException {
    var bytes = Files.readAllBytes(model.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(model.resolve(name), bytes);
    assertNames(name + " is not as it was exported");
  }

  @Test
  void aFileThatIsNotOfTheExportIsNamed() throws IOException {
    Files.writeString(model.resolve("assets.extra/patients.csv"), "name\n");
    assertNames("assets.extra/patients.csv is no file of the export");
  }

  @Test
  void damagedDigestsAreNamed() throws IOException {
    truncate("assets.extra/SHA256SUMS", 30);
    assertNames("assets.extra/SHA256SUMS");
    Files.writeString(model.resolve("assets.extra/SHA256SUMS"), "");
    assertNames("is no file of the export");
  }

  private void truncate(String name, int bytes) throws IOException {
    var file = model.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
  }

  /** Of a model whose digests are right, so that the deeper checks are reached. */
  private void assertFails(String message) throws IOException {
    FileDigests.of(model).write(model);
    assertNames(message);
  }

  private void assertNames(String message) {
    assertThat(ModelCheck.check(model, PlainSession.CONFIG))
        .filteredOn(finding -> !finding.ok())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains(message).doesNotContain("\n"));
  }

  private static void assertOnly(Path path, String message) {
    assertThat(ModelCheck.check(path))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ok()).isFalse();
              assertThat(finding.what()).contains(message).doesNotContain("\n");
            });
  }
}
