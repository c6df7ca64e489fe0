package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Measures one runner in its own process; the system property {@code openmargin.models} is the
 * folder where {@link ServedModels} wrote the models.
 */
@State(Scope.Benchmark)
public class InferenceBenchmark {
  private static final String MODELS = "openmargin.models";

  @Param({"POOLED_28", "SMALL_32"})
  public ServedNetwork network;

  @Param({"PIXELS", "FILES"})
  public Request.Input input;

  @Param({"CLASSIFIER", "RAW_SESSION"})
  public ModelRunner.Kind runner;

  private ModelRunner loaded;
  private Request one;
  private Request many;

  @Setup(Level.Trial)
  public void load() throws IOException {
    loaded = runner.load(new FreshModel(network, Path.of(System.getProperty(MODELS))).directory());
    one = Request.of(network, input, 1);
    many = Request.of(network, input, Request.MOST);
  }

  @TearDown(Level.Trial)
  public void close() {
    loaded.close();
  }

  /** Time of a request of one image. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Object one() {
    return loaded.answer(one);
  }

  /** The same with four threads at once. */
  @Benchmark
  @Threads(4)
  @BenchmarkMode({Mode.SampleTime, Mode.Throughput})
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Object oneFromEachOfFourThreads() {
    return loaded.answer(one);
  }

  /** Images per second in requests of 64. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OperationsPerInvocation(Request.MOST)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public Object sixtyFour() {
    return loaded.answer(many);
  }
}
