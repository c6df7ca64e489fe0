package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.config.v1.SoftmaxConfig;

class ConfigErrorsTest {

  @Test
  void aTypoInAFieldIsShownWithTheNameThatWasMeant() {
    var text = Texts.VALID.replace("omcl {}", "omcl { treshold: 0.2 }");
    assertThat(Texts.problems(text))
        .containsExactly(
            """
            x.textproto:4:15: loss.omcl.treshold: unknown field, did you mean 'threshold'? \
            Fields of loss.omcl: parts, target_margin, other_margin, threshold, open_space_weight, \
            initial_scale, scale_rate_factor, descriptors_per_image, descriptors, reduction, prototypes, oss_trains
              loss { omcl { treshold: 0.2 } }
                            ^""");
  }

  @Test
  void aMarginOutOfRangeIsShownWithValueAndRange() {
    var text = Texts.VALID.replace("omcl {}", "omcl { target_margin: 3 }");
    assertThat(Texts.problems(text))
        .containsExactly(
            """
            x.textproto:4:30: loss.omcl.target_margin: is 3, must be at least -1 and at most 1
              loss { omcl { target_margin: 3 } }
                                           ^""");
  }

  @Test
  void aWrongEnumValueIsShownWithTheRightOnes() {
    var text = Texts.VALID.replace("resnet {}", "resnet { variant: RESNET_18 }");
    assertThat(Texts.problems(text))
        .containsExactly(
            """
            x.textproto:3:27: model.resnet.variant: unknown value 'RESNET_18', \
            did you mean 'RESNET18'? Values: RESNET18, RESNET34, TINY
              model { resnet { variant: RESNET_18 } }
                                        ^""");
  }

  @Test
  void aFileOfAnotherKindIsOneProblem() {
    var text = "# proto-message: openmargin.v1.BenchmarkConfig\n\nmethods {}\ntrials {}\n";
    assertThat(Texts.problems(text))
        .containsExactly(
            "x.textproto: the file's comment says it is an openmargin.v1.BenchmarkConfig; expected an openmargin.v1.ExperimentConfig");
  }

  @Test
  void whatIsNestedWithoutEndIsOneProblem() {
    for (var text : List.of("a {\n".repeat(60_000), "a: " + "[\n".repeat(60_000))) {
      assertThat(Texts.problems(text))
          .singleElement()
          .asString()
          .contains("is nested deeper than 100");
    }
  }

  @Test
  void everyProblemIsShownAtOnceInTheOrderOfTheText() {
    var text =
        """
        nmae: "my exp"
        data {
          synthetic_cells { train_images_per_class: 0 }
          known_classes: [1, 1]
          image_size_px: 28.5
        }
        model { resnet { stem: SMALL } }
        loss {
          omcl {
            initial_scale:
            threshold: 2
          }
        }
        training {
          epochs: 5 epochs: 6
          adm { learning_rate: 1 }
          constant {} cosine {}
          batch_size: "64"
          selection LAST_EPOCH
          learning_rate: 0.1
          gradient_clip_norm: -1,
        }
        """;
    assertThat(Texts.headlines(text, "training.epochs=0", "runtime.sed=1"))
        .containsExactly(
            "x.textproto:1:1: nmae: unknown field, did you mean 'name'? Fields: name, description,"
                + " data, model, loss, training, scoring, export, runtime",
            "x.textproto:3:45: data.synthetic_cells.train_images_per_class: is 0, must be at least"
                + " 1 and at most 100000",
            "x.textproto:4:3: data.known_classes: is [1, 1], must not contain duplicates",
            "x.textproto:5:18: data.image_size_px: expected a whole number, found '28.5'",
            "x.textproto:7:24: model.resnet.stem: unknown value 'SMALL'. Values: SMALL_3X3,"
                + " POOLED_7X7",
            "x.textproto:10:5: 'initial_scale' has no value",
            "x.textproto:11:16: loss.omcl.threshold: is 2, must be at least -1 and at most 1",
            "x.textproto:15:13: training.epochs: is given twice, first on line 15",
            "x.textproto:16:3: training.adm: unknown field, did you mean 'adam'?",
            "x.textproto:17:15: training.cosine: only one schedule can be given, and constant is"
                + " given on line 17",
            "x.textproto:18:15: training.batch_size: found the string \"64\"; write it without quotes: 64",
            "x.textproto:19:13: training.selection: expected ':' before the value",
            "x.textproto:20:3: training.learning_rate: unknown field, did you mean"
                + " 'training.adam.learning_rate' or 'training.adamw.learning_rate' or"
                + " 'training.sgd.learning_rate'?",
            "x.textproto:21:23: training.gradient_clip_norm: is -1, must be at least 0",
            "--set runtime.sed=1: unknown field, did you mean 'runtime.seed'?",
            "--set training.epochs=0: is 0, must be at least 1 and at most 100000");
  }

  @Test
  void whatIsMissingIsNamedWithItsChoices() {
    assertThat(Texts.headlines("model {}\ntraining { adam {} }\n"))
        .containsExactly(
            "x.textproto:1:1: model.backbone: is missing; give one of resnet, custom, stain_statistics, saved_model",
            "x.textproto:2:1: training.schedule: is missing; give one of constant, multistep,"
                + " cosine",
            "x.textproto: name: is missing",
            "x.textproto: data: is missing",
            "x.textproto: loss: is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model { resnet {} | x.textproto:1:7: '{' is not closed",
        "model { resnet {} } } | x.textproto:1:21: '}' has no matching opening brace",
        "name: \"mine | x.textproto:1:7: the string has no closing \"",
        "name: ? | x.textproto:1:7: unexpected character '?'",
        "3: 4 | x.textproto:1:1: expected a field name, found '3'",
        "data { known_classes: [1, 2 } | x.textproto:1:29: expected ',' or ']', found '}'",
        "data { known_classes: [1, :] } | x.textproto:1:27: expected a value or ']', found ':'",
        "data: 3 | x.textproto:1:7: data: expected fields in braces: data { ... }",
        "name: mine | x.textproto:1:7: name: expected a string in quotes, found 'mine'; write \"mine\"",
        "name: \"a b\" | x.textproto:1:7: name: is \"a b\", must be 1 to 64 letters, digits, '-', '_' or"
            + " '.', and begin with a letter or digit",
        "training { epochs: 3000000000 } | x.textproto:1:20: training.epochs: '3000000000' is not a"
            + " whole number from -2147483648 to 2147483647",
        "runtime { deterministic: yes } | x.textproto:1:26: runtime.deterministic: expected true or"
            + " false, found 'yes'",
      })
  void aBrokenTextIsLocated(String text, String problem) {
    assertThat(Texts.headlines(text)).contains(problem);
  }

  @Test
  void anUnclosedBraceIsNotFollowedByGuesses() {
    assertThat(Texts.headlines(Texts.VALID.replace("resnet {} }", "resnet {}")))
        .containsExactly("x.textproto:3:7: '{' is not closed");
  }

  @Test
  void aMissingFileSaysWhereItWasLookedFor(@TempDir Path folder) {
    var file = folder.resolve("absent.textproto");
    assertThatThrownBy(() -> Experiments.read(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file
                + ": there is no such file; the working directory is "
                + Path.of("").toAbsolutePath());
  }

  @Test
  void aFolderIsNotAnExperiment(@TempDir Path folder) {
    assertThatThrownBy(() -> Experiments.read(folder, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(folder + ": is a folder, not an experiment");
  }

  @Test
  void aFileThatIsNoTextSaysSo(@TempDir Path folder) throws IOException {
    var file = Files.write(folder.resolve("model.pb"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> Experiments.read(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file
                + ": is not UTF-8 text; save it as UTF-8, not as UTF-16 (Unicode) or in a code page");
  }

  @Test
  void aWindowsPathIsOneProblemWithItsCure() {
    var text =
        Texts.VALID.replace(
            "synthetic_cells {}", "image_size_px: 64 folder { path: \"D:\\data\\cells\" }");
    assertThat(Texts.headlines(text))
        .singleElement()
        .asString()
        .contains("unknown escape", "write / or \\\\ in place of");
  }

  @Test
  void aByteOrderMarkIsPassedOver(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("e.textproto"), "\ufeff" + Texts.VALID);
    assertThat(Experiments.read(file, List.of()).getName()).isEqualTo("mine");
  }

  @Test
  void controlCharactersOfAFileDoNotReachTheTerminal() {
    assertThat(Texts.problems("name: \"a\"\n\u001b[31mdata {}\n\u009b \u202e\n"))
        .isNotEmpty()
        .noneMatch(problem -> problem.matches("(?s).*[\\p{Cntrl}\\p{Cf}&&[^\n]].*"));
  }

  @Test
  void aMessageBuiltInJavaIsCheckedByTheSameRules() {
    var experiment = Experiments.parse(Texts.VALID, "x.textproto", List.of()).toBuilder();
    experiment.getTrainingBuilder().setEpochs(0);
    experiment.getLossBuilder().setSoftmax(SoftmaxConfig.newBuilder().setLabelSmoothing(1));

    var exception =
        catchThrowableOfType(ConfigException.class, () -> Experiments.validate(experiment.build()));
    assertThat(exception)
        .hasMessageContaining("training.epochs: is 0, must be at least 1 and at most 100000")
        .hasMessageContaining("loss.softmax.label_smoothing: is 1, must be");
    assertThat(exception.problems()).allMatch(problem -> problem.line() == 0);
  }

  @Test
  void aCaretStandsUnderItsCharacterBehindTabs() {
    var problem = new Problem("f", 2, 3, "\tx: y", "x", "is wrong");
    assertThat(problem).hasToString("f:2:3: x: is wrong\n  \tx: y\n  \t ^");
  }
}
