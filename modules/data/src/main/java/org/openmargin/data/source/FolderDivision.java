package org.openmargin.data.source;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmargin.data.DataException;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.entry.Split;

/** Divides files into training, validation and test, by sub-folders or by a seeded split. */
record FolderDivision(Path path, FolderScan scan, FolderSource.Settings settings) {

  FileParts parts() {
    var splits = scan.splits(settings.classNames());
    return splits.isEmpty() ? byFractions() : bySubFolder(splits);
  }

  private FileParts bySubFolder(Map<Split, Path> splits) {
    var trainFolder = splits.get(Split.TRAIN);
    var testFolder = splits.get(Split.TEST);
    if (testFolder == null) {
      throw new DataException(
          "%s: there is %s/ but no test/; add test/, or put the class folders directly below the root to split them automatically; if %s is a class, rename it or list all class_names"
              .formatted(path, scan.id(trainFolder), scan.id(trainFolder)));
    }
    var validationFolder = Optional.ofNullable(splits.get(Split.VALIDATION));
    var train = scan.classes(trainFolder);
    var test = scan.classes(testFolder);
    var validation = validationFolder.map(scan::classes).orElseGet(TreeMap::new);
    scan.mustHaveNoEmptyFolder();
    var names = names(List.of(train, validation, test));
    var testFiles = label(names, test);
    if (validationFolder.isPresent()) {
      return new FileParts(names, label(names, train), label(names, validation), testFiles);
    }
    var fractions =
        new SplitFractions(settings.fractions().validation(), 0, settings.fractions().seed());
    var divided = divide(names, train, fractions);
    return new FileParts(names, divided.train(), divided.validation(), testFiles);
  }

  private FileParts byFractions() {
    var classes = scan.classes(path);
    scan.mustHaveNoEmptyFolder();
    return divide(names(List.of(classes)), classes, settings.fractions());
  }

  private FileParts divide(
      List<String> names, Map<String, List<Path>> classes, SplitFractions fractions) {
    var parts = new FileParts(names, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int label = 0; label < names.size(); label++) {
      var files = classes.getOrDefault(names.get(label), List.of());
      var divided = fractions.divide(label, files.size());
      if (!files.isEmpty() && divided.train().isEmpty()) {
        throw new DataException(
            "%s: class %s has %d images, too few for a validation fraction of %s and a test fraction of %s"
                .formatted(
                    path,
                    names.get(label),
                    files.size(),
                    fractions.validation(),
                    fractions.test()));
      }
      int id = label;
      divided.train().forEach(i -> parts.train().add(file(files.get(i), id)));
      divided.validation().forEach(i -> parts.validation().add(file(files.get(i), id)));
      divided.test().forEach(i -> parts.test().add(file(files.get(i), id)));
    }
    return parts;
  }

  private List<String> names(List<SortedMap<String, List<Path>>> folders) {
    var found = new TreeSet<String>();
    folders.forEach(classes -> found.addAll(classes.keySet()));
    if (found.isEmpty()) {
      throw new DataException(
          path
              + ": no class folders; expected one folder of images per class, or train/, val/ and test/ with such folders"
              + loose());
    }
    mustDifferInMoreThanCase(found);
    var names = settings.classNames().isEmpty() ? List.copyOf(found) : settings.classNames();
    var missing = names.stream().filter(name -> !found.contains(name)).toList();
    var extra = found.stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new DataException(
          "%s: class names and class folders differ: no folder for %s, no name for %s"
              .formatted(path, missing, extra));
    }
    return names;
  }

  /** A folder of images only: say what to do with them. */
  private String loose() {
    var count = scan.loose().size();
    return count == 0
        ? ""
        : "; %d images lie directly in it: move those of each class into a folder with the name of the class"
            .formatted(count);
  }

  private void mustDifferInMoreThanCase(Set<String> found) {
    var lower = new TreeMap<String, String>();
    for (var name : found) {
      var key = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      var other = lower.put(key, name);
      if (other != null && settings.classNames().isEmpty()) {
        throw new DataException(
            "%s: the class folders %s and %s look the same; rename one, or list all class_names"
                .formatted(path, other, name));
      }
    }
  }

  private List<LabeledFile> label(List<String> names, Map<String, List<Path>> classes) {
    var files =
        names.stream()
            .flatMap(
                name ->
                    classes.getOrDefault(name, List.of()).stream()
                        .map(file -> file(file, names.indexOf(name))));
    return files.toList();
  }

  private LabeledFile file(Path file, int label) {
    return new LabeledFile(file, scan.id(file), label, "");
  }
}
