package org.openmargin.exporter;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** A session for tests in which it does not matter how a graph is optimized. */
public final class PlainSession {
  /**
   * Runs graphs as they are written: optimizing them is nine tenths of a signature's first call.
   */
  public static final ConfigProto CONFIG =
      ConfigProto.newBuilder()
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  private PlainSession() {}
}
