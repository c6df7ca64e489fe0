package org.openmargin.experiment.wiring;

import java.util.Locale;
import org.openmargin.config.text.Suggestions;
import org.openmargin.data.DataException;
import org.openmargin.data.source.MedMnist;

/** Names of MedMNIST sets, as users type them. */
public final class MedMnistName {
  private MedMnistName() {}

  /**
   * @throws DataException for a name that no set has, with the one that was meant
   */
  public static MedMnist set(String name) {
    if (name.toLowerCase(Locale.ROOT).endsWith("3d")) {
      throw new DataException(
          "'%s' holds volumes: 3-D images are not read, only the 2-D sets of MedMNIST"
              .formatted(name));
    }
    var names = MedMnist.all().stream().map(MedMnist::name).toList();
    if (names.stream().noneMatch(known -> known.equalsIgnoreCase(name))) {
      throw new DataException(
          "no MedMNIST set is named '%s'%s; available: %s"
              .formatted(
                  name,
                  Suggestions.nearest(name, names)
                      .map(near -> ": did you mean '" + near + "'?")
                      .orElse(""),
                  String.join(", ", names)));
    }
    return MedMnist.named(name);
  }
}
