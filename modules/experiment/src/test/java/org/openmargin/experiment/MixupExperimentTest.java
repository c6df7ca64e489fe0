package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.text.ConfigException;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.trainer.RunListener;

class MixupExperimentTest {
  private static final String SOFTMAX = "loss.softmax={}";
  private static final Pattern LOSS =
      Pattern.compile("\"kind\":\"validation\".*?\"loss\":([^,}]*)");

  @TempDir Path folder;

  private static double loss(Run run) throws IOException {
    var found = LOSS.matcher(Files.readString(run.files().metrics()));
    assertThat(found.find()).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void aResumedTrainingDrawsTheSameShares() throws IOException {
    var mixed = new String[] {SOFTMAX, "training.mixup.alpha=0.5", "training.epochs=2"};
    var whole = tiny(mixed).train(folder.resolve("whole"));
    whole.evaluate();
    var left = new AtomicInteger(5);
    var interrupting =
        new RunListener() {
          @Override
          public boolean interrupts() {
            return left.decrementAndGet() == 0;
          }
        };
    var parts = folder.resolve("parts");
    tiny(mixed).train(new TrainRequest(parts, Existing.REFUSE, List.of(interrupting)));
    var resumed = Experiment.of(parts).train(new TrainRequest(parts, Existing.RESUME, List.of()));
    resumed.evaluate();
    assertThat(resumed.files().predictions()).hasSameTextualContentAs(whole.files().predictions());
  }

  @Test
  void aTinyAlphaIsNoMixupAndALargeOneIs() throws IOException {
    var plain = new String[] {SOFTMAX, "training.sgd.learning_rate=1e-6"};
    var none = loss(tiny(plain).train(folder.resolve("none")));
    var tiny = loss(tiny(with(plain, "training.mixup.alpha=1e-6")).train(folder.resolve("tiny")));
    var much = loss(tiny(with(plain, "training.mixup.alpha=10")).train(folder.resolve("much")));
    assertThat(tiny).isEqualTo(none, within(1e-5 * none));
    assertThat(Math.abs(much - none)).isGreaterThan(1e-3 * none);
  }

  private static String[] with(String[] some, String more) {
    return new String[] {some[0], some[1], more};
  }

  @Test
  void whatCannotBeMixedIsRefusedBeforeTraining() {
    var run = folder.resolve("run");
    for (var loss : List.of("loss.arcface={}", "loss.omcl={}", "loss.gaussian={}")) {
      var backbone = loss.contains("gaussian") ? "model.stain_statistics={}" : "model.resnet={}";
      assertThatThrownBy(() -> tiny(loss, backbone, "training.mixup={}").train(run))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("training.mixup needs a loss of mixed labels");
    }
    assertThat(run).doesNotExist();
    assertThatThrownBy(() -> tiny("training.mixup={}", "training.open_samples={kinds: [BLUR]}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot be joined with open_samples");
    assertThatThrownBy(() -> tiny(SOFTMAX, "training.mixup.alpha=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.mixup.alpha");
  }
}
