package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.synthetic.SyntheticCells;

/** What would fail after the last epoch is said before the first step, with the cure. */
class TrainingChecksTest {
  private static final String VALIDATION = "data.synthetic_cells.validation_images_per_class=";

  @TempDir Path folder;

  /** Neither trains nor leaves a folder; {@code config validate --data} says the same. */
  private AbstractThrowableAssert<?, ?> refused(Experiment experiment) {
    var run = folder.resolve("run");
    var message = catchMessage(() -> experiment.train(run));
    assertThat(run).doesNotExist();
    return assertThatThrownBy(experiment::requireTrainable)
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  private static String catchMessage(Runnable action) {
    try {
      action.run();
      return "nothing was refused";
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  @Test
  void tooFewValidationImagesForAlpha() {
    // 4 known classes of 4 images: 1/17 is the smallest alpha.
    refused(tiny(VALIDATION + "4"))
        .hasMessageContainingAll(
            "export.alpha 0.05 needs at least 19 known validation images; there are 16",
            "the override export.alpha=0.059");
    assertThatCode(() -> tiny(VALIDATION + "4", "export.alpha=0.059").requireTrainable())
        .doesNotThrowAnyException();
    assertThatCode(() -> tiny(VALIDATION + "5").requireTrainable()).doesNotThrowAnyException();
  }

  @Test
  void aCombinationNeedsTwiceAsMany() {
    // Of 9 images a class, 5 set the scales and 4 the threshold.
    refused(tiny(VALIDATION + "9", "scoring.selected=COMBINATION"))
        .hasMessageContainingAll("besides the half that sets the scales of COMBINATION", "are 16");
    refused(tiny(VALIDATION + "8", "scoring.selected=COMBINATION", "export.alpha=0.2"))
        .hasMessageContainingAll("COMBINATION needs at least 20", "there are 16", "KNN");
    assertThatCode(() -> tiny(VALIDATION + "10", "scoring.selected=COMBINATION").requireTrainable())
        .doesNotThrowAnyException();
  }

  @Test
  void aBatchLargerThanTheTrainingSet() {
    refused(tiny("data.synthetic_cells.train_images_per_class=3"))
        .hasMessage(
            "there are 12 known training images, fewer than one batch of 16: train with the override training.batch_size=8");
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    refused(tiny("data.synthetic_cells.train_images_per_class=3", VALIDATION + "4"))
        .hasMessageContainingAll("training.batch_size=8", "export.alpha=0.059");
  }

  @Test
  void thresholdsThatCannotBeHadAreRemarked() {
    var notices = new ArrayList<String>();
    tiny().withNotices(notices::add).requireTrainable();
    assertThat(notices)
        .contains(
            "alpha 0.01 needs 99 known validation images; there are 64, so it gets no threshold");
  }

  @Test
  void ofAFolderTheShareThatIsEnoughIsNamed() throws IOException {
    refused(folderOf(20))
        .hasMessageContainingAll(
            "there are 6",
            "the override data.folder.validation_fraction=0.35",
            "export.alpha=0.143");
    assertThatCode(() -> folderOf(20, "data.folder.validation_fraction=0.35").requireTrainable())
        .doesNotThrowAnyException();
    // Half of 12 images of three classes is not enough.
    Files.move(folder.resolve("images"), folder.resolve("others"));
    refused(folderOf(12)).hasMessageContainingAll("there are 3", "add validation images", "=0.25");
  }

  private Experiment folderOf(int images, String... overrides) throws IOException {
    var drawn = new SyntheticCells(new SyntheticCells.Settings(32, images, 1, 1, 0)).load().train();
    var classes = folder.resolve("images");
    for (var i = 0; i < drawn.count(); i++) {
      if (drawn.labels()[i] < 3) {
        var file = classes.resolve("class " + drawn.labels()[i]).resolve(i + ".png");
        Files.createDirectories(file.getParent());
        Files.write(file, ImageFiles.png(drawn.images(), i));
      }
    }
    var all = new ArrayList<String>();
    all.add("data.folder={ path: \"%s\" }".formatted(classes));
    all.add("data.known_classes=");
    all.addAll(List.of(overrides));
    return tiny(all.toArray(String[]::new));
  }
}
