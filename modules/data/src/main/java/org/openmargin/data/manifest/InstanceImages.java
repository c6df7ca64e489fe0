package org.openmargin.data.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openmargin.data.DataException;
import org.openmargin.data.source.ImageTree;
import org.openmargin.files.FileErrors;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.ImageConverter;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;

/**
 * Rows that hold SOP Instance UIDs of DICOM files, which lie anywhere below a folder. An image is
 * called after its line: a UID may lead to a patient, so it is neither said nor kept.
 */
final class InstanceImages implements RowImages {
  private static final String UID = "[0-9]+([.][0-9]+){3,}";

  private final Path root;
  private final Problems problems;
  private final Map<String, Path> files = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private boolean missing;

  /**
   * Reads the identifiers of all DICOM files.
   *
   * @throws DataException if there is no such folder, or nothing that reads DICOM files
   */
  InstanceImages(Path root, Problems problems) {
    this.root = root;
    this.problems = problems;
    var reader =
        ImageFormat.DICOM
            .converter()
            .orElseThrow(
                () ->
                    new DataException(
                        "identifiers are those of DICOM files: add openmargin-dicom to the class path"));
    if (!Files.isDirectory(root)) {
      throw new DataException(root + ": there is no such folder of DICOM files");
    }
    var found = new ImageTree(root).below(root);
    found.parallelStream().map(file -> read(reader, file)).toList().forEach(this::add);
  }

  /** A file with its identifier, or what is wrong with it; neither for another format. */
  private record Instance(Path file, String uid, String fault) {}

  private static Instance read(ImageConverter reader, Path file) {
    try {
      var bytes = WholeFile.read(file);
      return ImageFormat.of(bytes).filter(format -> format == ImageFormat.DICOM).isEmpty()
          ? new Instance(file, "", "")
          : new Instance(file, reader.id(bytes), "");
    } catch (IOException e) {
      return new Instance(file, "", FileErrors.reason(e));
    } catch (ImageFileException e) {
      return new Instance(file, "", e.getMessage());
    }
  }

  private void add(Instance instance) {
    if (!instance.fault().isEmpty()) {
      problems.add(
          "DICOM files without an identifier",
          "%s (%s)".formatted(place(instance.file()), instance.fault()));
    } else if (!instance.uid().isEmpty()) {
      var other = files.put(instance.uid(), instance.file());
      if (other != null) {
        problems.add(
            "DICOM files with one identifier",
            "%s and %s".formatted(place(other), place(instance.file())));
      }
    }
  }

  @Override
  public ColumnRole column() {
    return ColumnRole.ID;
  }

  @Override
  public String id(Table.Row row, String cell) {
    return "line-" + row.line();
  }

  @Override
  public Optional<Path> file(Table.Row row, String cell) {
    var file = Optional.ofNullable(files.get(cell.strip()));
    if (file.isPresent()) {
      used.add(cell.strip());
    } else {
      missing = true;
      problems.add("identifiers that no file below " + root + " has", problems.at(row.line()));
    }
    return file;
  }

  /** Files that no row names; with identifiers that no file has, they are a problem. */
  @Override
  public List<String> remarks() {
    var folders = new TreeMap<String, Integer>();
    files.forEach(
        (uid, file) -> {
          if (!used.contains(uid)) {
            var folder = Optional.ofNullable(file.getParent()).orElse(root);
            folders.merge(place(folder), 1, Integer::sum);
          }
        });
    var lists = folders.entrySet().stream().map(f -> f.getValue() + " in " + f.getKey()).toList();
    if (missing) {
      lists.forEach(list -> problems.add("DICOM files that no row names", list));
    }
    return lists.isEmpty()
        ? List.of()
        : List.of(
            "%d DICOM files are not used, because no row names them: %s"
                .formatted(files.size() - used.size(), DataException.shortList(lists)));
  }

  /** A path in the folder, with stars for what looks like an identifier. */
  private String place(Path file) {
    var below = root.relativize(file).toString().replace('\\', '/').replaceAll(UID, "*");
    return below.isEmpty() ? "the folder itself" : below;
  }
}
