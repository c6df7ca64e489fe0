package org.openmargin.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.openmargin.files.Folders;
import org.openmargin.files.log.ChainedLog;

/**
 * Whole files to begin with.
 *
 * @param folder where they are written
 */
record FuzzSeeds(Path folder) {
  /** Below these, resources of other modules' tests. */
  private static final Path MODULES = CommandLineRun.REPOSITORY.resolve("modules");

  List<FuzzFormat.Seed> texts(String below) throws IOException {
    return seeds(CommandLineRun.REPOSITORY.resolve(below), ".*\\.textproto");
  }

  List<FuzzFormat.Seed> files(String below, String suffix) throws IOException {
    return seeds(MODULES.resolve(below), ".*\\." + suffix);
  }

  private List<FuzzFormat.Seed> seeds(Path below, String name) throws IOException {
    var seeds = new ArrayList<FuzzFormat.Seed>();
    try (var tree = Files.walk(below)) {
      for (var file : tree.filter(f -> f.toString().matches(name)).sorted().toList()) {
        seeds.add(
            seed(below.relativize(file).toString().replace('/', '-'), Files.readAllBytes(file)));
      }
    }
    return seeds;
  }

  private FuzzFormat.Seed seed(String name, byte[] bytes) throws IOException {
    return new FuzzFormat.Seed(Files.write(folder.resolve(name), bytes), bytes);
  }

  List<FuzzFormat.Seed> drawn() throws IOException {
    var seeds = new ArrayList<FuzzFormat.Seed>();
    for (var format : List.of("png", "jpg", "gif", "bmp", "tiff")) {
      seeds.add(seed("drawn." + format, DrawnImages.noise(20, format, 1)));
    }
    return seeds;
  }

  List<FuzzFormat.Seed> manifests() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    var comma = new StringBuilder("path,label,split,patient_id\n");
    var semicolon = new StringBuilder("\uFEFFfile;class;part\r\n");
    for (var i = 0; i < 12; i++) {
      var file = "images/%d.png".formatted(i);
      Files.write(folder.resolve(file), DrawnImages.noise(16, "png", i));
      var split = List.of("train", "validation", "test").get(i % 3);
      comma.append("%s,\"c %d\",%s,p%d%n".formatted(file, i % 2, split, i));
      semicolon.append("%s;c%d;%s\r\n".formatted(file, i % 2, split));
    }
    return List.of(
        seed("comma.csv", comma.toString().getBytes(StandardCharsets.UTF_8)),
        seed("semicolon.csv", semicolon.toString().getBytes(StandardCharsets.UTF_8)));
  }

  List<FuzzFormat.Seed> answers() throws IOException {
    var random = new Random(3);
    var few = new StringBuilder("label,prediction,score\n");
    var many = new StringBuilder("id;label;prediction;unknown_score\n");
    for (var i = 0; i < 40; i++) {
      var label = i % 4 - 1;
      few.append("%d,%d,%.4f%n".formatted(label, i % 3, random.nextDouble()));
      many.append("i%d;%d;%d;%.4f%n".formatted(i, label, i % 3, random.nextDouble()));
    }
    return List.of(
        seed("few-answers.csv", few.toString().getBytes(StandardCharsets.UTF_8)),
        seed("many-answers.csv", many.toString().getBytes(StandardCharsets.UTF_8)));
  }

  List<FuzzFormat.Seed> auditLog() throws IOException {
    var file = folder.resolve("audit.jsonl");
    var log = new ChainedLog(file, Optional.empty());
    for (var i = 0; i < 5; i++) {
      log.append(List.of(new LinkedHashMap<>(Map.of("input", "i" + i))));
    }
    return List.of(new FuzzFormat.Seed(file, Files.readAllBytes(file)));
  }

  List<FuzzFormat.Seed> safetensors() throws IOException {
    var header =
        "{\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},\"fc.bias\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[24,32]},\"__metadata__\":{\"format\":\"pt\"}}";
    var bytes =
        ByteBuffer.allocate(8 + header.length() + 32)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length())
            .put(header.getBytes(StandardCharsets.UTF_8));
    return List.of(seed("weights.safetensors", bytes.array()));
  }

  static List<FuzzFormat.Seed> tree(Path folder, Predicate<String> names) throws IOException {
    var seeds = new ArrayList<FuzzFormat.Seed>();
    try (var tree = Files.walk(folder)) {
      for (var file : tree.filter(Files::isRegularFile).sorted().toList()) {
        if (names.test(folder.relativize(file).toString()) && !file.endsWith("lock")) {
          seeds.add(new FuzzFormat.Seed(file, Files.readAllBytes(file)));
        }
      }
    }
    return seeds;
  }

  /** Replaces what is there, so that the same seeds are found however often they are. */
  static Path copy(Path from, Path to) throws IOException {
    Folders.delete(to);
    try (var tree = Files.walk(from)) {
      for (var file : tree.toList()) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }
}
