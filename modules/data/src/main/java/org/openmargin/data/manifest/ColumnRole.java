package org.openmargin.data.manifest;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;

/** What a column of a manifest says, and the names that it usually has. */
enum ColumnRole {
  PATH("path file filename filepath image imagepath imagefile imagefilename imageid img imgpath"),
  /** Used if it is asked for, or if there is no column of paths. */
  ID("sopinstanceuid instanceuid sopuid"),
  LABEL("label class classname category diagnosis dx"),
  SPLIT("split set subset partition"),
  GROUP(
      "group groupid patient patientid subject subjectid participant participantid case caseid slide slideid lesion lesionid animal animalid"),
  SITE("site siteid hospital hospitalid centre center centreid centerid institution");

  private final String usual;

  ColumnRole(String usual) {
    this.usual = usual;
  }

  /** The setting that names the column. */
  String setting() {
    return toString() + "_column";
  }

  /**
   * The position of its column; empty if none is wanted, or none was asked for and none has a usual
   * name.
   *
   * @throws DataException if the column that was asked for is not there, or several could be it
   */
  OptionalInt in(Table table, ManifestColumns columns) {
    var name = asked(columns);
    if (name.equals(ManifestColumns.NONE)) {
      return OptionalInt.empty();
    }
    var header = table.header();
    var byRole = name.isEmpty() || (name.equals(toString()) && !header.contains(name));
    var found = byRole ? usual(header) : named(header, name);
    if (!name.isEmpty() && found.isEmpty()) {
      throw new DataException(
          "%s: no column '%s' (%s); the columns are %s"
              .formatted(table.file(), name, setting(), header));
    }
    if (found.size() > 1) {
      throw new DataException(
          "%s: the columns %s could be the %s; %s"
              .formatted(
                  table.file(),
                  found.stream().map(header::get).toList(),
                  this,
                  name.isEmpty()
                      ? "say which one with %s, or %s for none"
                          .formatted(setting(), ManifestColumns.NONE)
                      : "rename one of them"));
    }
    return found.stream().mapToInt(Integer::intValue).findFirst();
  }

  private String asked(ManifestColumns columns) {
    return switch (this) {
      case PATH -> columns.path();
      case ID -> columns.id();
      case LABEL -> columns.label();
      case SPLIT -> columns.split();
      case GROUP -> columns.group();
      case SITE -> columns.site();
    };
  }

  /** A column that is simply called path, label, split, group or site goes before others. */
  List<Integer> usual(List<String> header) {
    var own = where(header, toString()::equals);
    return own.isEmpty() ? where(header, List.of(usual.split(" ", -1))::contains) : own;
  }

  private static List<Integer> named(List<String> header, String name) {
    var same = IntStream.range(0, header.size()).filter(i -> header.get(i).equals(name.strip()));
    return same.boxed().toList();
  }

  private static List<Integer> where(List<String> header, Predicate<String> wanted) {
    return IntStream.range(0, header.size())
        .filter(i -> wanted.test(header.get(i).toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "")))
        .boxed()
        .toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
