package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource.CrossingGroup;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.files.table.TableReader;

/**
 * A table with a row per image. Paths are relative to the folder of the table, unless another root
 * is given.
 *
 * @param otherColumns names of the columns that say something else
 * @param rows in the order of the file
 * @param divided whether a column says in which part each image is
 * @param grouped whether a column says to which group each image belongs
 * @param remarks what a user may not expect
 * @param embedded where the images are if the table holds them; else they are files
 */
public record Manifest(
    Path file,
    List<String> otherColumns,
    List<ManifestRow> rows,
    boolean divided,
    boolean grouped,
    List<String> remarks,
    Optional<EmbeddedImages> embedded) {
  private static final Pattern TEXT = Pattern.compile("(?i).*[.](csv|tsv)");

  public Manifest {
    otherColumns = List.copyOf(otherColumns);
    rows = List.copyOf(rows);
    remarks = List.copyOf(remarks);
  }

  /**
   * How a manifest is read.
   *
   * @param columns their names
   * @param root relative paths are relative to it; empty: the folder of the manifest
   * @param suffix appended to each path, such as {@code .jpg}
   * @param classNames all that may occur, in label order; empty: those that occur, sorted
   * @param crossing groups that may have images in several parts of a given division, by the
   *     numbers that the refusal gives them
   */
  public record Settings(
      ManifestColumns columns,
      Optional<Path> root,
      String suffix,
      List<String> classNames,
      List<String> crossing) {
    /** Usual columns, paths beside the manifest, any class. */
    public static final Settings USUAL =
        new Settings(ManifestColumns.USUAL, Optional.empty(), "", List.of(), List.of());

    public Settings {
      classNames = List.copyOf(classNames);
      crossing = List.copyOf(crossing);
    }

    Settings accepting(List<CrossingGroup> groups) {
      var numbers = groups.stream().map(CrossingGroup::number).toList();
      return new Settings(columns, root, suffix, classNames, numbers);
    }
  }

  /**
   * Reads and checks a manifest; the images are not opened.
   *
   * @throws DataException if it is no table, or naming, with line numbers: missing files, empty
   *     cells, unknown classes and parts, classes of two spellings, files that occur twice, groups
   *     with images in several parts
   */
  public static Manifest read(Path file, Settings settings) {
    var table = Table.read(file);
    var problems = new Problems(file, table.kind());
    var reader = new RowReader(table, settings, problems);
    var rows = reader.rows();
    var remarks = new ArrayList<>(reader.remarks());
    remarks.addAll(new GroupSpellings(problems).remarks(rows));
    new RowChecks(settings, problems).check(rows, reader.embedded().isPresent());
    problems.mustBeNone();
    return new Manifest(
        file,
        reader.otherColumns(),
        rows,
        reader.divided(),
        reader.grouped(),
        remarks,
        reader.embedded());
  }

  /**
   * Groups with images in several parts of the division that a manifest gives; nothing else is
   * checked.
   *
   * @throws DataException if it is no table
   */
  static List<CrossingGroup> crossingGroups(Path file, Settings settings) {
    var table = Table.read(file);
    var rows = new RowReader(table, settings, new Problems(file, table.kind())).rows();
    return CrossingRows.in(rows).stream()
        .map(group -> group.acceptedBy(settings.crossing()))
        .toList();
  }

  /** Whether a path looks like that of a manifest: CSV, another format, or a folder of such. */
  public static boolean isTable(Path path) {
    return TEXT.matcher(path.toString()).matches()
        || TableReader.of(path).isPresent()
        || TableFolder.is(path);
  }

  /**
   * The images as files, one by one.
   *
   * @param rows of this manifest, all of them in order
   * @param classNames in label order
   */
  public ImageRecords records(List<ManifestRow> rows, List<String> classNames) {
    return embedded
        .<ImageRecords>map(images -> new TableRecords(images, rows, classNames))
        .orElseGet(() -> new RowRecords(rows, classNames));
  }

  public List<DataEntry> entries() {
    return rows.stream().map(ManifestRow::entry).toList();
  }

  /** The classes that occur, sorted. */
  public List<String> labels() {
    var labels = new TreeSet<String>();
    rows.forEach(row -> labels.add(row.entry().label()));
    return List.copyOf(labels);
  }
}
