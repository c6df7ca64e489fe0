package org.openmargin.speed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.openmargin.data.TrainingData;
import org.openmargin.files.Folders;
import org.openmargin.model.ResNet;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.speed.SteppedTraining.Window;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TrainSession;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.listener.MetricsJsonl;
import org.openmargin.trainer.listener.TensorBoardEvents;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * Train-step speed of the framework against {@link BareStep}, in one process: both take turns,
 * window by window, so that other load on the machine affects both alike. The framework trains as a
 * user does, with {@code Trainer.train} and the listeners that write files; its windows end after
 * these have written.
 */
final class StepBenchmark {
  private static final int IMAGES = 4096;
  private static final int WARM_UP = 2;

  /** Same operations as the bare graph: no Winograd convolutions. */
  private static final RuntimeSettings DIRECT =
      new RuntimeSettings(
          RuntimeSettings.Device.CPU,
          false,
          new RuntimeSettings.Kernels(false, false),
          RuntimeSettings.Threads.DEFAULT,
          RuntimeSettings.Gpu.DEFAULT);

  private static final RunOptions TRACE =
      RunOptions.newBuilder().setOutputPartitionGraphs(true).build();

  private final Setting setting;
  private final TrainingData data;
  private final Path folder;

  /**
   * @param sizePx height and width of an image
   * @param window steps per turn
   */
  private record Setting(int sizePx, ResNet.Stem stem, int epochs, int window) {}

  /** One turn of each. */
  private record Round(Window framework, Window bare, Window bfloat16) {
    double speed() {
      return bare.millis() / framework.millis();
    }

    double speedByCpu() {
      return bare.cpuMillis() / framework.cpuMillis();
    }

    double gain() {
      return framework.millis() / bfloat16.millis();
    }
  }

  private StepBenchmark(Setting setting, Path folder) {
    this.setting = setting;
    this.folder = folder;
    this.data = Workload.data(Workload.noiseInMemory(setting.sizePx(), IMAGES));
  }

  /**
   * Arguments: size, stem, epochs, steps per turn; then {@code framework}, which measures its
   * memory alone and then takes turns with the others, or {@code bare}, which runs alone.
   */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var stem = ResNet.Stem.valueOf(args[1]);
    var epochs = Integer.parseInt(args[2]);
    var setting = new Setting(Integer.parseInt(args[0]), stem, epochs, Integer.parseInt(args[3]));
    var folder = Files.createTempDirectory("step-benchmark");
    try {
      new StepBenchmark(setting, folder).run(args[4].equals("bare"));
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(boolean bareAlone) throws Exception {
    System.out.printf(
        "ResNet-18, %s stem, %d px, batch %d, OMCL, Adam; %d known images, turns of %d steps%n",
        setting.stem(), setting.sizePx(), Workload.BATCH, IMAGES, setting.window());
    var framework = new Framework("framework", Precision.FLOAT32);
    var bare = new Bare();
    var bfloat16 = new Framework("bfloat16", Precision.BFLOAT16);
    var first = bareAlone ? bare : framework;
    warmUp(first);
    var memory = ProcessUse.peakMemory();
    var rounds = bareAlone ? List.<Round>of() : rounds(framework, bare, bfloat16);
    for (var training : bareAlone ? List.of(bare) : List.of(framework, bare, bfloat16)) {
      training.finish();
    }
    System.out.printf(
        "%s alone: first step %.1f s after the start of the JVM; peak memory %d MiB%n",
        first.name(), ProcessUse.secondsUntil(first.firstStepMillis()), memory);
    if (!bareAlone) {
      report(framework, rounds, Round::framework);
      report(bare, rounds, Round::bare);
      report(bfloat16, rounds, Round::bfloat16);
      System.out.printf("speed of framework / bare: %s%n", quantiles(rounds, Round::speed));
      System.out.printf("the same by CPU time: %s%n", quantiles(rounds, Round::speedByCpu));
      System.out.printf(
          "speed of bfloat16 / float32, both framework: %s%n", quantiles(rounds, Round::gain));
      System.out.printf(
          "optimised nodes: framework %d, bare %d; peak memory of all three together %d MiB%n",
          frameworkNodes(), bare.nodes, ProcessUse.peakMemory());
    }
  }

  private static void warmUp(SteppedTraining training) {
    for (var i = 0; i < WARM_UP; i++) {
      training.turn();
    }
  }

  /** One turn each per round; the starter alternates. */
  private List<Round> rounds(
      SteppedTraining framework, SteppedTraining bare, SteppedTraining bfloat16) {
    warmUp(bare);
    warmUp(bfloat16);
    var turns = setting.epochs() * (IMAGES / Workload.BATCH) / setting.window();
    var rounds = new ArrayList<Round>();
    System.out.println(
        "round  framework ms  bare ms  speed framework/bare  by CPU time  bfloat16 ms  loss"
            + " framework, bare, bfloat16");
    // Without the last turn: training ends in it, and its threads write checkpoints.
    for (var i = 1; i < turns - WARM_UP; i++) {
      var early = i % 2 == 0 ? bare.turn() : framework.turn();
      var late = i % 2 == 0 ? framework.turn() : bare.turn();
      var f = i % 2 == 0 ? late : early;
      var b = i % 2 == 0 ? early : late;
      var round = new Round(f, b, bfloat16.turn());
      rounds.add(round);
      var h = round.bfloat16();
      System.out.printf(
          "%5d  %12.2f  %7.2f  %20.3f  %11.3f  %11.2f  %.3f %.3f %.3f%n",
          i,
          f.millis(),
          b.millis(),
          round.speed(),
          round.speedByCpu(),
          h.millis(),
          f.loss(),
          b.loss(),
          h.loss());
    }
    return rounds;
  }

  private static void report(
      SteppedTraining training, List<Round> rounds, Function<Round, Window> window) {
    var millis = quantiles(rounds, round -> window.apply(round).millis());
    System.out.printf(
        "%-9s median %.2f ms per step (quartiles %.2f, %.2f; fastest %.2f; CPU time %.2f), %.0f"
            + " images/s; loss %.3f -> %.3f%n",
        training.name(),
        millis.median(),
        millis.at(0.25),
        millis.at(0.75),
        millis.at(0),
        quantiles(rounds, round -> window.apply(round).cpuMillis()).median(),
        Workload.BATCH * 1000 / millis.median(),
        training.firstLoss(),
        window.apply(rounds.get(rounds.size() - 1)).loss());
  }

  private static Quantiles quantiles(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Quantiles.of(rounds.stream().mapToDouble(value));
  }

  private Trainer trainer(Precision precision) {
    var network = Workload.omcl(setting.sizePx(), ResNet.resNet18(setting.stem(), ResNet.NORM));
    var settings = Workload.settings(setting.epochs(), Workload.BATCH, precision, setting.window());
    return new Trainer(network, settings, DIRECT);
  }

  private static int nodes(RunMetadata metadata) {
    return metadata.getPartitionGraphsList().stream().mapToInt(g -> g.getNodeCount()).sum();
  }

  private int frameworkNodes() {
    try (var session = new TrainSession(trainer(Precision.FLOAT32), data.train())) {
      session.step(0, Workload.RATE);
      return session.traced(TRACE, System::nanoTime).stream()
          .mapToInt(traced -> nodes(traced.metadata()))
          .sum();
    }
  }

  /** The framework as a user runs it. */
  private final class Framework extends SteppedTraining {
    private final Precision precision;
    private final Path run;

    Framework(String name, Precision precision) {
      super(name);
      this.precision = precision;
      this.run = folder.resolve(name);
    }

    @Override
    void train() throws Exception {
      Files.createDirectories(run);
      var gate =
          new RunListener() {
            @Override
            public void progressed(Progress progress) {
              windowDone(setting.window(), progress.loss());
            }
          };
      try (var metrics = new MetricsJsonl(run.resolve("metrics.jsonl"), 0);
          var events = new TensorBoardEvents(run.resolve("tensorboard"), true)) {
        var outcome =
            trainer(precision)
                .train(data, run.resolve("checkpoints"), false, List.of(metrics, events, gate));
        firstStepAt(outcome.firstStepMillis());
      }
    }
  }

  /** The bare graph in the shortest loop. */
  private final class Bare extends SteppedTraining {
    private int nodes;

    Bare() {
      super("bare");
    }

    @Override
    void train() {
      // As in the framework's session on a CPU; TensorFlow chooses the number of threads.
      var config =
          ConfigProto.newBuilder().setAllowSoftPlacement(true).putDeviceCount("GPU", 0).build();
      var labels = Arrays.stream(data.train().labels()).asLongStream().toArray();
      var pixels = Workload.pixels(data.train().images());
      var pooled = setting.stem() == ResNet.Stem.POOLED_7X7;
      try (var bare =
          new BareStep(setting.sizePx(), pooled, Workload.BATCH, pixels, labels, config)) {
        steps(bare);
        nodes = nodes(bare.traced(TRACE));
      }
    }

    private void steps(BareStep bare) {
      var random = new Random(7);
      var indices = new int[Workload.BATCH];
      var lossSum = 0.0;
      for (var step = 0L; !isFinishing(); step++) {
        Arrays.setAll(indices, i -> random.nextInt(IMAGES));
        bare.run(indices, step, (float) Workload.RATE);
        if (step == 0) {
          firstStepAt(System.currentTimeMillis());
        }
        if ((step + 1) % setting.window() == 0) {
          var sum = bare.lossSum();
          windowDone(setting.window(), (sum - lossSum) / setting.window());
          lossSum = sum;
        }
      }
    }
  }
}
