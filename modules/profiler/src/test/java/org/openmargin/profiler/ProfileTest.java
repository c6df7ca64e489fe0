package org.openmargin.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.profiler.HandMade.CPU;
import static org.openmargin.profiler.HandMade.GPU;
import static org.openmargin.profiler.HandMade.KERNELS;
import static org.openmargin.profiler.HandMade.device;
import static org.openmargin.profiler.HandMade.graph;
import static org.openmargin.profiler.HandMade.kernel;
import static org.openmargin.profiler.HandMade.node;
import static org.openmargin.profiler.HandMade.nodeDef;
import static org.openmargin.profiler.HandMade.profile;
import static org.openmargin.profiler.HandMade.profileOfCpu;
import static org.openmargin.profiler.HandMade.stats;
import static org.openmargin.profiler.HandMade.with;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openmargin.profiler.Profile.DeviceCopy;
import org.openmargin.profiler.Profile.DeviceNodes;
import org.openmargin.profiler.Profile.DeviceWork;
import org.openmargin.profiler.Profile.GroupTime;
import org.openmargin.profiler.Profile.Misplaced;
import org.openmargin.profiler.Profile.OperationTime;
import org.openmargin.profiler.Profile.Phase;

/** The analysis on statistics whose results can be worked out by hand. */
class ProfileTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private static DeviceWork only(Profile profile) {
    assertThat(profile.devices()).hasSize(1);
    return profile.devices().get(0);
  }

  private static double millis(DeviceWork work, String node) {
    return work.operations().stream()
        .filter(operation -> operation.name().equals(node))
        .mapToDouble(OperationTime::millis)
        .sum();
  }

  @Test
  void whatOverlapsIsBusyTwiceAndActiveOnce() {
    var profile = profileOfCpu(node("a", "Conv2D", 0, 0, 10), node("b", "Conv2D", 0, 5, 15));
    var work = only(profile);
    assertThat(work.device()).isEqualTo("CPU:0");
    assertThat(work.use().busyMillis()).isEqualTo(20, EXACT);
    assertThat(work.use().activeMillis()).isEqualTo(15, EXACT);
    assertThat(work.use().idleMillis()).isZero();
    assertThat(work.use().parallelism()).isEqualTo(20.0 / 15, EXACT);
    assertThat(profile.window().startMillis()).isEqualTo(1, EXACT);
    assertThat(profile.window().operationMillis()).isEqualTo(15, EXACT);
    assertThat(profile.window().hostIdleMillis()).isZero();
  }

  @Test
  void operationsAndTypesAreSortedByTheirTimeAndSharesAddUp() {
    var work =
        only(
            profileOfCpu(
                node("a", "Relu", 0, 0, 2),
                node("b", "Conv2D", 0, 2, 5),
                node("c", "Conv2D", 0, 5, 8)));
    assertThat(work.operations()).extracting(OperationTime::name).containsExactly("b", "c", "a");
    assertThat(work.operations())
        .extracting(OperationTime::share)
        .containsExactly(0.375, 0.375, 0.25);
    assertThat(work.types()).extracting(GroupTime::name).containsExactly("Conv2D", "Relu");
    assertThat(work.types().get(0).callsPerStep()).isEqualTo(2);
    assertThat(work.types().get(0).millis()).isEqualTo(6, EXACT);
    assertThat(work.types().get(0).share()).isEqualTo(0.75, EXACT);
  }

  @Test
  void timesAreMeansOverTheSteps() {
    var profile =
        profile(
            stats(device(CPU, node("a", "Mul", 0, 0, 2), node("a", "Mul", 0, 2, 3))),
            stats(device(CPU, node("a", "Mul", 0, 0, 5), node("b", "Add", 0, 7, 8))));
    var work = only(profile);
    assertThat(work.operations().get(0).callsPerStep()).isEqualTo(1.5);
    assertThat(work.operations().get(0).millis()).isEqualTo(4, EXACT);
    assertThat(work.operations().get(1).callsPerStep()).isEqualTo(0.5);
    assertThat(work.use().idleMillis()).isEqualTo(1, EXACT);
  }

  @Test
  void aGapIsWhereNoThreadWorks() {
    var work =
        only(
            profileOfCpu(
                node("a", "Mul", 1, 0, 4),
                node("b", "Mul", 2, 1, 6),
                node("c", "Mul", 1, 9, 10),
                node("d", "Mul", 2, 11, 12)));
    assertThat(work.use().idleMillis()).isEqualTo(4, EXACT);
  }

  @Test
  void waitingForAnotherDeviceIsNotWork() {
    var work = only(profileOfCpu(node("a", "Mul", 0, 0, 1), node("recv", "_Recv", 0, 0, 9)));
    assertThat(millis(work, "recv")).isZero();
    assertThat(work.use().activeMillis()).isEqualTo(1, EXACT);
    assertThat(work.use().idleMillis()).isEqualTo(8, EXACT);
  }

  @Test
  void theStartOfAGraphIsNotAnOperation() {
    var profile = profileOfCpu(node("_SOURCE", "NoOp", 0, 0, 1), node("a", "Mul", 0, 3, 4));
    assertThat(only(profile).operations()).extracting(OperationTime::name).containsExactly("a");
    assertThat(profile.window().startMillis()).isEqualTo(4, EXACT);
  }

  /** One kernel of 3 ms and a copy of 1 ms, which the GPU reports per stream and in total. */
  private static Profile onGpu(double tracerClock) {
    var conv = kernel("net/conv:Conv2D", tracerClock + 2, tracerClock + 3, tracerClock + 6);
    var copy = kernel("MemcpyH2D", tracerClock + 1, tracerClock + 1, tracerClock + 2);
    return profile(
        stats(
            device(CPU, node("pack", "Pack", 0, 0, 1)),
            device(GPU, node("net/conv", "Conv2D", 0, 2, 2.5)),
            device("/device:GPU:0/stream:13", conv),
            device(KERNELS, conv),
            device("/device:GPU:0/stream:14<MemcpyH2D>", copy),
            device("/device:GPU:0/memcpy", copy),
            device(
                "/device:GPU:0/sync",
                kernel("cuStreamSynchronize", 0, tracerClock, tracerClock + 9))));
  }

  @Test
  void kernelsOfAGpuAreCountedOnceAndApartFromTheirLaunch() {
    var devices = onGpu(0).devices();
    assertThat(devices)
        .extracting(DeviceWork::device)
        .containsExactly("GPU:0", "CPU:0", "GPU:0 launch");
    assertThat(devices.get(0).use().busyMillis()).isEqualTo(4, EXACT);
    assertThat(devices.get(0).operations())
        .extracting(OperationTime::name)
        .containsExactly("net/conv", "MemcpyH2D");
    assertThat(devices.get(0).operations().get(0).type()).isEqualTo("Conv2D");
    assertThat(devices.get(1).use().busyMillis()).isEqualTo(1, EXACT);
    assertThat(devices.get(2).use().busyMillis()).isEqualTo(0.5, EXACT);
  }

  @Test
  void tracerTimesAreShiftedToTheCpusClock() {
    var absolute = HandMade.BEGIN / 1e3;
    for (var profile : List.of(onGpu(0), onGpu(absolute))) {
      // 0 to 6 ms: the CPU works in 0-1 and 2-2.5, the GPU in 1-2 and 3-6.
      assertThat(profile.window().operationMillis()).isEqualTo(6, within(1e-3));
      assertThat(profile.window().hostIdleMillis()).isEqualTo(4.5, within(1e-3));
      assertThat(profile.devices().get(0).use().idleMillis()).isEqualTo(2, within(1e-3));
    }
  }

  @Test
  void aGpuWithoutKernelTimesIsRemarkedOn() {
    var profile = profile(stats(device(GPU, node("a", "Mul", 0, 0, 1))));
    assertThat(profile.remarks()).singleElement().asString().contains("GPU:0", "libcupti.so.12");
    assertThat(onGpu(0).remarks()).singleElement().asString().contains("whole microseconds");
  }

  @Test
  void stepsWithoutStatisticsAreRemarkedOn() {
    var profile = profile(stats(), stats(device(CPU, node("a", "Mul", 0, 0, 3))));
    assertThat(profile.remarks())
        .singleElement()
        .asString()
        .contains("nothing about 1 traced step");
    assertThat(only(profile).use().busyMillis()).isEqualTo(3, EXACT);
    assertThat(profile(stats()).devices()).isEmpty();
  }

  @Test
  void paceSaysHowMuchTracingSlows() {
    var pace = profileOfCpu(node("a", "Mul", 0, 0, 1)).pace();
    assertThat(pace.imagesPerSecond()).isEqualTo(2000, EXACT);
    assertThat(pace.slowdown()).isEqualTo(1.25, EXACT);
  }

  @Test
  void onlyAGpuMakesTheCpuTheWrongPlace() {
    var onCpu = nodeDef(CPU, "shuffle", "RandomShuffle");
    var fed = nodeDef(CPU, "_arg_x", "_Arg");
    var recv =
        with(
            with(with(nodeDef(GPU, "recv", "_Recv"), "send_device", CPU), "recv_device", GPU),
            "tensor_name",
            "edge_1_shuffle");
    var step = stats(device(CPU, node("shuffle", "RandomShuffle", 0, 0, 3)));
    var placement =
        HandMade.steps(List.of(graph(fed, onCpu), graph(recv)), step).profile().placement();
    assertThat(placement.nodes())
        .containsExactly(new DeviceNodes("CPU:0", 2), new DeviceNodes("GPU:0", 1));
    assertThat(placement.nodeCount()).isEqualTo(3);
    assertThat(placement.misplaced()).containsExactly(new Misplaced("shuffle", "RandomShuffle", 3));
    assertThat(placement.copies())
        .containsExactly(new DeviceCopy("edge_1_shuffle", "CPU:0", "GPU:0"));

    var without = HandMade.steps(List.of(graph(fed, onCpu)), step).profile().placement();
    assertThat(without.misplaced()).isEmpty();
    assertThat(without.copies()).isEmpty();
  }

  @Test
  void timesAreGroupedByLayerAndPhase() {
    var graph =
        graph(
            with(nodeDef(CPU, "net.conv.kernel", "VarHandleOp"), "shared_name", "net.conv.kernel"),
            nodeDef(CPU, "net.conv.kernel.value", "ReadVariableOp", "net.conv.kernel"),
            nodeDef(CPU, "net/conv/Conv2d", "_MklNativeConv2D", "x", "net.conv.kernel.value"),
            nodeDef(CPU, "Gradients/F", "Conv2DBackpropFilter", "x", "net/conv/Conv2d"),
            nodeDef(CPU, "Apply", "ResourceApplyAdam", "net.conv.kernel", "Gradients/F"));
    var step =
        stats(
            device(
                CPU,
                node("net/conv/Conv2d", "Conv2D", 0, 0, 4),
                node("Gradients/F", "Conv2DBackpropFilter", 0, 4, 7),
                node("Apply", "ResourceApplyAdam", 0, 7, 9)));
    var work = only(HandMade.steps(List.of(graph), step).profile());
    assertThat(work.layers()).singleElement().extracting(GroupTime::name).isEqualTo("net.conv");
    var byPhase = work.layers().get(0).byPhase();
    assertThat(byPhase.forwardMillis()).isEqualTo(4, EXACT);
    assertThat(byPhase.backwardMillis()).isEqualTo(3, EXACT);
    assertThat(byPhase.updateMillis()).isEqualTo(2, EXACT);
    assertThat(work.operations().get(0).type()).isEqualTo("_MklNativeConv2D");
    assertThat(work.operations())
        .extracting(OperationTime::phase)
        .containsExactly(Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE);
  }

  @Test
  void settingsThatMeasureNothingAreRefused() {
    assertThatThrownBy(() -> new ProfileSettings(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 200 steps");
    assertThatThrownBy(() -> new ProfileSettings(-1, 5)).hasMessageContaining("warm-up");
    assertThatThrownBy(() -> new ProfileSettings(0, 201)).hasMessageContaining("not 201");
  }
}
