package org.openmargin.speed;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.TrainingData;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.LearningRate;
import org.openmargin.trainer.MetricsJsonl;
import org.openmargin.trainer.Optimizer;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Schedule;
import org.openmargin.trainer.TensorBoardEvents;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * Train-step speed of the framework against {@link BareStep}, in one process: both take turns,
 * window by window, so that what else the machine does meets both alike. The framework trains as a
 * user does, by {@code Trainer.train} with the listeners that write files; its windows end after
 * these have written.
 */
final class StepBenchmark {
  private static final int BATCH = 64;
  private static final double RATE = 1e-3;
  private static final int WARM_UP = 2;

  /** The operations of the bare graph: no convolution by Winograd's algorithm. */
  private static final RuntimeSettings DIRECT =
      new RuntimeSettings(
          RuntimeSettings.Device.CPU,
          false,
          new RuntimeSettings.Kernels(false, false),
          RuntimeSettings.Threads.DEFAULT,
          RuntimeSettings.Gpu.DEFAULT);

  private final Setting setting;
  private final TrainingData data;
  private final Path folder;

  /**
   * @param size height and width of an image
   * @param stem of the network
   * @param epochs of the training
   * @param window steps of a turn
   * @param bareFirst whether the bare graph is built and run before the framework's
   */
  private record Setting(int size, ResNet.Stem stem, int epochs, int window, boolean bareFirst) {}

  /** What a turn took. */
  private record Turn(double millisPerStep, double cpuMillisPerStep, double loss) {}

  private StepBenchmark(Setting setting, Path folder) {
    this.setting = setting;
    this.folder = folder;
    this.data = new TrainingData(List.of("a", "b", "c", "d"), noise(4096, 1), noise(64, 2));
  }

  /** Arguments: size, stem, epochs, steps of a turn, framework or bare (who begins). */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var setting =
        new Setting(
            Integer.parseInt(args[0]),
            ResNet.Stem.valueOf(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            args[4].equals("bare"));
    var folder = Files.createTempDirectory("step-benchmark");
    try {
      new StepBenchmark(setting, folder).run();
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
  }

  /** Noise around a colour that depends on the class: what a step costs is the same. */
  private KnownImages noise(int count, long seed) {
    var size = setting.size();
    var random = new Random(seed);
    var pixels = new byte[count * size * size * 3];
    random.nextBytes(pixels);
    var labels = new int[count];
    for (var i = 0; i < count; i++) {
      labels[i] = i % 4;
      for (var p = 0; p < size * size; p++) {
        var at = (i * size * size + p) * 3 + labels[i] % 3;
        pixels[at] = (byte) ((pixels[at] & 0xff) / 8 * (labels[i] < 3 ? 7 : 6));
      }
    }
    var ids = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    return new KnownImages(Images.of(size, size, 3, pixels), labels, ids);
  }

  private void run() throws Exception {
    System.out.printf(
        "ResNet-18, %s stem, %d px, batch %d, OMCL, Adam; %d known images, turns of %d steps%n",
        setting.stem(), setting.size(), BATCH, data.train().count(), setting.window());
    var framework = new Framework("framework", Precision.FLOAT32);
    var bare = new Bare();
    var bfloat16 = new Framework("bfloat16", Precision.BFLOAT16);
    var first = setting.bareFirst() ? bare : framework;
    for (var i = 0; i < WARM_UP; i++) {
      first.turn();
    }
    var memory = ProcessUse.peakMemory();
    var rounds =
        setting.bareFirst() ? List.<Map<Contestant, Turn>>of() : rounds(framework, bare, bfloat16);
    for (var contestant :
        setting.bareFirst() ? List.of(bare) : List.of(framework, bare, bfloat16)) {
      contestant.finish();
    }
    System.out.printf(
        "%s alone: first step %.1f s after the start of the JVM; peak memory %d MiB%n",
        first.name, secondsSinceStart(first.firstStepMillis), memory);
    if (!rounds.isEmpty()) {
      report(rounds, framework, bare, bfloat16);
    }
  }

  /** One turn each and round; who goes first alternates. */
  private List<Map<Contestant, Turn>> rounds(
      Contestant framework, Contestant bare, Contestant bfloat16) {
    for (var i = 0; i < WARM_UP; i++) {
      bare.turn();
      bfloat16.turn();
    }
    var turns = setting.epochs() * (data.train().count() / BATCH) / setting.window();
    var rounds = new ArrayList<Map<Contestant, Turn>>();
    System.out.println(
        "round  framework ms  bare ms  speed framework/bare  by CPU time  bfloat16 ms  loss"
            + " framework, bare, bfloat16");
    // The last turn is left out: after it the training is over and its threads write checkpoints.
    for (var i = 0; i < turns - WARM_UP - 1; i++) {
      var turn = new LinkedHashMap<Contestant, Turn>();
      var order = i % 2 == 0 ? List.of(framework, bare) : List.of(bare, framework);
      order.forEach(contestant -> turn.put(contestant, contestant.turn()));
      turn.put(bfloat16, bfloat16.turn());
      rounds.add(turn);
      var f = turn.get(framework);
      var b = turn.get(bare);
      var h = turn.get(bfloat16);
      System.out.printf(
          "%5d  %12.2f  %7.2f  %20.3f  %11.3f  %11.2f  %.3f %.3f %.3f%n",
          i + 1,
          f.millisPerStep(),
          b.millisPerStep(),
          b.millisPerStep() / f.millisPerStep(),
          b.cpuMillisPerStep() / f.cpuMillisPerStep(),
          h.millisPerStep(),
          f.loss(),
          b.loss(),
          h.loss());
    }
    return rounds;
  }

  private void report(
      List<Map<Contestant, Turn>> rounds, Framework framework, Bare bare, Framework bfloat16)
      throws Exception {
    for (var contestant : List.of(framework, bare, bfloat16)) {
      var millis = sorted(rounds, t -> t.get(contestant).millisPerStep());
      var middle = quantile(millis, 0.5);
      var cpu = sorted(rounds, t -> t.get(contestant).cpuMillisPerStep());
      System.out.printf(
          "%-9s median %.2f ms per step (quartiles %.2f, %.2f; fastest %.2f; CPU time %.2f), %.0f"
              + " images/s; loss %.3f -> %.3f%n",
          contestant.name,
          middle,
          quantile(millis, 0.25),
          quantile(millis, 0.75),
          millis[0],
          quantile(cpu, 0.5),
          BATCH * 1000 / middle,
          contestant.firstLoss,
          rounds.get(rounds.size() - 1).get(contestant).loss());
    }
    var speed = sorted(rounds, t -> t.get(bare).millisPerStep() / t.get(framework).millisPerStep());
    var cpu =
        sorted(rounds, t -> t.get(bare).cpuMillisPerStep() / t.get(framework).cpuMillisPerStep());
    var gain =
        sorted(rounds, t -> t.get(framework).millisPerStep() / t.get(bfloat16).millisPerStep());
    System.out.printf(
        "speed of framework / bare: median of %d rounds %.3f (quartiles %.3f, %.3f)%n",
        speed.length, quantile(speed, 0.5), quantile(speed, 0.25), quantile(speed, 0.75));
    System.out.printf(
        "the same by CPU time: median %.3f (quartiles %.3f, %.3f)%n",
        quantile(cpu, 0.5), quantile(cpu, 0.25), quantile(cpu, 0.75));
    System.out.printf(
        "speed of bfloat16 / float32, both framework: median %.3f (quartiles %.3f, %.3f)%n",
        quantile(gain, 0.5), quantile(gain, 0.25), quantile(gain, 0.75));
    System.out.printf(
        "optimised nodes: framework %d, bare %d; peak memory of all three together %d MiB%n",
        frameworkNodes(), bare.nodes, ProcessUse.peakMemory());
  }

  private static double[] sorted(
      List<Map<Contestant, Turn>> rounds, ToDoubleFunction<Map<Contestant, Turn>> value) {
    return rounds.stream().mapToDouble(value).sorted().toArray();
  }

  private static double quantile(double[] sorted, double share) {
    var at = share * (sorted.length - 1);
    var below = (int) at;
    var above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double secondsSinceStart(long millis) {
    return (millis - ManagementFactory.getRuntimeMXBean().getStartTime()) * 1e-3;
  }

  /** A thread that runs a window of steps when it is its turn, and sleeps otherwise. */
  private abstract static class Contestant {
    private final String name;
    private final Semaphore go = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private final Thread thread;
    private boolean started;
    private volatile boolean last;
    private volatile Throwable failure;
    private volatile Turn turn;
    private long began;
    private long cpuBegan;
    double firstLoss = Double.NaN;
    volatile long firstStepMillis;

    Contestant(String name) {
      this.name = name;
      this.thread = new Thread(this::contend, name);
      this.thread.setDaemon(true);
    }

    abstract void train() throws Exception;

    private void contend() {
      try {
        begin();
        train();
      } catch (Throwable e) {
        failure = e;
      }
      done.release();
    }

    /** The first turn includes building the graph. */
    final Turn turn() {
      if (!started) {
        started = true;
        thread.start();
      }
      go.release();
      done.acquireUninterruptibly();
      if (failure != null) {
        throw new IllegalStateException(name + " failed", failure);
      }
      return turn;
    }

    private void begin() {
      go.acquireUninterruptibly();
      began = System.nanoTime();
      cpuBegan = ProcessUse.cpuNanos();
    }

    /** Called by the thread at the end of a window. */
    final void turnDone(int steps, double loss) {
      turn =
          new Turn(
              (System.nanoTime() - began) * 1e-6 / steps,
              (ProcessUse.cpuNanos() - cpuBegan) * 1e-6 / steps,
              loss);
      firstLoss = Double.isNaN(firstLoss) ? loss : firstLoss;
      if (!last) {
        done.release();
        begin();
      }
    }

    final boolean goesOn() {
      return !last;
    }

    final void finish() throws InterruptedException {
      last = true;
      go.release();
      thread.join();
      if (failure != null) {
        throw new IllegalStateException(name + " failed", failure);
      }
    }
  }

  /** The framework as a user runs it. */
  private final class Framework extends Contestant {
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
      RunListener gate =
          new RunListener() {
            @Override
            public void progressed(Progress progress) {
              turnDone(setting.window(), progress.loss());
            }
          };
      try (var metrics = new MetricsJsonl(run.resolve("metrics.jsonl"), 0);
          var events = new TensorBoardEvents(run.resolve("tensorboard"))) {
        var outcome =
            trainer(precision)
                .train(data, run.resolve("checkpoints"), false, List.of(metrics, events, gate));
        firstStepMillis = outcome.firstStepMillis();
      }
    }
  }

  private Trainer trainer(Precision precision) {
    var suppression =
        new OpenClass.Suppression(
            0.5, 1, OpenClass.Descriptors.NORMALIZED, OpenClass.Reduction.SUM_OF_MEANS);
    var head =
        new Omcl(
            4,
            new Omcl.Margins(-0.1, 0),
            new OpenClass(true, 0.1, suppression),
            new Omcl.Scale(16, 0.1));
    var network =
        new OpenSetNetwork(
            InputFormat.of(setting.size(), setting.size(), 3),
            ResNet.resNet18(setting.stem(), ResNet.NORM),
            head);
    var step =
        new TrainSettings.StepSettings(
            new Optimizer.Adam(0.9, 0.999, 1e-8, Optimizer.Decay.NONE),
            new LearningRate(RATE, new Schedule.Constant(), 0),
            0,
            new Augmentation(4, true, false, new Augmentation.ColorJitter(0, 0)),
            precision);
    var keeping =
        new TrainSettings.KeepSettings(
            TrainSettings.Selection.LAST_EPOCH, 1, setting.epochs(), setting.window());
    return new Trainer(
        network, new TrainSettings(setting.epochs(), BATCH, 7, step, keeping), DIRECT);
  }

  /** The bare graph in the shortest loop. */
  private final class Bare extends Contestant {
    private int nodes;

    Bare() {
      super("bare");
    }

    @Override
    void train() {
      var known = data.train();
      var labels = Arrays.stream(known.labels()).asLongStream().toArray();
      // The same as the framework's session on a CPU; threads are TensorFlow's choice.
      var config =
          ConfigProto.newBuilder().setAllowSoftPlacement(true).putDeviceCount("GPU", 0).build();
      var pooled = setting.stem() == ResNet.Stem.POOLED_7X7;
      try (var bare = new BareStep(setting.size(), pooled, BATCH, pixels(known), labels, config)) {
        steps(bare, known.count());
        nodes = nodes(bare.traced(traceOptions()));
      }
    }

    private void steps(BareStep bare, int count) {
      var random = new Random(7);
      var order = IntStream.range(0, count).toArray();
      var indices = new int[BATCH];
      var lossSum = 0.0;
      for (var step = 0L; goesOn(); step++) {
        var at = (int) (step % (count / BATCH)) * BATCH;
        if (at == 0) {
          shuffle(order, random);
        }
        System.arraycopy(order, at, indices, 0, BATCH);
        bare.run(indices, step, (float) RATE);
        if (step == 0) {
          firstStepMillis = System.currentTimeMillis();
        }
        if ((step + 1) % setting.window() == 0) {
          var sum = bare.lossSum();
          turnDone(setting.window(), (sum - lossSum) / setting.window());
          lossSum = sum;
        }
      }
    }
  }

  private static void shuffle(int[] order, Random random) {
    for (var i = order.length - 1; i > 0; i--) {
      var j = random.nextInt(i + 1);
      var swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private static byte[] pixels(KnownImages known) {
    var bytes = known.images().bytesPerImage();
    var pixels = new byte[known.count() * bytes];
    for (var i = 0; i < known.count(); i++) {
      known.images().copyTo(i, pixels, i * bytes);
    }
    return pixels;
  }

  private static RunOptions traceOptions() {
    return RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
  }

  private static int nodes(RunMetadata metadata) {
    return metadata.getPartitionGraphsList().stream().mapToInt(g -> g.getNodeCount()).sum();
  }

  /** The train graph is not public, so this looks behind the wall; nothing is timed here. */
  private int frameworkNodes() throws Exception {
    var type = Class.forName("org.openmargin.trainer.TrainSession");
    var constructor = type.getDeclaredConstructor(Trainer.class, KnownImages.class);
    constructor.setAccessible(true);
    var step = type.getDeclaredMethod("step", long.class, double.class);
    step.setAccessible(true);
    var traced = type.getDeclaredMethod("traced", RunOptions.class);
    traced.setAccessible(true);
    try (var session =
        (AutoCloseable) constructor.newInstance(trainer(Precision.FLOAT32), data.train())) {
      step.invoke(session, 0L, RATE);
      return nodes((RunMetadata) traced.invoke(session, traceOptions()));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot trace the framework's step", e.getCause());
    }
  }
}
