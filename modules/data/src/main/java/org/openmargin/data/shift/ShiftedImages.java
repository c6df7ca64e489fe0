package org.openmargin.data.shift;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.data.DataException;
import org.openmargin.data.KnownImages;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.data.source.ForeignFolder;

/**
 * Finds images of known classes under a shift.
 *
 * @param knownNames of the classes, in label order
 * @param notices receives a sentence about skipped files
 */
public record ShiftedImages(List<String> knownNames, Consumer<String> notices) {

  public ShiftedImages {
    knownNames = List.copyOf(knownNames);
  }

  /**
   * Corrupted test images: each {@link Corruption} at each severity.
   *
   * @param most test images to corrupt, spread evenly
   */
  public static List<ShiftedGroup> corrupted(KnownImages test, int most, List<Integer> severities) {
    var count = Math.min(most, test.count());
    var rows = IntStream.range(0, count).map(i -> (int) ((long) i * test.count() / count));
    var chosen = rows.toArray();
    var originals = test.images().select(chosen);
    var labels = Arrays.stream(chosen).map(row -> test.labels()[row]).toArray();
    var groups = new ArrayList<ShiftedGroup>();
    for (var corruption : Corruption.values()) {
      for (var severity : severities) {
        var name = corruption.title(severity);
        var ids = Arrays.stream(chosen).mapToObj(row -> test.ids().get(row) + ", " + name).toList();
        var images = new KnownImages(corruption.of(originals, severity), labels, ids);
        groups.add(
            new ShiftedGroup(
                name, ShiftedGroup.Origin.CORRUPTED, List.of(images), test.count(), List.of()));
      }
    }
    return List.copyOf(groups);
  }

  /**
   * A user's folder with a folder for each class that it has images of, named as the class.
   *
   * @throws DataException if there is no such folder or image, a folder is named as no known class,
   *     or no file of a class can be decoded
   */
  public ShiftedGroup given(Path folder, ForeignFolder.Target target) {
    var classes = new ForeignFolder(folder, notices).groups(target);
    var strange =
        classes.stream().map(ForeignGroup::name).filter(n -> !knownNames.contains(n)).toList();
    if (!strange.isEmpty()) {
      throw new DataException(
          "%s: shifted images lie in a folder for each known class, and %s is none; the known classes are %s"
              .formatted(folder, DataException.shortList(strange), knownNames));
    }
    return new ShiftedGroup(
        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
        ShiftedGroup.Origin.GIVEN,
        classes.stream().map(this::known).toList(),
        classes.stream().mapToInt(ForeignGroup::found).sum(),
        classes.stream().flatMap(group -> group.unreadable().stream()).toList());
  }

  private KnownImages known(ForeignGroup group) {
    var count = group.images().count();
    var labels = new int[count];
    Arrays.fill(labels, knownNames.indexOf(group.name()));
    var ids = Stream.iterate(0, i -> i + 1).limit(count).map(i -> group.name() + "/" + i).toList();
    return new KnownImages(group.images(), labels, ids);
  }
}
