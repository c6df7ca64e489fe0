package org.openmargin.inference.archive;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.Folders;

/**
 * The shards of a file of answers, in a folder beside it. Each file appears in one rename, so what
 * is there is whole, whenever the process was killed.
 *
 * @param out the file of answers, or the folder of Parquet files
 */
record ShardFolder(Path out) {
  private static final Gson GSON = new Gson();
  private static final String PLAN = "plan.txt";
  private static final String FILES = "files.txt";

  /** All shards, shortly before they are published. */
  private static final String WHOLE = "whole";

  /** Tells readers of the folder that nothing is missing. */
  private static final String DONE = "_SUCCESS";

  Path path() {
    return out.resolveSibling(out.getFileName() + ".parts");
  }

  Path lock() {
    return path().resolve(".lock");
  }

  private Path shard(int number) {
    return path().resolve("%06d".formatted(number));
  }

  boolean has(int number) {
    return Files.exists(shard(number));
  }

  void write(int number, byte[] answers) throws IOException {
    AtomicFile.write(shard(number), stream -> stream.write(answers));
  }

  /** Whether a run was begun here. */
  boolean begun() {
    return Files.exists(path().resolve(PLAN));
  }

  /** The list is written first: a folder with a plan has a list. */
  void begin(ScoringPlan plan, List<Path> files) throws IOException {
    AtomicTextFile.write(
        path().resolve(FILES),
        writer -> {
          for (var file : files) {
            writer.write(GSON.toJson(file.toString()) + "\n");
          }
        });
    AtomicTextFile.write(path().resolve(PLAN), writer -> writer.write(plan.text()));
  }

  /**
   * @throws DataException if another run was begun here
   */
  void requireSame(ScoringPlan plan) throws IOException {
    var old = Files.readString(path().resolve(PLAN));
    if (!old.equals(plan.text())) {
      throw new DataException(
          "%s holds shards of another run; name another file, or delete that folder:%nthen %s%nnow  %s"
              .formatted(path(), line(old), line(plan.text())));
    }
  }

  /** The files of the run that was begun: those of a folder may have changed since. */
  List<Path> files() throws IOException {
    try (var lines = Files.lines(path().resolve(FILES))) {
      return lines.map(line -> Path.of(GSON.fromJson(line, String.class))).toList();
    }
  }

  private static String line(String plan) {
    return String.join(", ", plan.lines().toList());
  }

  /** Joins the shards in order, and deletes them. */
  void finish(ScoringPlan plan, int shards) throws IOException {
    if (plan.format() == AnswerFormat.PARQUET) {
      publish(shards);
    } else {
      join(plan, shards);
    }
    delete();
  }

  /** A folder with the names that Spark gives; copied, so that a shard is never missing here. */
  private void publish(int shards) throws IOException {
    var whole = path().resolve(WHOLE);
    Folders.delete(whole);
    Files.createDirectory(whole);
    for (var number = 0; number < shards; number++) {
      Files.copy(shard(number), whole.resolve("part-%05d.parquet".formatted(number)));
    }
    Files.createFile(whole.resolve(DONE));
    Folders.publish(whole, out);
  }

  private void join(ScoringPlan plan, int shards) throws IOException {
    AtomicFile.write(
        out,
        stream -> {
          stream.write(plan.format().header().getBytes(StandardCharsets.UTF_8));
          for (var number = 0; number < shards; number++) {
            Files.copy(shard(number), stream);
          }
        });
  }

  /** The plan goes last: a folder that is half deleted is still known as this run's. */
  void delete() throws IOException {
    try (var children = Files.list(path())) {
      for (var child : children.filter(file -> !file.endsWith(PLAN)).toList()) {
        Folders.delete(child);
      }
    }
    Folders.delete(path());
  }
}
