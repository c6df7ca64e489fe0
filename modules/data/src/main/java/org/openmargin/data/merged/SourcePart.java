package org.openmargin.data.merged;

import java.util.List;
import java.util.Map;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.DataSource.CrossingGroup;
import org.openmargin.data.Dataset;
import org.openmargin.data.LabeledImages;

/**
 * One of several sources.
 *
 * @param name a word; the names of its images begin with it
 * @param renamed new names of classes, by their names in the source
 * @param ownGroups whether groups of the same name in other sources are others
 */
public record SourcePart(
    String name, DataSource source, Map<String, String> renamed, boolean ownGroups) {
  public SourcePart {
    renamed = Map.copyOf(renamed);
    if (name.isBlank() || name.contains("/")) {
      throw new DataException("a source needs a name without '/', not '%s'".formatted(name));
    }
  }

  /** What the names of its images begin with. */
  public String prefix() {
    return name + "/";
  }

  /** The name of a class in the merged data set. */
  String className(String own) {
    return renamed.getOrDefault(own, own);
  }

  /** The names of its classes in the merged data set, each once. */
  List<String> classNames(Dataset own) {
    return own.classNames().stream().map(this::className).distinct().toList();
  }

  /** A group's name in the merged data set; empty for an image that is alone. */
  String group(LabeledImages images, int row) {
    return group(images.groups().isEmpty() ? "" : images.groups().get(row));
  }

  private String group(String own) {
    return ownGroups && !own.isEmpty() ? prefix() + own : own;
  }

  /** Those of the source, as the merged data set names them. */
  List<CrossingGroup> crossingGroups() {
    return source.crossingGroups().stream()
        .map(own -> new CrossingGroup(group(own.group()), own.number(), own.accepted()))
        .toList();
  }

  SourcePart acceptingCrossingGroups() {
    return new SourcePart(name, source.acceptingCrossingGroups(), renamed, ownGroups);
  }
}
