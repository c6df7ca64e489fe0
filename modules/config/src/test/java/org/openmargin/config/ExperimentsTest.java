package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.text.SchemaPaths;
import org.openmargin.config.v1.ExperimentConfig;

class ExperimentsTest {

  private static ExperimentConfig with(String... overrides) {
    return Experiments.parse(Texts.VALID, "x.textproto", List.of(overrides));
  }

  @Test
  void namesOfClassesMayStandAmongTheirIds() {
    var text = Texts.VALID.replace("[0, 1, 2]", "[2, \"red cell\", bead]");
    var experiment = Experiments.parse(text, "x.textproto", List.of());
    assertThat(experiment.getData().getKnownClassesList()).containsExactly(2);
    assertThat(experiment.getData().getKnownClassNamesList()).containsExactly("red cell", "bead");
    assertThat(Experiments.parse(Experiments.print(experiment), "x.textproto", List.of()))
        .isEqualTo(experiment);
    var other = Texts.VALID.replace("[0, 1, 2]", "[bead, 2, 'red cell']");
    assertThat(Experiments.digest(Experiments.parse(other, "x.textproto", List.of())))
        .isEqualTo(Experiments.digest(experiment));
  }

  @Test
  void everyFieldWithADefaultIsSet() {
    assertEveryDefaultIsSet(with("training.multistep={}"));
  }

  private static void assertEveryDefaultIsSet(Message message) {
    for (var field : message.getDescriptorForType().getFields()) {
      if (field.hasDefaultValue()) {
        assertThat(message.hasField(field)).as(field.getFullName()).isTrue();
      }
      if (!field.isRepeated()
          && message.hasField(field)
          && message.getField(field) instanceof Message inner) {
        assertEveryDefaultIsSet(inner);
      }
    }
  }

  @Test
  void optionalSectionsAndListsGetTheirDefaultsAndChoicesStayOpen() {
    var experiment = with();
    assertThat(experiment.hasScoring()).isTrue();
    assertThat(experiment.hasRuntime()).isTrue();
    assertThat(experiment.getTraining().getAugmentation().getCropPaddingPx()).isEqualTo(4);
    assertThat(experiment.getExport().getFurtherAlphasList()).containsExactly(0.01, 0.02, 0.1, 0.2);
    assertThat(experiment.getScoring().hasSelected()).isFalse();
    assertThat(Experiments.resolve(ExperimentConfig.getDefaultInstance()).hasTraining()).isFalse();
  }

  @Test
  void resolvingTwiceChangesNothing() {
    var once = Experiments.resolve(with());
    assertThat(Experiments.resolve(once)).isEqualTo(once);
  }

  @Test
  void aGivenListIsNotReplacedByItsDefault() {
    assertThat(with("export.further_alphas=0.3").getExport().getFurtherAlphasList())
        .containsExactly(0.3);
  }

  @Test
  void numbersArePrintedAsAPersonWouldWriteThem() {
    assertThat(Experiments.print(with()))
        .contains("known_classes: [0, 1, 2]\n", "initial_scale: 16\n", "epsilon: 1e-8\n")
        .contains("learning_rate: 0.001\n", "target_margin: -0.1\n", "norm_epsilon: 1e-5\n")
        .contains("  constant {}\n");
  }

  @Test
  void explainShowsCommentsDefaultsAndWhatWasSet() {
    assertThat(Experiments.explain(with("loss.omcl.threshold=0.2", "runtime.device=CPU")))
        .contains(
            """
                # t: the logit of the open class is s t.
                threshold: 0.2  # set; default: 0.1
            """)
        .contains(
            """
                # lambda: weight of the descriptors' loss.
                open_space_weight: 0.5  # default
            """)
        .contains("name: \"mine\"  # set\n")
        .contains("# description: \"\"  # not set\n")
        .contains("  # One of: adam, adamw, sgd.\n")
        .contains("  #   GPU: Fails if TensorFlow cannot use a GPU.\n");
  }

  @Test
  void everyFieldOfTheSchemaIsExplained() {
    var explained = Experiments.explain(with("training.multistep={}"));
    assertThat(new SchemaPaths(ExperimentConfig.getDescriptor()).all())
        .filteredOn(
            path ->
                !path.matches(
                    ".*\\b(npz|medmnist|folder|manifest|merged|tfrecord|custom|levels|softmax|gcpl|rpl|arpl|dias|normface|cosface|nmcl"
                        + "|arcface|sphereface|gaussian|rehearsal|adamw|sgd|constant|cosine|rand_augment|open_samples|initial_weights|stain_statistics|similarity|saved_model|mixup|recover|data_parallel)\\b.*"))
        .allSatisfy(
            path ->
                assertThat(explained)
                    .containsPattern("\\b" + path.substring(path.lastIndexOf('.') + 1) + "[: ]"));
  }

  @Test
  void theTemplateIsAValidExperimentWithComments() {
    var template = Experiments.template();
    var experiment = Experiments.parse(template, "template", List.of());
    assertThat(experiment.getName()).isEqualTo("my-experiment");
    assertThat(template)
        .contains(
            "# One of: npz, medmnist, folder, synthetic_cells, custom, manifest, merged, tfrecord.");
  }

  @Test
  void diffNamesFieldsAndChoices() {
    assertThat(Experiments.diff(with(), with("training.epochs=3", "training.cosine={}")))
        .containsExactly(
            "training.epochs: 10 -> 3",
            "training.schedule: constant -> cosine",
            "training.cosine.final_fraction: not set -> 0",
            "training.cosine.restarts: not set -> 0");
    assertThat(
            Experiments.diff(
                with("loss.custom.name=a", "loss.custom.parameters.k=1"),
                with("loss.custom.name=a", "loss.custom.parameters.k=2")))
        .containsExactly("loss.custom.parameters.k: \"1\" -> \"2\"");
  }

  @Test
  void equalExperimentsDoNotDiffer() {
    assertThat(Experiments.diff(with(), with("loss.omcl.threshold=0.1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtime.device=CPU",
        "runtime.intra_op_threads=3",
        "runtime.inter_op_threads=3",
        "runtime.gpu_memory_growth=false",
        "runtime.gpu_memory_fraction=0.5",
        "runtime.gpu_index=1",
        "runtime.xla=true",
        "runtime.data_parallel.devices=4",
        "runtime.tf32=false",
        "runtime.cuda_cache_dir=/x",
        "runtime.cuda_cache_mib=100",
        "runtime.winograd=false",
        "runtime.images.place=STREAMED",
        "runtime.images.resident_limit_mib=0",
        "runtime.images.cache_directory=/x",
        "data.known_classes=2,0,1",
        "loss.omcl.threshold=0.1",
        "name=other",
        "description=other",
      })
  void theDigestDoesNotChangeWithWhereItRuns(String override) {
    assertThat(Experiments.digest(with(override))).isEqualTo(Experiments.digest(with()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtime.seed=1",
        "runtime.deterministic=true",
        "runtime.data_parallel.batch_statistics=OF_EACH_DEVICE",
        "data.known_classes=0,1,3",
        "loss.omcl.threshold=0.2",
        "training.epochs=9",
        "data.synthetic_cells.seed=1",
      })
  void theDigestChangesWithWhatDecidesTheNumbers(String override) {
    assertThat(Experiments.digest(with(override))).isNotEqualTo(Experiments.digest(with()));
  }

  @Test
  void theDigestForgetsWhereTheDataLie() {
    assertThat(Experiments.digest(with("data.npz.path=a")))
        .isEqualTo(Experiments.digest(with("data.npz.path=b")))
        .matches("[0-9a-f]{64}");
    String[] folder = {"data.image_size_px=32", "data.folder.path=a"};
    String[] other = {"data.image_size_px=32", "data.folder.path=b"};
    assertThat(Experiments.digest(with(folder))).isEqualTo(Experiments.digest(with(other)));
    String[] set = {"data.medmnist.name=bloodmnist"};
    String[] there = {"data.medmnist.name=bloodmnist", "data.medmnist.directory=/x"};
    assertThat(Experiments.digest(with(set))).isEqualTo(Experiments.digest(with(there)));
  }
}
