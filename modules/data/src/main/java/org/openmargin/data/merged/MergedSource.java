package org.openmargin.data.merged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.FileFacts;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageSizes;

/**
 * Several sources as one data set. Classes of the same name are one class; each source keeps its
 * division; a group may still be in one part only. The digest covers names and digests of all
 * sources.
 *
 * @param parts two or more
 * @param classNames in label order; empty: those of the sources if all have the same, else all of
 *     them in alphabetical order
 * @param geometry of all images
 * @param notices receives what a user may not expect
 */
public record MergedSource(
    List<SourcePart> parts,
    List<String> classNames,
    ImageGeometry geometry,
    Consumer<String> notices)
    implements DataSource {

  /**
   * @throws DataException if two sources have the same name
   */
  public MergedSource {
    parts = List.copyOf(parts);
    classNames = List.copyOf(classNames);
    var names = parts.stream().map(SourcePart::name).toList();
    var twice = names.stream().filter(n -> names.indexOf(n) < names.lastIndexOf(n)).distinct();
    var repeated = twice.toList();
    if (!repeated.isEmpty()) {
      throw new DataException(
          "several sources are called %s; give each a name".formatted(String.join(", ", repeated)));
    }
  }

  /**
   * Reads all sources.
   *
   * @throws DataException listing what is wrong with each source or, if all can be read, between
   *     them: channels, classes, groups in several parts
   */
  @Override
  public Dataset load() {
    var loaded = new ArrayList<Dataset>();
    var problems = new MergeProblems();
    for (var part : parts) {
      try {
        loaded.add(part.source().load().preprocessed(geometry));
      } catch (DataException e) {
        problems.add("%s: %s".formatted(part.name(), e.getMessage()));
      }
    }
    problems.mustBeNone();
    var classes = MergedClasses.of(parts, loaded, classNames, problems);
    MergeProblems.ofChannels(parts, loaded, problems);
    MergeProblems.ofGroups(parts, loaded, problems);
    problems.mustBeNone();
    classes.differences().forEach(notices);
    var merged = new Merging(parts, loaded, classes.names()).dataset();
    new SharedImages(sourceNames()).sentences(merged).forEach(notices);
    return merged;
  }

  @Override
  public void requirePresent() {
    var problems = new MergeProblems();
    for (var part : parts) {
      try {
        part.source().requirePresent();
      } catch (DataException e) {
        problems.add("%s: %s".formatted(part.name(), e.getMessage()));
      }
    }
    problems.mustBeNone();
  }

  @Override
  public Optional<ImageSizes> trainingSizes() {
    var sizes =
        parts.stream()
            .flatMap(part -> part.source().trainingSizes().stream())
            .flatMap(of -> of.sizes().stream())
            .toList();
    return sizes.isEmpty() ? Optional.empty() : Optional.of(new ImageSizes(sizes));
  }

  @Override
  public Map<String, FileFacts> fileFacts() {
    var facts = new HashMap<String, FileFacts>();
    parts.forEach(
        part ->
            part.source().fileFacts().forEach((id, fact) -> facts.put(part.prefix() + id, fact)));
    return facts;
  }

  @Override
  public List<String> sourceNames() {
    return parts.stream().map(SourcePart::name).collect(Collectors.toList());
  }

  @Override
  public List<CrossingGroup> crossingGroups() {
    return parts.stream().flatMap(part -> part.crossingGroups().stream()).toList();
  }

  /** Groups of several sources stay refused: the sources have no common division. */
  @Override
  public MergedSource acceptingCrossingGroups() {
    var accepting = parts.stream().map(SourcePart::acceptingCrossingGroups).toList();
    return new MergedSource(accepting, classNames, geometry, notices);
  }
}
