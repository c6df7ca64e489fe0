package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.PixelStore;
import org.openmargin.data.TrainingData;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.nn.augment.Augmentation.ColorJitter;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings.Place;
import org.openmargin.trainer.RunListener.Validation;
import org.openmargin.trainer.RunListener.Verdict;
import org.openmargin.trainer.TrainSettings.StepSettings;

class StreamingTest {
  private static final FeedSettings RESIDENT = new FeedSettings(Place.RESIDENT, 0, 1, 1);

  @TempDir Path folder;

  /** Everything a training run reports, except its speed. */
  private static final class Numbers implements RunListener {
    final List<List<Object>> all = new ArrayList<>();
    private final int stopAfter;
    private int validations;

    Numbers(int stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void progressed(Progress p) {
      all.add(List.of(p.at(), p.loss(), p.learningRate(), p.head()));
    }

    @Override
    public Verdict validated(Validation v) {
      all.add(List.of(v));
      return ++validations == stopAfter ? Verdict.STOP : Verdict.GO_ON;
    }
  }

  static Stream<Augmentation> augmentations() {
    var none = new ColorJitter(0, 0);
    return Stream.of(
        Augmentation.NONE,
        new Augmentation(2, false, false, none),
        new Augmentation(0, true, false, none),
        new Augmentation(0, false, true, none),
        new Augmentation(0, false, false, new ColorJitter(0.1, 0.1)),
        new Augmentation(2, true, true, new ColorJitter(0.1, 0.1)));
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void streamedTrainingEqualsResidentTrainingBitForBit(Augmentation augmentation)
      throws IOException {
    var resident = train(trainer(augmentation, RESIDENT), "resident", false, 0);
    var streamed = train(trainer(augmentation, streamed(3, 2)), "streamed", false, 0);
    assertThat(streamed.all).isEqualTo(resident.all);
    assertThat(weights("streamed")).isEqualTo(weights("resident"));
  }

  @Test
  void aRunMayResumeTheOtherWayBitForBit() throws IOException {
    var augmentation = new Augmentation(2, true, true, new ColorJitter(0.1, 0.1));
    var resident = trainer(augmentation, RESIDENT);
    // Slots and steps of an epoch have no common factor: a batch's slot changes with the epoch.
    var streamed = trainer(augmentation, streamed(2, 6));
    var straight = train(resident, "straight", false, 0);
    train(resident, "a", false, 2);
    train(streamed, "b", false, 1);
    var a = train(streamed, "a", true, 0);
    var b = train(resident, "b", true, 0);
    assertThat(a.all).isEqualTo(straight.all.subList(6, 9));
    assertThat(b.all).isEqualTo(straight.all.subList(3, 9));
    assertThat(weights("a")).isEqualTo(weights("straight"));
    assertThat(weights("b")).isEqualTo(weights("straight"));
  }

  @Test
  void imagesInAFileTrainTheSameNetwork() throws IOException {
    var data = Fixtures.cells();
    var storage = new ImageStorage(folder.resolve("cache"), 0, notice -> {});
    var inFile =
        new TrainingData(
            data.classNames(),
            kept(storage, "a", data.train()),
            kept(storage, "b", data.validation()));
    var trainer = trainer(Augmentation.NONE, streamed(2, 2));
    trainer.train(inFile, folder.resolve("file"), false, List.of());
    trainer.train(data, folder.resolve("memory"), false, List.of());
    assertThat(weights("file")).isEqualTo(weights("memory"));
    trainer(Augmentation.NONE, RESIDENT).train(inFile, folder.resolve("loaded"), false, List.of());
    assertThat(weights("loaded")).isEqualTo(weights("memory"));
  }

  private static KnownImages kept(ImageStorage storage, String place, KnownImages known) {
    var origin = new ImageStorage.Origin("cells", place, () -> "");
    return new KnownImages(storage.keep(origin, known.images()), known.labels(), known.ids());
  }

  @Test
  void anImageThatCannotBeReadEndsTrainingWithItsOwnMessage() {
    var trainer = trainer(Augmentation.NONE, streamed(2, 2));
    var damaged = read(failing(new DataException("/x.pixels is damaged")));
    assertThatThrownBy(() -> trainer.train(damaged, folder.resolve("run"), false, List.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("/x.pixels is damaged");
    var broken = read(failing(new ArithmeticException("bug")));
    assertThatThrownBy(() -> trainer.train(broken, folder.resolve("run"), false, List.of()))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "cannot read the images of step \\d+: java.lang.ArithmeticException: bug");
    assertReadersEnd();
  }

  private static PixelStore failing(RuntimeException failure) {
    var images = Fixtures.cells().train().images();
    return (index, target, offset) -> {
      if (index == 40) {
        throw failure;
      }
      images.copyTo(index, target, offset);
    };
  }

  private static TrainingData read(PixelStore pixels) {
    var data = Fixtures.cells();
    var known = data.train();
    var images = Images.from(known.images().shape(), known.count(), pixels);
    return new TrainingData(
        data.classNames(), new KnownImages(images, known.labels(), known.ids()), data.validation());
  }

  @Test
  void readersEndWithTrainingEvenIfItIsStopped() {
    var trainer = trainer(Augmentation.NONE, streamed(4, 3));
    var failure = new IllegalStateException("stop");
    var listener =
        new RunListener() {
          @Override
          public void progressed(Progress progress) {
            assertThat(readers()).hasSize(4).allMatch(Thread::isDaemon);
            throw failure;
          }
        };
    assertThatThrownBy(
            () -> trainer.train(Fixtures.cells(), folder.resolve("run"), false, List.of(listener)))
        .isSameAs(failure);
    assertReadersEnd();
  }

  private static void assertReadersEnd() {
    for (var reader : readers()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(readers()).isEmpty();
  }

  private static List<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("image-reader"))
        .toList();
  }

  @Test
  void stepsMayBeRequestedInAnyOrder() {
    try (var streamed = session(streamed(2, 3));
        var resident = session(RESIDENT)) {
      for (var step : new long[] {5, 6, 2, 2, 9, 0, 1}) {
        streamed.step(step, 1e-2);
        resident.step(step, 1e-2);
        assertThat(streamed.read()).isEqualTo(resident.read());
      }
      assertThat(streamed.inputWaitNanos()).isPositive();
      assertThat(resident.inputWaitNanos()).isZero();
    }
  }

  private static TrainSession session(FeedSettings feeding) {
    return new TrainSession(trainer(Augmentation.NONE, feeding), Fixtures.cells().train());
  }

  @Test
  void theSizeOfTheImagesDecidesUnlessThePlaceIsSet() {
    var known = Fixtures.cells().train();
    var bytes = 72L * 16 * 16 * 3;
    assertThat(new FeedSettings(Place.AUTO, bytes, 1, 1).streams(known)).isFalse();
    assertThat(new FeedSettings(Place.AUTO, bytes - 1, 3, 2).streams(known)).isTrue();
    assertThat(new FeedSettings(Place.RESIDENT, 0, 1, 1).streams(known)).isFalse();
    assertThat(new FeedSettings(Place.STREAMED, bytes, 1, 1).streams(known)).isTrue();
    assertThat(new FeedSettings(Place.AUTO, 0, 3, 2).sentence(known))
        .isEqualTo("training images: 1 MiB, streamed by 3 threads, 2 batches ahead");
    assertThatThrownBy(() -> new FeedSettings(Place.AUTO, 0, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FeedSettings streamed(int readers, int prefetchBatches) {
    return new FeedSettings(Place.STREAMED, 0, readers, prefetchBatches);
  }

  private static Trainer trainer(Augmentation augmentation, FeedSettings feeding) {
    var settings = Fixtures.settings(3, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var step = settings.step();
    var augmented =
        new TrainSettings(
            settings.epochs(),
            settings.batchSize(),
            settings.seed(),
            new StepSettings(
                step.optimizer(), step.rate(), step.clipNorm(), augmentation, step.precision()),
            settings.keeping());
    return new Trainer(
        Fixtures.tinyNetwork(), augmented, RuntimeSettings.DETERMINISTIC_CPU, feeding);
  }

  private Numbers train(Trainer trainer, String name, boolean resume, int stopAfter) {
    var numbers = new Numbers(stopAfter);
    trainer.train(Fixtures.cells(), folder.resolve(name), resume, List.of(numbers));
    return numbers;
  }

  private byte[] weights(String run) throws IOException {
    var newest = new Checkpoints(folder.resolve(run), 2).newest().orElseThrow();
    return Files.readAllBytes(newest.folder().resolve("variables.data-00000-of-00001"));
  }
}
