package org.openmargin.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.config.Experiments;
import org.openmargin.config.Texts;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.OmclConfig;
import org.openmargin.config.v1.ResNetConfig;
import org.openmargin.config.v1.RuntimeConfig;
import org.openmargin.config.v1.TrainingConfig;

class OverridesTest {

  private static ExperimentConfig with(String... overrides) {
    return Experiments.parse(Texts.VALID, "x.textproto", List.of(overrides));
  }

  @Test
  void thePathsThatScriptsUseAreSet() {
    var experiment =
        with(
            "training.epochs=3",
            "training.batch_size=32",
            "runtime.deterministic=true",
            "runtime.device=cpu",
            "runtime.seed=-7",
            "loss.omcl.target_margin=1e-1",
            "loss.omcl.parts=Mlas",
            "loss.omcl.initial_scale=8",
            "model.resnet.variant=TINY",
            "model.resnet.stem=pooled_7x7",
            "model.resnet.zero_init_last_norm_scale=true");

    assertThat(experiment.getTraining().getEpochs()).isEqualTo(3);
    assertThat(experiment.getTraining().getBatchSize()).isEqualTo(32);
    assertThat(experiment.getRuntime().getDeterministic()).isTrue();
    assertThat(experiment.getRuntime().getDevice()).isEqualTo(RuntimeConfig.Device.CPU);
    assertThat(experiment.getRuntime().getSeed()).isEqualTo(-7);
    assertThat(experiment.getLoss().getOmcl().getTargetMargin()).isEqualTo(0.1);
    assertThat(experiment.getLoss().getOmcl().getParts()).isEqualTo(OmclConfig.Parts.MLAS);
    assertThat(experiment.getLoss().getOmcl().getInitialScale()).isEqualTo(8);
    var resnet = experiment.getModel().getResnet();
    assertThat(resnet.getVariant()).isEqualTo(ResNetConfig.Variant.TINY);
    assertThat(resnet.getStem()).isEqualTo(ResNetConfig.Stem.POOLED_7X7);
    assertThat(resnet.getZeroInitLastNormScale()).isTrue();
  }

  @Test
  void aPathIntoAnotherSourceSwitchesTheSource() {
    var data = with("data.npz.path=../my data/a=b.npz").getData();
    assertThat(data.getSourceCase()).isEqualTo(DataConfig.SourceCase.NPZ);
    assertThat(data.getNpz().getPath()).isEqualTo("../my data/a=b.npz");
    assertThat(data.hasSyntheticCells()).isFalse();
  }

  @Test
  void aPathIntoAnotherOptimizerSwitchesItAndItsDefaultsFollow() {
    var training = with("training.sgd.learning_rate=0.05").getTraining();
    assertThat(training.getOptimizerCase()).isEqualTo(TrainingConfig.OptimizerCase.SGD);
    assertThat(training.getSgd().getLearningRate()).isEqualTo(0.05);
    assertThat(training.getSgd().getMomentum()).isEqualTo(0.9);
    assertThat(training.getSgd().hasNesterov()).isTrue();
  }

  @Test
  void aChoiceIsMadeByAnEmptyMessage() {
    assertThat(with("training.multistep={}").getTraining().getMultistep().getAtFractionsList())
        .containsExactly(0.5, 0.75);
    assertThat(
            with("training.cosine={final_fraction: 0.01}")
                .getTraining()
                .getCosine()
                .getFinalFraction())
        .isEqualTo(0.01);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[3,1,2]", "3,1,2", " [ 3, 1, 2 ] ", "3 , 1 , 2"})
  void aListIsReplacedWithOrWithoutBrackets(String value) {
    assertThat(with("data.known_classes=" + value).getData().getKnownClassesList())
        .containsExactly(3, 1, 2);
  }

  /** Ids and names are one list: setting either replaces both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,red cell | | a;red cell",
        "[3, a] | 3 | a",
        "\"a, b\",'c' | | a, b;c",
        "\"3\",0x2,7up | 2 | 3;7up",
        "äöü,\u4e2d,- | | äöü;\u4e2d;-",
        "inf,true,3a | | inf;true;3a",
      })
  void classesAreGivenByIdOrName(String value, String ids, String names) {
    var data = with("data.known_class_names=x,y", "data.known_classes=" + value).getData();
    assertThat(data.getKnownClassesList()).map(String::valueOf).isEqualTo(split(ids));
    assertThat(data.getKnownClassNamesList()).isEqualTo(split(names));
    var names2 = with("data.known_classes=" + value, "data.known_class_names=x,y").getData();
    assertThat(names2.getKnownClassesList()).isEmpty();
    assertThat(names2.getKnownClassNamesList()).containsExactly("x", "y");
  }

  private static List<String> split(String list) {
    return list == null ? List.of() : List.of(list.split(";"));
  }

  @Test
  void noKnownClassesMeansAll() {
    var data = with("data.known_class_names=x,y", "data.known_classes=").getData();
    assertThat(data.getKnownClassesList()).isEmpty();
    assertThat(data.getKnownClassNamesList()).isEmpty();
  }

  @Test
  void aListOfStringsKeepsCommasInQuotes() {
    var experiment = with("data.npz.path=x.npz", "data.npz.class_names=[a, \"b, c\", d]");
    assertThat(experiment.getData().getNpz().getClassNamesList()).containsExactly("a", "b, c", "d");
  }

  @Test
  void aListOfEnumsTakesAnyCase() {
    assertThat(with("scoring.scorers=energy,Max_Logit").getScoring().getScorersList())
        .extracting(Enum::name)
        .containsExactly("ENERGY", "MAX_LOGIT");
  }

  @Test
  void oneItemOfAListIsSet() {
    assertThat(with("data.known_classes[1]=5").getData().getKnownClassesList())
        .containsExactly(0, 5, 2);
  }

  @Test
  void mapEntriesAreAddedAndReplaced() {
    var experiment =
        with(
            "loss.custom.name=mine",
            "loss.custom.parameters.a=1",
            "loss.custom.parameters.b.c=x y",
            "loss.custom.parameters.a=2");
    assertThat(experiment.getLoss().getCustom().getParametersMap())
        .containsOnly(java.util.Map.entry("a", "2"), java.util.Map.entry("b.c", "x y"));
  }

  @Test
  void quotesAroundAStringAreNotPartOfIt() {
    assertThat(with("name=\"a-b\"").getName()).isEqualTo("a-b");
    assertThat(with("name=a-b").getName()).isEqualTo("a-b");
  }

  @Test
  void theLastOfEqualPathsWins() {
    assertThat(with("training.epochs=3", "training.epochs=4").getTraining().getEpochs())
        .isEqualTo(4);
  }

  @Test
  void anOverrideGivesWhatTheFileLacks() {
    var text = Texts.VALID.replace("name: \"mine\"", "");
    assertThat(Experiments.parse(text, "x.textproto", List.of("name=other")).getName())
        .isEqualTo("other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss.omcl.treshold=2 | unknown field, did you mean 'loss.omcl.threshold'? Fields of"
            + " loss.omcl: parts, target_margin, other_margin, threshold, open_space_weight,"
            + " initial_scale, scale_rate_factor, descriptors_per_image, descriptors, reduction, prototypes, oss_trains",
        "omcl.threshold=2 | unknown field, did you mean 'loss.omcl.threshold'? Fields: name,"
            + " description, data, model, loss, training, scoring, export, runtime",
        "training.seed=3 | unknown field, did you mean 'data.synthetic_cells.seed' or"
            + " 'runtime.seed'?",
        "training.epochs.x=3 | unknown field, did you mean 'training.epochs'?",
        "training.constant.rate=3 | unknown field. training.constant has no fields.",
        "training.epochs=many | expected a whole number, found 'many'",
        "training.epochs=0 | is 0, must be at least 1 and at most 100000",
        "training.epochs=1 2 | expected one value, found '2' after it",
        "training.epochs= | expected a value, found the end of the text",
        "runtime.device=tpu | unknown value 'TPU', did you mean 'CPU'? Values: AUTO, CPU, GPU",
        "scoring.scorers=[\"ENERGY\"] | found the string \"ENERGY\"; write it without quotes: ENERGY",
        "scoring.scorers='energy' | found the string \"ENERGY\"; write it without quotes: ENERGY",
        "runtime.device=\"gpu\" | found the string \"GPU\"; write it without quotes: GPU",
        "runtime.device=\"gpus\" | unknown value \"GPUS\", did you mean 'GPU'? Values, without quotes: AUTO, CPU, GPU",
        "training.epochs=\"5\" | found the string \"5\"; write it without quotes: 5",
        "training.epochs=\"many\" | expected a whole number, found \"many\"",
        "runtime.deterministic=\"true\" | found the string \"true\"; write it without quotes: true",
        "runtime.deterministic=maybe | expected true or false, found 'maybe'",
        "training.adam=3 | expected fields in braces: adam { ... }",
        "training.adam={beta3: 1} | unknown field, did you mean 'beta1' or 'beta2'? Fields of training.adam:"
            + " learning_rate, beta1, beta2, epsilon, weight_decay",
        "data.known_classes=1 | give two or more known classes, or none for all: a network learns by"
            + " telling classes apart",
        "data.known_classes[9]=1 | the list has 3 values; give all of them: data.known_classes=[a,"
            + " b, c]",
        "loss.custom.parameters={} | set the entries one by one:"
            + " loss.custom.parameters.KEY=VALUE",
        "training.epochs | expected path=value, for example training.epochs=5",
        "=5 | expected path=value, for example training.epochs=5",
      })
  void aBadOverrideIsItsOwnPlace(String override, String message) {
    assertThat(Texts.headlines(Texts.VALID, override))
        .hasSizeLessThanOrEqualTo(2)
        .anySatisfy(
            problem ->
                assertThat(problem).startsWith("--set " + override).endsWith(": " + message));
  }

  @Test
  void aValueThatAnOverrideReplacesIsNotBlamedOnTheFile() {
    var text = Texts.VALID.replace("[0, 1, 2]", "[0, 1, -2]");
    assertThat(Texts.headlines(text, "data.known_classes=0,1,-3"))
        .containsExactly(
            "--set data.known_classes=0,1,-3: data.known_classes[2]: is -3, must be at least 0");
  }
}
