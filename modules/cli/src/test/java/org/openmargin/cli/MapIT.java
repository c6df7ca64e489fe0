package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** {@code openmargin map} on drawn cells. */
class MapIT {
  @TempDir private static Path folder;
  private static CommandLineRun mapped;

  @BeforeAll
  static void trainAndMap() {
    var trained = CommandLineRun.of("train", CommandLineRun.TINY, "--run", run());
    assertThat(trained.code()).as(trained.err()).isZero();
    mapped = CommandLineRun.of("map", run());
    assertThat(mapped.code()).as(mapped.err()).isZero();
  }

  private static Path run() {
    return folder.resolve("tiny");
  }

  private static Path file(String name) {
    return run().resolve("map").resolve(name);
  }

  private static JsonObject distances() throws IOException {
    return JsonParser.parseString(Files.readString(file("distances.json"))).getAsJsonObject();
  }

  @Test
  void everyFileIsThere() {
    assertThat(Tree.of(run().resolve("map")))
        .contains(
            "distances.json",
            "embeddings.csv",
            "metadata.tsv",
            "pca.svg",
            "projector_config.pbtxt",
            "sprite.png",
            "tensors.tsv",
            "tsne.svg")
        .noneMatch(name -> name.endsWith(".tmp"));
    assertThat(mapped.out())
        .contains("cosine distance", "euclidean distance", "silhouette", file("tsne.svg") + ", ");
  }

  @Test
  void scoresAndPredictionsAreThoseOfTheEvaluation() throws IOException {
    var evaluated = new HashMap<String, List<String>>();
    for (var line : Files.readAllLines(run().resolve("predictions.csv"))) {
      var fields = List.of(line.split(",", -1));
      evaluated.put(fields.get(0), fields);
    }
    var points =
        Files.readAllLines(file("embeddings.csv")).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .toList();
    assertThat(points).hasSize(evaluated.size() - 1 + 4);
    for (var point : points.subList(0, points.size() - 4)) {
      var expected = evaluated.get(point[0]);
      assertThat(point[1]).isEqualTo(expected.get(2));
      assertThat(point[2]).isEqualTo(expected.get(1).equals("-1") ? "unknown" : "known");
      assertThat(point[3]).isEqualTo(expected.get(4));
      assertThat(point[4]).isEqualTo(expected.get(5));
    }
    assertThat(points.subList(points.size() - 4, points.size()))
        .allMatch(point -> point[0].startsWith("prototype/") && point[2].equals("prototype"));
  }

  @Test
  void distancesAreConsistent() throws IOException {
    var json = distances();
    assertThat(json.get("space").getAsString()).isEqualTo("normalized");
    assertThat(json.get("prototypes").getAsInt()).isEqualTo(4);
    assertThat(json.getAsJsonObject("tsne").get("klDivergence").getAsDouble()).isPositive();
    var cosine = json.getAsJsonObject("distances").getAsJsonObject("cosine");
    assertThat(cosine.getAsJsonArray("known")).hasSize(4);
    assertThat(cosine.getAsJsonArray("unknown")).hasSize(4);
    var sum = 0.0;
    var images = 0;
    for (var known : cosine.getAsJsonArray("known")) {
      var count = known.getAsJsonObject().get("images").getAsInt();
      sum += count * known.getAsJsonObject().get("toOwnMean").getAsDouble();
      images += count;
    }
    var within = cosine.getAsJsonObject("totals").get("toOwnMean").getAsDouble();
    assertThat(sum / images).isCloseTo(within, within(1e-12));
    var smallest = cosine.getAsJsonObject("means").get("smallest").getAsDouble();
    assertThat(cosine.getAsJsonObject("ratios").get("meansToWithin").getAsDouble())
        .isCloseTo(smallest / within, within(1e-12));
  }

  @Test
  void theSameAgainIsEqual() throws IOException {
    var before = Map.of("embeddings.csv", Files.readString(file("embeddings.csv")));
    assertThat(CommandLineRun.of("map", run()).code()).isZero();
    assertThat(file("embeddings.csv")).hasContent(before.get("embeddings.csv"));
  }

  @Test
  void anotherSpaceLeavesPrototypesOutAndSaysSo() throws IOException {
    var other = folder.resolve("other");
    copy(other);
    var result = CommandLineRun.of("map", other, "--space", "embedding", "--per-class", 5);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("prototypes skipped", "--space normalized", "using perplexity 13.0 (default 30");
    assertThat(Files.readAllLines(other.resolve("map/embeddings.csv"))).hasSize(41);
  }

  private static void copy(Path target) throws IOException {
    for (var name : Tree.of(run())) {
      var from = run().resolve(name);
      if (Files.isDirectory(from)) {
        Files.createDirectories(target.resolve(name));
      } else {
        Files.createDirectories(target.resolve(name).getParent());
        Files.copy(from, target.resolve(name));
      }
    }
  }

  @Test
  void whatCannotBeMappedIsSaid() {
    assertThat(CommandLineRun.of("map", run(), "--perplexity", 1000).errors())
        .singleElement()
        .asString()
        .contains("--perplexity 1000.0", "points it must be from 2.0 to ");
    assertThat(CommandLineRun.of("map", run(), "--per-class", 1))
        .satisfies(r -> assertThat(r.code()).isEqualTo(ExitCodes.USAGE))
        .extracting(CommandLineRun::err)
        .asString()
        .contains("at least 2 images per class");
    assertThat(CommandLineRun.of("map", folder.resolve("nothing")).code())
        .isEqualTo(ExitCodes.USAGE);
  }
}
