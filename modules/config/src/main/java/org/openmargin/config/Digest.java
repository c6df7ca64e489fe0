package org.openmargin.config;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.openmargin.config.v1.DataParallelConfig.BatchStatistics;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.RuntimeConfig;

/** A digest of everything that decides an experiment's results. */
final class Digest {
  /**
   * Raise this whenever a default changes. Values equal to their default are not part of the
   * digest, so a new setting whose default is the old behaviour leaves old digests unchanged.
   */
  private static final byte DEFAULTS = 1;

  private Digest() {}

  /**
   * SHA-256 (hex) of the deterministic binary form of {@code experiment} without defaults, name,
   * description, paths and machine settings, its known classes ascending.
   */
  static String of(ExperimentConfig experiment) {
    var science = deciding(experiment);
    Defaults.clear(science);
    return sha256(bytes(science.build()));
  }

  /** What decides the results: without name, description, paths and machine settings. */
  static ExperimentConfig.Builder deciding(ExperimentConfig experiment) {
    var science = experiment.toBuilder().clearName().clearDescription();
    if (science.hasRuntime()) {
      science.setRuntime(withoutMachine(experiment.getRuntime()));
    }
    if (science.hasTraining()) {
      // Test figures for the record change nothing that is trained.
      science.getTrainingBuilder().clearRecordEveryEpochs();
    }
    if (science.hasData()) {
      var known = science.getData().getKnownClassesList().stream().sorted().toList();
      var names = science.getData().getKnownClassNamesList().stream().sorted().toList();
      science
          .getDataBuilder()
          // What is accepted changes nothing that is trained.
          .clearAcknowledgedLeaks()
          .clearKnownClasses()
          .addAllKnownClasses(known)
          .clearKnownClassNames()
          .addAllKnownClassNames(names);
    }
    PathFields.clear(science);
    return science;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  private static RuntimeConfig withoutMachine(RuntimeConfig runtime) {
    var deciding =
        RuntimeConfig.newBuilder()
            .setSeed(runtime.getSeed())
            .setDeterministic(runtime.getDeterministic());
    var parallel = runtime.getDataParallel();
    if (parallel.getBatchStatistics() == BatchStatistics.OF_EACH_DEVICE) {
      deciding.setDataParallel(parallel);
    }
    return deciding.build();
  }

  private static byte[] bytes(Message message) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(DEFAULTS);
    var out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
