package org.openmargin.experiment.provenance;

import java.util.List;
import java.util.Optional;

/**
 * What differs between two artefacts.
 *
 * @param origins experiment, data, code, libraries, threads, machine
 * @param results weights, and the checkpoint that holds them
 */
public record ProvenanceDifference(List<FieldDifference> origins, List<FieldDifference> results) {
  public ProvenanceDifference {
    origins = List.copyOf(origins);
    results = List.copyOf(results);
  }

  /** Settings are compared one by one if both artefacts hold them, else by their digest. */
  public static ProvenanceDifference between(Artefact a, Artefact b) {
    var both = a.experiment().isPresent() && b.experiment().isPresent();
    var one = fields(a, both);
    var other = fields(b, both);
    return new ProvenanceDifference(
        FieldDifference.between(one.origins(), other.origins()),
        FieldDifference.between(one.results(), other.results()));
  }

  private static ProvenanceFields fields(Artefact artefact, boolean settings) {
    return ProvenanceFields.of(
        artefact.provenance(), settings ? artefact.experiment() : Optional.empty());
  }

  public boolean isEmpty() {
    return origins.isEmpty() && results.isEmpty();
  }
}
