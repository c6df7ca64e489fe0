package org.openmargin.config;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.openmargin.v1.DataConfig;
import org.openmargin.v1.ExperimentConfig;
import org.openmargin.v1.RuntimeConfig;

/** One number for what decides an experiment's results. */
final class Digest {
  private Digest() {}

  /**
   * SHA-256 (hex) of the deterministic binary form of {@code experiment} without paths and without
   * what says where it runs, its known classes ascending.
   */
  static String of(ExperimentConfig experiment) {
    ExperimentConfig.Builder science = experiment.toBuilder();
    if (science.hasRuntime()) {
      science.setRuntime(withoutMachine(experiment.getRuntime()));
    }
    if (science.hasData()) {
      withoutPlaces(science.getDataBuilder());
    }
    return sha256(bytes(science.build()));
  }

  private static RuntimeConfig withoutMachine(RuntimeConfig runtime) {
    return RuntimeConfig.newBuilder()
        .setSeed(runtime.getSeed())
        .setDeterministic(runtime.getDeterministic())
        .build();
  }

  private static void withoutPlaces(DataConfig.Builder data) {
    var known = data.getKnownClassesList().stream().sorted().toList();
    data.clearKnownClasses().addAllKnownClasses(known);
    switch (data.getSourceCase()) {
      case NPZ -> data.getNpzBuilder().clearPath();
      case MEDMNIST -> data.getMedmnistBuilder().clearDirectory();
      case FOLDER -> data.getFolderBuilder().clearPath();
      case SYNTHETIC_CELLS, CUSTOM, SOURCE_NOT_SET -> {}
    }
  }

  private static byte[] bytes(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
