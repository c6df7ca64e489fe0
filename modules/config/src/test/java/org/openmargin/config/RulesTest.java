package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.v1.ExperimentConfig;

class RulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.folder.path=x | x.textproto:2:1: data.image_size_px: folders need a size above 0, for"
            + " example 64, because their images may differ in size",
        "data.npz={} | --set data.npz={}: data.npz.path: give the archive, for example --set"
            + " data.npz.path=bloodmnist.npz",
        "data.npz.path= | --set data.npz.path=: give the archive, for example --set"
            + " data.npz.path=bloodmnist.npz",
        "data.medmnist.name=mnist1 | --set data.medmnist.name=mnist1: is \"mnist1\", must be the name"
            + " of a 2-D MedMNIST set, for example bloodmnist",
        "training.warmup_epochs=10 | --set training.warmup_epochs=10: is 10, must be less than"
            + " training.epochs",
        "training.multistep.at_fractions=0.7,0.5 | --set training.multistep.at_fractions=0.7,0.5: is"
            + " [0.7, 0.5], must ascend",
        "training.multistep.at_fractions=0.5,0.5 | --set training.multistep.at_fractions=0.5,0.5: is"
            + " [0.5, 0.5], must not contain duplicates",
        "training.gradient_clip_norm=inf | --set training.gradient_clip_norm=inf: is inf, must be"
            + " finite",
        "loss.omcl.threshold=nan | --set loss.omcl.threshold=nan: is nan, must be at least -1 and at"
            + " most 1",
        "export.alpha=0 | --set export.alpha=0: is 0, must be greater than 0 and less than 1",
        "export.alpha=1 | --set export.alpha=1: is 1, must be greater than 0 and less than 1",
        "runtime.gpu_memory_fraction=1.1 | --set runtime.gpu_memory_fraction=1.1: is 1.1, must be at"
            + " least 0 and at most 1",
        "runtime.gpu_index=-1 | --set runtime.gpu_index=-1: is -1, must be at least 0 and at most 63",
        "runtime.cuda_cache_mib=5000 | --set runtime.cuda_cache_mib=5000: is 5000, must be at least 0"
            + " and at most 4096",
        "runtime.images.prefetch_batches=0 | --set runtime.images.prefetch_batches=0: is 0, must be at"
            + " least 1 and at most 1024",
        "loss.omcl.parts=PARTS_UNSPECIFIED | --set loss.omcl.parts=PARTS_UNSPECIFIED: unknown value"
            + " 'PARTS_UNSPECIFIED'. Values: BOTH, MLAS, OSS, NEITHER",
      })
  void aBreachIsShownAtItsField(String override, String problem) {
    assertThat(Texts.headlines(Texts.VALID, override)).containsExactly(problem);
  }

  /** A rule that divides by a field is a breach of the field's own range, not an error. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void everyNumberMayBeWrongWithoutAnInternalError(String value) {
    var numbers = new ArrayList<String>();
    numbers(ExperimentConfig.getDescriptor(), "", numbers);
    assertThat(numbers).contains("runtime.data_parallel.devices").hasSizeGreaterThan(50);
    for (var path : numbers) {
      assertThatCode(() -> Texts.headlines(Texts.VALID, path + "=" + value))
          .as(path)
          .doesNotThrowAnyException();
    }
  }

  private static void numbers(Descriptor message, String section, List<String> found) {
    for (var field : message.getFields()) {
      var path = section + field.getName();
      if (!field.isRepeated() && field.getJavaType() == JavaType.MESSAGE) {
        numbers(field.getMessageType(), path + ".", found);
      } else if (Set.of(JavaType.INT, JavaType.LONG).contains(field.getJavaType())) {
        found.add(path);
      }
    }
  }

  @Test
  void devicesThatAreNoneAreOutOfTheirRange() {
    assertThat(Texts.headlines(Texts.VALID, "runtime.data_parallel.devices=0"))
        .containsExactly(
            "--set runtime.data_parallel.devices=0: is 0, must be at least 2 and at most 64");
    assertThat(Texts.headlines(Texts.VALID, "training.batch_size=15")).isEmpty();
    assertThat(
            Texts.headlines(
                Texts.VALID, "training.batch_size=15", "runtime.data_parallel.devices=2"))
        .singleElement()
        .asString()
        .contains("is 15, must be divisible by runtime.data_parallel.devices");
  }

  @Test
  void figuresAreRecordedAtCheckpoints() {
    var everySecond = "training.checkpoint_every_epochs=2";
    assertThat(Texts.headlines(Texts.VALID, everySecond, "training.record_every_epochs=3"))
        .containsExactly(
            "--set training.record_every_epochs=3: is 3, must be a multiple of"
                + " training.checkpoint_every_epochs");
    assertThat(Texts.headlines(Texts.VALID, everySecond, "training.record_every_epochs=4"))
        .isEmpty();
  }

  @Test
  void theSelectedScorerIsOneOfTheListedOnes() {
    assertThat(
            Texts.headlines(
                Texts.VALID, "scoring.scorers=ENERGY,MAX_LOGIT", "scoring.selected=MAX_COSINE"))
        .containsExactly(
            "--set scoring.selected=MAX_COSINE: is MAX_COSINE, must be one of scoring.scorers,"
                + " if scorers are listed");
    assertThat(
            Texts.headlines(
                Texts.VALID, "scoring.scorers=ENERGY,MAX_LOGIT", "scoring.selected=ENERGY"))
        .isEmpty();
    assertThat(Texts.headlines(Texts.VALID, "scoring.selected=ENERGY")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss.softmax={}",
        "loss.omcl.parts=NEITHER",
        "loss.gcpl={}",
        "loss.rpl={}",
        "loss.arpl={}",
        "loss.dias={}",
        "loss.normface={}",
        "loss.cosface={}",
        "loss.nmcl={}",
        "loss.arcface={}",
        "loss.sphereface={}"
      })
  void theOpenProbabilityNeedsAnOpenClass(String loss) {
    var reason =
        "MAX_PROBABILITY_OPEN needs a loss with an open class: omcl with parts BOTH, MLAS or OSS";
    assertThat(Texts.headlines(Texts.VALID, loss, "scoring.selected=MAX_PROBABILITY_OPEN"))
        .containsExactly("--set scoring.selected=MAX_PROBABILITY_OPEN: " + reason);
    assertThat(Texts.headlines(Texts.VALID, loss, "scoring.scorers=ENERGY,MAX_PROBABILITY_OPEN"))
        .containsExactly("--set scoring.scorers=ENERGY,MAX_PROBABILITY_OPEN: " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOTH", "MLAS", "OSS"})
  void theOpenProbabilityIsAllowedWhereThereIsAnOpenClass(String parts) {
    assertThat(
            Texts.headlines(
                Texts.VALID, "loss.omcl.parts=" + parts, "scoring.selected=MAX_PROBABILITY_OPEN"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "gcpl", "rpl", "arpl", "dias", "sphereface"})
  void theCosineNeedsACosineHead(String loss) {
    var reason = "MAX_COSINE needs a loss with cosines: omcl, normface, cosface, nmcl or arcface";
    assertThat(Texts.headlines(Texts.VALID, "loss." + loss + "={}", "scoring.scorers=MAX_COSINE"))
        .containsExactly("--set scoring.scorers=MAX_COSINE: " + reason);
    assertThat(Texts.headlines(Texts.VALID, "loss." + loss + "={}", "scoring.selected=MAX_COSINE"))
        .containsExactly("--set scoring.selected=MAX_COSINE: " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss.omcl.parts=NEITHER",
        "loss.normface={}",
        "loss.cosface={}",
        "loss.nmcl={}",
        "loss.arcface={}",
        "loss.custom.name=mine"
      })
  void theCosineIsAllowedWhereThereAreCosines(String loss) {
    assertThat(
            Texts.headlines(
                Texts.VALID, loss, "scoring.scorers=MAX_COSINE", "scoring.selected=MAX_COSINE"))
        .isEmpty();
  }

  @Test
  void anOwnLossMayHaveAnOpenClass() {
    assertThat(
            Texts.headlines(
                Texts.VALID, "loss.custom.name=mine", "scoring.selected=MAX_PROBABILITY_OPEN"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss.softmax={}", "loss.arpl={}", "loss.omcl.parts=NEITHER"})
  void openSamplesNeedAnOpenClass(String loss) {
    assertThat(Texts.headlines(Texts.VALID, loss, "training.open_samples.kinds=BLUR"))
        .containsExactly(
            "--set training.open_samples.kinds=BLUR: needs a loss with an open class: omcl with parts BOTH, MLAS or OSS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss.omcl.parts=MLAS", "loss.omcl={}", "loss.custom.name=mine"})
  void openSamplesAreAllowedWithAnOpenClass(String loss) {
    assertThat(Texts.headlines(Texts.VALID, loss, "training.open_samples.kinds=BLUR,CUTMIX"))
        .isEmpty();
    assertThat(Texts.headlines(Texts.VALID, loss, "training.open_samples={}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss.arpl.confusing_samples", "loss.dias"})
  void aGeneratorMakesImagesOfUpTo32Pixels(String loss) {
    assertThat(Texts.headlines(Texts.VALID, loss + "={}", "data.image_size_px=33"))
        .containsExactly(
            "--set data.image_size_px=33: is 33, must be at most 32: the generator of "
                + loss
                + " makes images up to 32 px");
    assertThat(Texts.headlines(Texts.VALID, loss + "={}", "data.image_size_px=32")).isEmpty();
    assertThat(Texts.headlines(Texts.VALID, "loss.arpl={}", "data.image_size_px=64")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss.gcpl={}", "loss.rpl={}", "loss.arpl={}"})
  void scorersThatLookInsideTheHeadNeedALinearOne(String loss) {
    var reason = "VIM and REACT need a dense or a cosine head, not a distance head";
    assertThat(Texts.headlines(Texts.VALID, loss, "scoring.selected=REACT"))
        .containsExactly("--set scoring.selected=REACT: " + reason);
    assertThat(Texts.headlines(Texts.VALID, loss, "scoring.scorers=ENERGY,VIM"))
        .containsExactly("--set scoring.scorers=ENERGY,VIM: " + reason);
    assertThat(Texts.headlines(Texts.VALID, loss, "scoring.scorers=KNN,OPENMAX")).isEmpty();
    assertThat(Texts.headlines(Texts.VALID, "scoring.scorers=VIM,REACT")).isEmpty();
  }

  @Test
  void aGaussianHeadNeedsABackboneWithoutWeights() {
    assertThat(Texts.headlines(Texts.VALID, "loss.gaussian={}"))
        .containsExactly(
            "--set loss.gaussian={}: needs a backbone without weights, such as model.stain_statistics: nothing would train those of a resnet");
    var floor = new String[] {"loss.gaussian={}", "model.stain_statistics={}", ""};
    floor[2] = "scoring.selected=VIM";
    assertThat(Texts.headlines(Texts.VALID, floor))
        .containsExactly(
            "--set scoring.selected=VIM: VIM and REACT need a dense or a cosine head, not a distance head");
    floor[2] = "data.image_size_px=13";
    assertThat(Texts.headlines(Texts.VALID, floor))
        .containsExactly(
            "--set data.image_size_px=13: is 13, must be at least 14: model.stain_statistics need images of at least 14 px");
    floor[2] = "data.image_size_px=14";
    assertThat(Texts.headlines(Texts.VALID, floor)).isEmpty();
  }

  @Test
  void aRuleSpeaksOfTheEffectiveValue() {
    var text = Texts.VALID.replace("epochs: 10", "warmup_epochs: 20");
    assertThat(Texts.headlines(text))
        .containsExactly(
            "x.textproto:5:27: training.warmup_epochs: is 20, must be less than training.epochs");
  }
}
