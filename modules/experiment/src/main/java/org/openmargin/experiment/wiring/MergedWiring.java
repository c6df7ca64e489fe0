package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.config.v1.MergedPartConfig;
import org.openmargin.config.v1.RenamedClassConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.merged.MergedSource;
import org.openmargin.data.merged.SourcePart;
import org.openmargin.data.pixels.ImageStorage;

/**
 * Several sources as the schema describes them.
 *
 * @param known names of the classes that are known in the test; empty for all
 */
record MergedWiring(DataConfig config, ImageGeometry geometry, List<String> known) {

  MergedSource source(ImageStorage storage) {
    var parts = new ArrayList<SourcePart>();
    var merged = config.getMerged();
    for (var i = 0; i < merged.getSourcesCount(); i++) {
      var part = merged.getSources(i);
      var wiring =
          new SourceWiring(
              "data.merged.sources[%d]".formatted(i), () -> geometry, config.getLevels(), storage);
      var renamed = renamed(part);
      parts.add(
          new SourcePart(name(part), source(wiring, part, renamed), renamed, part.getOwnGroups()));
    }
    return new MergedSource(parts, merged.getClassNamesList(), geometry, storage.notices());
  }

  private DataSource source(
      SourceWiring wiring, MergedPartConfig part, Map<String, String> renamed) {
    return switch (part.getSourceCase()) {
      case NPZ -> wiring.npz(part.getNpz());
      case MEDMNIST -> wiring.medMnist(part.getMedmnist());
      case FOLDER -> wiring.folder(part.getFolder());
      case MANIFEST -> wiring.manifest(part.getManifest(), names -> unknown(names, renamed));
      case TFRECORD -> wiring.tfRecord(part.getTfrecord());
      case SOURCE_NOT_SET -> throw new IllegalStateException("refused by the schema");
    };
  }

  private Set<String> unknown(List<String> names, Map<String, String> renamed) {
    return known.isEmpty()
        ? Set.of()
        : names.stream()
            .filter(name -> !known.contains(renamed.getOrDefault(name, name)))
            .collect(Collectors.toSet());
  }

  private static Map<String, String> renamed(MergedPartConfig part) {
    return part.getRenamedClassesList().stream()
        .collect(
            Collectors.toMap(
                RenamedClassConfig::getFrom,
                RenamedClassConfig::getTo,
                (one, other) -> other,
                LinkedHashMap::new));
  }

  private static String name(MergedPartConfig part) {
    if (!part.getName().isEmpty()) {
      return part.getName();
    }
    return switch (part.getSourceCase()) {
      case NPZ -> SourceWiring.name(Path.of(part.getNpz().getPath()));
      case MEDMNIST -> part.getMedmnist().getName();
      case FOLDER -> SourceWiring.name(Path.of(part.getFolder().getPath()));
      case MANIFEST -> SourceWiring.name(Path.of(part.getManifest().getPath()));
      case TFRECORD -> SourceWiring.name(Path.of(part.getTfrecord().getPath()));
      case SOURCE_NOT_SET -> throw new IllegalStateException("refused by the schema");
    };
  }
}
