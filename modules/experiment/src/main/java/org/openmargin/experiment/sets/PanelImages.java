package org.openmargin.experiment.sets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.data.foreign.ForeignImages;
import org.openmargin.data.shift.ShiftedGroup;
import org.openmargin.data.shift.ShiftedImages;
import org.openmargin.data.source.ForeignFolder;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.nn.OpenSetNetwork;

/**
 * Images besides the test images that an evaluation is asked about.
 *
 * @param foreign of no class: generated and derived groups, then those of the user
 * @param shifted of known classes: corruptions, then folders of the user
 */
public record PanelImages(List<ForeignGroup> foreign, List<ShiftedGroup> shifted) {
  /** Largest size of the shifted images of one class, bytes. */
  private static final long SHIFTED_BYTES = 1L << 28;

  private static final long LEAST_SHIFTED = 100;

  public PanelImages {
    foreign = List.copyOf(foreign);
    shifted = List.copyOf(shifted);
  }

  /**
   * Reads folders and prepares generated images.
   *
   * @throws RunException if two groups have one name
   * @throws org.openmargin.data.DataException if a folder cannot be used
   */
  public static PanelImages of(
      Recipe recipe, OpenSetNetwork network, OpenSetSplits splits, SetRequest request) {
    var known = splits.test().known();
    var standard = ForeignImages.affordable(known.images().shape(), network.viewCount());
    var target =
        new ForeignFolder.Target(
            geometry(recipe, network),
            known.images().channels(),
            standard.mostGiven(),
            recipe.export().levels());
    var foreign = new ArrayList<>(standard.groups(known));
    var names = new HashSet<String>();
    for (var folder : request.foreign()) {
      for (var group : new ForeignFolder(folder, recipe.notices()).groups(target)) {
        mustBeNew(names, group.name(), folder, "foreign");
        foreign.add(group);
      }
    }
    var shifted =
        new ArrayList<>(ShiftedImages.corrupted(known, standard.perGroup(), request.severities()));
    var most = Math.max(LEAST_SHIFTED, SHIFTED_BYTES / known.images().bytesPerImage());
    var all =
        new ForeignFolder.Target(target.geometry(), target.channels(), (int) most, target.levels());
    var finder = new ShiftedImages(splits.split().knownNames(), recipe.notices());
    var given = new HashSet<String>();
    for (var folder : request.shifted()) {
      var group = finder.given(folder, all);
      mustBeNew(given, group.name(), folder, "shifted");
      shifted.add(group);
    }
    return new PanelImages(foreign, shifted);
  }

  private static void mustBeNew(Set<String> names, String name, Path folder, String kind) {
    if (!names.add(name)) {
      throw new RunException(
          "%s: there is already a group of %s images called '%s'; rename one of the folders"
              .formatted(folder, kind, name));
    }
  }

  /** As an exported model would crop and resize the image of a client. */
  private static ImageGeometry geometry(Recipe recipe, OpenSetNetwork network) {
    var input = network.input();
    var crop = recipe.export().centreCropPx();
    return new ImageGeometry(
        crop == 0 ? OptionalInt.empty() : OptionalInt.of(crop), input.height(), input.width());
  }
}
