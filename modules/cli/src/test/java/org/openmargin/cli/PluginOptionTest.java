package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** {@code --plugin} with files that are no plugins. */
class PluginOptionTest {
  private static final String SERVICE = "META-INF/services/org.openmargin.experiment.plugin.Plugin";

  @TempDir Path folder;

  private void refused(String message, Object... jars) {
    var arguments = new Object[3 + 2 * jars.length];
    arguments[0] = "config";
    arguments[1] = "validate";
    arguments[2] = CommandLineRun.TINY;
    for (var i = 0; i < jars.length; i++) {
      arguments[3 + 2 * i] = "--plugin";
      arguments[4 + 2 * i] = jars[i];
    }
    var run = CommandLineRun.of(arguments);
    assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains(message).doesNotContain("internal error");
    assertThat(run.err().lines()).hasSize(1);
  }

  private Path zip(String entry, String text) throws IOException {
    var file = folder.resolve("plugin.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void aMissingFileAndAFileThatIsNoJarAreBothNamed() throws IOException {
    var text = Files.writeString(folder.resolve("text.jar"), "not a zip");
    refused("none.jar: there is no such file", folder.resolve("none.jar"), text);
    refused("text.jar is not a jar", folder.resolve("none.jar"), text);
    refused("is not a jar", folder);
  }

  @Test
  void aJarWithoutAPluginIsNamed() throws IOException {
    refused("holds no plugin: it has no " + SERVICE, zip("Other.class", ""));
  }

  @Test
  void aPluginThatCannotBeLoadedIsNamed() throws IOException {
    refused("a plugin cannot be loaded", zip(SERVICE, "com.example.Missing\n"));
  }
}
