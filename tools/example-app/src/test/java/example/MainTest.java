package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path work;

  @Test
  void itTrainsEvaluatesExportsAndClassifies() throws Exception {
    var printed = new ByteArrayOutputStream();
    var report = Main.run(work, new PrintStream(printed, true, StandardCharsets.UTF_8));
    var lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(report.getAcc() > 0.8, "three kinds of shapes are told apart: " + report.getAcc());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("epoch 1 of 6: loss ")));
    assertEquals(8, lines.stream().filter(line -> line.contains(", unknown score ")).count());
    assertTrue(Files.exists(work.resolve("savedmodels/shapes/1/saved_model.pb")));
  }
}
