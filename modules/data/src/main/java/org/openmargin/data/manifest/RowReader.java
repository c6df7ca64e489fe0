package org.openmargin.data.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

/** Reads the rows of a table as those of a manifest. */
final class RowReader {
  private final Table table;
  private final Problems problems;
  private final Map<ColumnRole, Integer> positions = new EnumMap<>(ColumnRole.class);
  private final RowImages images;
  private final Optional<EmbeddedImages> embedded;

  /**
   * @throws DataException if there is no column of paths or labels, or several could be one
   */
  RowReader(Table table, Manifest.Settings settings, Problems problems) {
    this.table = table;
    this.problems = problems;
    this.embedded = EmbeddedImages.of(table, settings.columns());
    for (var role : ColumnRole.values()) {
      if (embedded.isEmpty() || (role != ColumnRole.PATH && role != ColumnRole.ID)) {
        role.in(table, settings.columns()).ifPresent(at -> positions.put(role, at));
      }
    }
    var choice = new ImageChoice(table, settings, positions, problems);
    this.images = embedded.map(choice::inTable).orElseGet(choice::files);
    for (var role : List.of(images.column(), ColumnRole.LABEL)) {
      if (!positions.containsKey(role) && (role == ColumnRole.LABEL || !images.inTable())) {
        throw new DataException(
            "%s: no column is called %s; the first line must name the columns, and it is: %s; if another column is meant, name it: %s"
                .formatted(table.file(), role, table.columns(), role.setting()));
      }
    }
    mustDiffer();
  }

  private void mustDiffer() {
    var roles = positions.entrySet().stream();
    roles
        .collect(Collectors.groupingBy(Map.Entry::getValue))
        .forEach(
            (at, same) -> {
              var both = same.stream().map(Map.Entry::getKey).toList();
              if (both.size() > 1) {
                throw new DataException(
                    "%s: the column '%s' cannot be both %s"
                        .formatted(table.file(), table.header().get(at), both));
              }
            });
  }

  boolean divided() {
    return positions.containsKey(ColumnRole.SPLIT);
  }

  boolean grouped() {
    return positions.containsKey(ColumnRole.GROUP);
  }

  /** Where the images are if the table holds them. */
  Optional<EmbeddedImages> embedded() {
    return embedded;
  }

  /** What a user may not expect; call after {@link #rows}. */
  List<String> remarks() {
    return images.remarks();
  }

  /** The usable rows; the others are problems. */
  List<ManifestRow> rows() {
    if (table.rows().isEmpty()) {
      problems.add("no images", "there is no row below the names of the columns");
    }
    var rows = new ArrayList<ManifestRow>();
    table.rows().forEach(row -> row(row).ifPresent(rows::add));
    return rows;
  }

  private Optional<ManifestRow> row(Table.Row row) {
    var columns = table.header().size();
    var cells = row.cells();
    var beyond = cells.subList(Math.min(columns, cells.size()), cells.size());
    if (cells.size() < columns || beyond.stream().anyMatch(cell -> !cell.isBlank())) {
      problems.add(
          "rows with too few or too many cells",
          "%s has %d, the header %d".formatted(problems.at(row.line()), cells.size(), columns));
      return Optional.empty();
    }
    var values = new EnumMap<ColumnRole, String>(ColumnRole.class);
    positions.forEach((role, at) -> values.put(role, cells.get(at)));
    var empty =
        values.keySet().stream()
            .filter(role -> values.get(role).isBlank())
            .filter(role -> role != images.column() || !images.inTable())
            .toList();
    if (!empty.isEmpty()) {
      empty.forEach(role -> problems.add("empty cells", place(row, role)));
      return Optional.empty();
    }
    var name = values.getOrDefault(images.column(), "");
    return images.file(row, name).map(image -> row(row, image, values));
  }

  private ManifestRow row(Table.Row row, Path image, Map<ColumnRole, String> values) {
    var split = Optional.ofNullable(values.get(ColumnRole.SPLIT)).flatMap(Split::of);
    if (split.isEmpty() && divided()) {
      problems.add(
          "parts other than train, validation and test",
          place(row, ColumnRole.SPLIT) + " '" + values.get(ColumnRole.SPLIT) + "'");
    }
    return new ManifestRow(
        row.line(),
        image,
        new DataEntry(
            images.id(row, values.getOrDefault(images.column(), "")),
            values.get(ColumnRole.LABEL).strip(),
            split,
            Optional.ofNullable(values.get(ColumnRole.GROUP)).map(String::strip),
            Optional.ofNullable(values.get(ColumnRole.SITE)).map(String::strip)),
        others().map(row.cells()::get).toList());
  }

  /** Names of the columns that say something else. */
  List<String> otherColumns() {
    return others().map(table.header()::get).toList();
  }

  private Stream<Integer> others() {
    return IntStream.range(0, table.header().size())
        .boxed()
        .filter(at -> !positions.containsValue(at));
  }

  private String place(Table.Row row, ColumnRole role) {
    return "%s, %s".formatted(problems.at(row.line()), table.header().get(positions.get(role)));
  }
}
