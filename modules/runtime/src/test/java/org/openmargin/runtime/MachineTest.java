package org.openmargin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void knowsTheInstructionsThatMatter() {
    var machine =
        new Machine(
            List.of(
                "model name\t: Some CPU @ 2 GHz",
                "flags\t\t: fpu avx avx2 avx512f avx512_bf16 sse"),
            List.of("MemTotal:       16777216 kB", "MemAvailable:    8388608 kB"),
            List.of("VmPeak:\t 9000 kB", "VmHWM:\t    3072 kB"));
    assertThat(machine.processor()).isEqualTo("Some CPU @ 2 GHz");
    assertThat(machine.features()).containsExactly("avx", "avx2", "avx512f", "avx512_bf16");
    assertThat(machine.hasBfloat16()).isTrue();
    assertThat(machine.memoryGib()).isEqualTo(16);
    assertThat(machine.freeMemoryGib()).isEqualTo(8);
    assertThat(machine.peakMemoryMib()).isEqualTo(3);
  }

  @Test
  void valuesThatTheSystemDoesNotReportAreEmpty() {
    var machine = new Machine(List.of(), List.of(), List.of());
    assertThat(machine.processor()).isEqualTo(System.getProperty("os.arch"));
    assertThat(machine.features()).isEmpty();
    assertThat(machine.hasBfloat16()).isFalse();
    assertThat(machine.memoryGib()).isZero();
    assertThat(machine.freeMemoryGib()).isZero();
    assertThat(machine.peakMemoryMib()).isZero();
  }
}
