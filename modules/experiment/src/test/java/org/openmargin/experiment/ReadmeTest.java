package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java example compiles and runs unchanged. */
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(.*?public class (\\w+).*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theJavaExampleRuns() throws Exception {
    var readme = Files.readString(Path.of("../../README.md"));
    var example = EXAMPLE.matcher(readme);
    assertThat(example.find()).as("README.md has a Java example").isTrue();
    var source = folder.resolve(example.group(2) + ".java");
    Files.writeString(source, example.group(1));
    var classes = Files.createDirectory(folder.resolve("classes"));
    var errors = new ByteArrayOutputStream();
    var status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-d", classes.toString(), source.toString());
    assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    var printed = run(classes, example.group(2), List.of(tiny(), image(), work()));
    assertThat(printed).contains("AUROC").contains("unknown score");
    assertThat(folder.resolve("work/savedmodels/tiny/1/saved_model.pb")).exists();
  }

  private static String run(Path classes, String name, List<String> arguments)
      throws IOException, ReflectiveOperationException {
    var out = System.out;
    var printed = new ByteArrayOutputStream();
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass(name)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
    } catch (InvocationTargetException e) {
      throw new AssertionError("the example failed", e.getCause());
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String tiny() {
    return "../../proto/experiments/synthetic/tiny.textproto";
  }

  private String image() throws IOException {
    var file = folder.resolve("cell.png");
    var image = new java.awt.image.BufferedImage(40, 50, java.awt.image.BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", file.toFile());
    return file.toString();
  }

  private String work() {
    return folder.resolve("work").toString();
  }
}
