package org.openmargin.data.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.tfrecord.ImageExample;
import org.openmargin.data.tfrecord.RecordReader;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;

/**
 * The images of TFRecord files with Model Garden's keys. A file's name begins with its part: {@code
 * train.tfrecord}, {@code validation-00000-of-00128}. Classes are in the order of their numbers if
 * all images have one, else in alphabetical order; a number without a text is "class 7".
 *
 * @param files in the order of their names
 * @param repeated names that several images have; these are called after their places
 */
public record TfRecordFiles(List<Path> files, List<String> classNames, Set<String> repeated)
    implements ImageRecords {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*tfrec(?!.*[.](csv|tsv|txt|jsonl?|parquet|npz|textproto|md|py)$).*|.*-\\d+-of-\\d+");

  public TfRecordFiles {
    files = List.copyOf(files);
    classNames = List.copyOf(classNames);
    repeated = Set.copyOf(repeated);
  }

  /** Whether a file's name is that of a TFRecord file. */
  public static boolean isNamedSo(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** Whether a path is a TFRecord file, or a folder with such files. */
  public static boolean are(Path place) {
    return Files.isDirectory(place) ? !in(place).isEmpty() : isNamedSo(place);
  }

  /**
   * All that are there, read as {@link #of} does.
   *
   * @param place a file, or a folder of such files
   */
  public static TfRecordFiles at(Path place) {
    if (!Files.exists(place)) {
      throw new DataException(
          place + ": no such file or folder of TFRecord files" + PathHints.missing(place));
    }
    var files = Files.isDirectory(place) ? in(place) : List.of(place);
    if (files.isEmpty()) {
      throw new DataException(
          place
              + ": no TFRecord file in it; their names begin with their part, such as train.tfrecord or test-00000-of-00004");
    }
    return of(files);
  }

  /** The TFRecord files in a folder, in the order of their names. */
  public static List<Path> in(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.filter(file -> Files.isRegularFile(file) && isNamedSo(file)).sorted().toList();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  /**
   * Reads all files once, for the names of the classes.
   *
   * @throws DataException if a file is damaged, a record is no image with a class, or a number
   *     belongs to two names
   */
  public static TfRecordFiles of(List<Path> files) {
    var byNumber = new TreeMap<Long, String>();
    var names = new TreeSet<String>();
    var called = new HashSet<String>();
    var repeated = new HashSet<String>();
    var numbered = true;
    for (var file : files) {
      part(file);
      try (var reader = new RecordReader(file)) {
        for (var record = reader.next(); record.isPresent(); record = reader.next()) {
          var example = example(reader, record.get());
          names.add(className(example));
          if (!called.add(example.filename())) {
            repeated.add(example.filename());
          }
          numbered &= example.label().isPresent();
          var other = byNumber.put(example.label().orElse(-1), className(example));
          if (numbered && other != null && !other.equals(className(example))) {
            throw reader.damaged(
                "class %d is called '%s' here and '%s' before"
                    .formatted(example.label().orElse(-1), className(example), other));
          }
        }
      }
    }
    var unique = new HashSet<>(byNumber.values()).size() == byNumber.size();
    return new TfRecordFiles(
        files,
        numbered && unique ? new ArrayList<>(byNumber.values()) : List.copyOf(names),
        repeated);
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    for (var file : files) {
      var split = part(file);
      var count = 0;
      try (var reader = new RecordReader(file)) {
        for (var record = reader.next(); record.isPresent(); record = reader.next()) {
          var example = example(reader, record.get());
          var name = className(example);
          var id =
              example.filename().isEmpty() || repeated.contains(example.filename())
                  ? "%s/%06d".formatted(file.getFileName(), count)
                  : example.filename();
          count++;
          var entry =
              new DataEntry(
                  id, name, Optional.of(split), given(example.group()), given(example.site()));
          taker.take(new ImageRecord(entry, classNames.indexOf(name), example.encoded()));
        }
      }
    }
  }

  private static ImageExample example(RecordReader reader, byte[] record) {
    try {
      return ImageExample.of(record);
    } catch (DataException e) {
      throw reader.damaged(e.getMessage());
    }
  }

  private static String className(ImageExample example) {
    return example.text().isEmpty() ? "class " + example.label().orElseThrow() : example.text();
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Split part(Path file) {
    var name = String.valueOf(file.getFileName());
    return Arrays.stream(name.split("[-_.]", -1))
        .flatMap(word -> Split.of(word).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "%s: its name must begin with its part: train, validation or test"
                        .formatted(file)));
  }
}
