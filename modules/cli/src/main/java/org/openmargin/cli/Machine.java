package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux says of this machine; empty texts on other systems.
 *
 * @param cpuInfo lines of /proc/cpuinfo
 * @param memInfo lines of /proc/meminfo
 */
record Machine(List<String> cpuInfo, List<String> memInfo) {
  /** What decides how fast convolutions are. */
  private static final List<String> FEATURES =
      List.of(
          "avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_tile");

  /** Copies the lists. */
  Machine {
    cpuInfo = List.copyOf(cpuInfo);
    memInfo = List.copyOf(memInfo);
  }

  static Machine thisOne() {
    return new Machine(lines(Path.of("/proc/cpuinfo")), lines(Path.of("/proc/meminfo")));
  }

  private static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The vector instructions that it has, of those that matter. */
  List<String> features() {
    var flags = Arrays.asList(value(cpuInfo, "flags").split(" ", -1));
    return FEATURES.stream().filter(flags::contains).toList();
  }

  /** Whether bfloat16 has instructions of its own. */
  boolean hasBfloat16() {
    return features().contains("avx512_bf16") || features().contains("amx_bf16");
  }

  /** Memory of the machine, GiB; 0 where it is not told. */
  double memoryGib() {
    return gib("MemTotal");
  }

  /** Memory that processes can still get, GiB; 0 where it is not told. */
  double freeMemoryGib() {
    return gib("MemAvailable");
  }

  private double gib(String key) {
    var kib = value(memInfo, key).replace("kB", "").strip();
    return kib.isEmpty() ? 0 : Double.parseDouble(kib) / (1 << 20);
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }
}
