package org.openmargin.benchmark.rehearsal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.openmargin.experiment.folder.RunException;

/**
 * What to rehearse.
 *
 * @param experiment its file
 * @param overrides of the experiment, {@code path=value} each
 * @param grid file of the candidates; empty for the standard ones
 * @param candidates further ones, {@code NAME: PATH=VALUE; PATH=VALUE} each
 * @param seeds every way of training is trained with each, on each fold
 * @param folds at most
 */
public record RehearsalRequest(
    Path experiment,
    List<String> overrides,
    Optional<Path> grid,
    List<String> candidates,
    List<Long> seeds,
    int folds) {
  public static final List<Long> DEFAULT_SEEDS = List.of(0L, 1L);

  public static final int DEFAULT_FOLDS = 10;

  /** Refuses what no rehearsal can be made of. */
  public RehearsalRequest {
    overrides = List.copyOf(overrides);
    candidates = List.copyOf(candidates);
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty() || new HashSet<>(seeds).size() != seeds.size()) {
      throw new RunException("--seeds needs one or more different numbers; got " + seeds);
    }
    if (folds < 1) {
      throw new RunException("--folds is %d, must be at least 1".formatted(folds));
    }
  }

  /** The same with other overrides. */
  RehearsalRequest withOverrides(List<String> other) {
    return new RehearsalRequest(experiment, other, grid, candidates, seeds, folds);
  }

  /** The standard candidates. */
  public static RehearsalRequest of(Path experiment, String... overrides) {
    return new RehearsalRequest(
        experiment, List.of(overrides), Optional.empty(), List.of(), DEFAULT_SEEDS, DEFAULT_FOLDS);
  }
}
