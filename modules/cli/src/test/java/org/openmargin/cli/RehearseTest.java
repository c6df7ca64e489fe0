package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** What {@code rehearse} refuses before it trains. */
class RehearseTest {
  @TempDir private Path folder;

  private CommandLineRun rehearse(Object... more) throws IOException {
    var grid = folder.resolve("grid.textproto");
    Files.writeString(grid, "training { name: 'one' } scoring { name: 'own' }");
    var arguments = new ArrayList<Object>(List.of("rehearse", CommandLineRun.TINY));
    arguments.addAll(List.of("--grid", grid));
    arguments.addAll(List.of("--work", folder.resolve("work")));
    arguments.addAll(List.of("--set", "data.synthetic_cells.train_images_per_class=80"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray());
  }

  private void refuses(String message, Object... arguments) throws IOException {
    var result = rehearse(arguments);
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCodes.USAGE);
    assertThat(result.errors()).anyMatch(line -> line.contains(message));
    assertThat(folder.resolve("work")).doesNotExist();
  }

  @Test
  void wrongArgumentsAreNamed() throws IOException {
    refuses("--folds is 0", "--folds", 0);
    refuses("--seeds needs one or more different numbers", "--seeds", "1,1");
    refuses("must be NAME: PATH=VALUE", "--candidate", "training.epochs=2");
    refuses("training.epocs", "--candidate", "long: training.epocs=2");
    refuses("there is no training 99", "--index", 99);
    refuses("--parallel is 0", "--parallel", 0);
    refuses("known_classes", "--set", "data.known_classes=[1]");
  }

  @Test
  void theChoiceOfAnotherRehearsalIsNotReplaced() throws Exception {
    var out = Files.writeString(folder.resolve("mine.textproto"), "mine");
    refuses("mine.textproto exists", "--out", out);
    assertThat(out).hasContent("mine");
  }
}
