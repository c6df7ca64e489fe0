package org.openmargin.trainer;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.openmargin.files.Sha256;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.Checkpoint.Losses;
import org.openmargin.trainer.Checkpoint.State;

/**
 * The file {@code state.properties} of a checkpoint: the state, a checksum (CRC-32C) of every other
 * file, and a digest (SHA-256) of both, so that no changed bit is taken for a state.
 *
 * @param folder of the checkpoint; its name says the step
 */
record StateFile(Path folder, Map<String, String> entries) {
  static final String NAME = "state.properties";
  static final String FOLDER_PREFIX = "step-";
  private static final String FILE_PREFIX = "file.";
  private static final String DIGEST = "digest";
  private static final int BUFFER_BYTES = 1 << 20;
  private static final Set<String> EARLIER_ENTRIES =
      Set.of("step", "epoch", "validation_accuracy", "best_step", "best_validation_accuracy");

  static String folderName(long step) {
    return FOLDER_PREFIX + String.format(Locale.ROOT, "%08d", step);
  }

  /** Writes the state of a folder whose other files are complete. */
  static void write(Path folder, State state) throws IOException {
    var entries = entries(state);
    for (var file : files(folder)) {
      entries.put(FILE_PREFIX + file.getFileName(), checksum(file));
    }
    var properties = new Properties();
    properties.putAll(entries);
    properties.setProperty(DIGEST, digest(entries));
    try (var out = Files.newBufferedWriter(folder.resolve(NAME), StandardCharsets.ISO_8859_1)) {
      properties.store(out, null);
    }
  }

  /**
   * @throws Damage if the file is missing, damaged, or that of another folder
   * @throws IOException if it cannot be read
   */
  static StateFile of(Path folder) throws IOException {
    var entries = read(folder);
    var digest = entries.remove(DIGEST);
    if (digest == null && isOfEarlierVersion(entries)) {
      throw Damage.ofEarlierVersion(folder);
    }
    if (!digest(entries).equals(digest)) {
      throw new Damage(folder, NAME + " does not have its own digest");
    }
    var read = new StateFile(folder, entries);
    if (!folder.getFileName().toString().equals(folderName(read.whole("step")))) {
      throw new Damage(folder, NAME + " is that of step " + entries.get("step"));
    }
    return read;
  }

  /** Earlier versions wrote these five, and neither checksums nor a digest. */
  private static boolean isOfEarlierVersion(Map<String, String> entries) {
    return entries.keySet().equals(EARLIER_ENTRIES);
  }

  private static Map<String, String> read(Path folder) throws IOException {
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve(NAME), StandardCharsets.ISO_8859_1)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      throw new Damage(folder, NAME + " is missing");
    } catch (IllegalArgumentException e) {
      throw new Damage(folder, NAME + " is no list of properties");
    }
    var entries = new TreeMap<String, String>();
    properties.forEach((key, value) -> entries.put(key.toString(), value.toString()));
    return entries;
  }

  State state() {
    return new State(
        whole("step"),
        (int) whole("epoch"),
        real("validation_accuracy"),
        new Best(whole("best_step"), real("best_validation_accuracy")),
        new Losses(real("loss_sum"), mark("log"), mark("validation")));
  }

  /**
   * @throws Damage if a file is missing or has another checksum
   * @throws IOException if one cannot be read
   */
  void requireFiles() throws IOException {
    for (var entry : entries.entrySet()) {
      if (entry.getKey().startsWith(FILE_PREFIX)) {
        var name = entry.getKey().substring(FILE_PREFIX.length());
        var file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !checksum(file).equals(entry.getValue())) {
          throw new Damage(folder, name + " is not what was written");
        }
      }
    }
  }

  private static Map<String, String> entries(State state) {
    var entries = new TreeMap<String, String>();
    entries.put("step", Long.toString(state.step()));
    entries.put("epoch", Integer.toString(state.epoch()));
    entries.put("validation_accuracy", Double.toString(state.validationAccuracy()));
    entries.put("best_step", Long.toString(state.best().step()));
    entries.put("best_validation_accuracy", Double.toString(state.best().accuracy()));
    entries.put("loss_sum", Double.toString(state.losses().sum()));
    put(entries, "log", state.losses().log());
    put(entries, "validation", state.losses().validation());
    return entries;
  }

  private static void put(Map<String, String> entries, String name, Losses.Mark mark) {
    entries.put(name + "_step", Long.toString(mark.step()));
    entries.put(name + "_loss_sum", Double.toString(mark.sum()));
  }

  private Losses.Mark mark(String name) {
    return new Losses.Mark(whole(name + "_step"), real(name + "_loss_sum"));
  }

  private long whole(String key) {
    return Long.parseLong(entries.get(key));
  }

  private double real(String key) {
    return Double.parseDouble(entries.get(key));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().equals(NAME)).sorted().toList();
    }
  }

  private static String digest(Map<String, String> entries) {
    var digest = new Sha256();
    entries.forEach((key, value) -> digest.add(key).add(value));
    return digest.hex();
  }

  private static String checksum(Path file) throws IOException {
    var checksum = new CRC32C();
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (var channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        checksum.update(buffer.flip());
        buffer.clear();
      }
    }
    return "%08x".formatted(checksum.getValue());
  }

  /** The files of a checkpoint are not those that were written, or nothing says that they are. */
  static final class Damage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what is wrong with it
     */
    Damage(Path folder, String reason) {
      this("checkpoint %s is damaged: %s".formatted(folder, reason));
    }

    private Damage(String message) {
      super(message);
    }

    static Damage ofEarlierVersion(Path folder) {
      return new Damage(
          "checkpoint %s is of an earlier version of OpenMargin, which wrote no checksums: nothing says whether it is as it was written; use it with that version (provenance.json names its git_commit)"
              .formatted(folder));
    }
  }
}
