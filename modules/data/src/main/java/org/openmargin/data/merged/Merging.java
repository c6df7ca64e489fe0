package org.openmargin.data.merged;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.files.Sha256;

/**
 * Puts data sets one behind the other, part by part.
 *
 * @param names of the classes, in label order
 */
record Merging(List<SourcePart> parts, List<Dataset> loaded, List<String> names) {

  Dataset dataset() {
    var name = parts.stream().map(SourcePart::name).collect(Collectors.joining("+"));
    return new Dataset(
        name, names, images("train"), images("validation"), images("test"), digest());
  }

  private LabeledImages images(String split) {
    var images = new ArrayList<Images>();
    var labels = IntStream.builder();
    var ids = new ArrayList<String>();
    var groups = new ArrayList<String>();
    for (var i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      var own = loaded.get(i).parts().get(split);
      images.add(own.images());
      for (var row = 0; row < own.count(); row++) {
        var className = part.className(loaded.get(i).classNames().get(own.labels()[row]));
        labels.add(names.indexOf(className));
        ids.add(part.prefix() + own.ids().get(row));
        groups.add(part.group(own, row));
      }
    }
    var grouped = groups.stream().anyMatch(group -> !group.isEmpty());
    return new LabeledImages(
        JoinedImages.of(images), labels.build().toArray(), ids, grouped ? groups : List.of());
  }

  private String digest() {
    var digest = new Sha256();
    names.forEach(digest::add);
    for (var i = 0; i < parts.size(); i++) {
      digest.add(parts.get(i).name()).add(loaded.get(i).digest());
      digest.add(parts.get(i).ownGroups() ? "own groups" : "");
      parts.get(i).classNames(loaded.get(i)).forEach(digest::add);
    }
    return digest.hex();
  }
}
