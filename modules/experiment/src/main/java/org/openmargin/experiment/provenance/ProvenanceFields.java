package org.openmargin.experiment.provenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openmargin.config.Experiments;
import org.openmargin.config.MessageFields;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.Provenance;

/**
 * A provenance as fields: what the numbers come from, and what came out. Times, speed and the
 * command line are neither.
 *
 * @param origins experiment, data, code, libraries, threads, machine
 * @param results weights, and the checkpoint that holds them
 */
public record ProvenanceFields(Map<String, String> origins, Map<String, String> results) {
  private static final Set<String> RESULTS =
      Set.of("weights_sha256", "checkpoint", "stopped_early_epoch", "recovered");

  private static final Set<String> NEITHER =
      Set.of(
          "command",
          "finished",
          "images_per_second",
          "peak_memory_mib",
          "resumed",
          "seconds_to_first_step",
          "started",
          "train_seconds");

  /** Said in detail by the fields of the experiment. */
  private static final Set<String> OF_EXPERIMENT = Set.of("config_sha256", "seed");

  public ProvenanceFields {
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
  }

  /**
   * @param experiment whose deciding settings are fields, too, in place of their digest
   */
  static ProvenanceFields of(Provenance provenance, Optional<ExperimentConfig> experiment) {
    var origins = new LinkedHashMap<String, String>();
    var results = new LinkedHashMap<String, String>();
    experiment
        .map(Experiments::decidingFields)
        .orElse(Map.of())
        .forEach((field, value) -> origins.put("experiment." + field, value));
    MessageFields.of(provenance)
        .forEach(
            (field, value) -> {
              var top = field.replaceFirst("\\..*", "");
              if (RESULTS.contains(top)) {
                results.put(field, value);
              } else if (!NEITHER.contains(top)
                  && (experiment.isEmpty() || !OF_EXPERIMENT.contains(top))) {
                origins.put(field, value);
              }
            });
    return new ProvenanceFields(origins, results);
  }
}
