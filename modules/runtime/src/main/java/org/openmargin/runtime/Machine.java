package org.openmargin.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * This machine and this process, as Linux reports them; on other systems most values are empty.
 *
 * @param cpuInfo lines of /proc/cpuinfo
 * @param memInfo lines of /proc/meminfo
 * @param status lines of /proc/self/status
 */
public record Machine(List<String> cpuInfo, List<String> memInfo, List<String> status) {
  /** Vector instructions that determine the speed of convolutions. */
  private static final List<String> FEATURES =
      List.of(
          "avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_tile");

  public Machine {
    cpuInfo = List.copyOf(cpuInfo);
    memInfo = List.copyOf(memInfo);
    status = List.copyOf(status);
  }

  public static Machine current() {
    return new Machine(
        lines(Path.of("/proc/cpuinfo")),
        lines(Path.of("/proc/meminfo")),
        lines(Path.of("/proc/self/status")));
  }

  private static List<String> lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Operating system and architecture. */
  public String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  /** Model name of the processor, or its architecture where the system does not report one. */
  public String processor() {
    var name = value(cpuInfo, "model name");
    return name.isEmpty() ? System.getProperty("os.arch") : name;
  }

  /** Cores that this process may use. */
  public int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** The processor's vector instructions that speed up convolutions. */
  public List<String> features() {
    var flags = Arrays.asList(value(cpuInfo, "flags").split(" ", -1));
    return FEATURES.stream().filter(flags::contains).toList();
  }

  /** Whether the processor has bfloat16 instructions. */
  public boolean hasBfloat16() {
    return features().contains("avx512_bf16") || features().contains("amx_bf16");
  }

  /** Memory of the machine, GiB; 0 if unknown. */
  public double memoryGib() {
    return kib(memInfo, "MemTotal") / (1 << 20);
  }

  /** Memory still available to processes, GiB; 0 if unknown. */
  public double freeMemoryGib() {
    return kib(memInfo, "MemAvailable") / (1 << 20);
  }

  /** Peak memory of this process so far, MiB; 0 if unknown. */
  public double peakMemoryMib() {
    return kib(status, "VmHWM") / (1 << 10);
  }

  private static double kib(List<String> lines, String key) {
    var kib = value(lines, key).replace("kB", "").strip();
    return kib.isEmpty() ? 0 : Double.parseDouble(kib);
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }
}
