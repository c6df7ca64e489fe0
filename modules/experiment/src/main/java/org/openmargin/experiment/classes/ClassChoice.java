package org.openmargin.experiment.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.config.text.Suggestions;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.DataException;

/**
 * Classes that an experiment chooses, by id or by name.
 *
 * @param field that chooses them, for messages
 */
public record ClassChoice(String field, List<Integer> ids, List<String> names) {
  public ClassChoice {
    ids = List.copyOf(ids);
    names = List.copyOf(names);
  }

  /**
   * Their ids in a data set. If none is chosen, all of its classes but one that is called
   * "unknown", the label of rejected images.
   *
   * @param classNames of the data set, by id
   * @throws DataException if a name is not one of them; it names the nearest and all others
   */
  public List<Integer> in(List<String> classNames) {
    if (ids.isEmpty() && names.isEmpty()) {
      return IntStream.range(0, classNames.size())
          .filter(id -> !ClassSplit.isUnknown(classNames.get(id)))
          .boxed()
          .toList();
    }
    var chosen = new ArrayList<>(ids);
    names.forEach(name -> chosen.add(id(name, classNames)));
    return List.copyOf(chosen);
  }

  private int id(String name, List<String> classNames) {
    var id = classNames.indexOf(name);
    if (id < 0) {
      throw new DataException(
          "%s: no class is called '%s'%s Classes: %s"
              .formatted(
                  field,
                  name,
                  Suggestions.nearest(name, classNames)
                      .map(near -> ", did you mean '%s'?".formatted(near))
                      .orElse("."),
                  String.join(", ", classNames)));
    }
    return id;
  }
}
