package org.openmargin.client;

import java.util.List;
import java.util.Map;

/** One way to call a signature of a model on a server. Thread-safe. */
interface Transport extends AutoCloseable {

  /**
   * One input of a signature: [n], strings.
   *
   * @param binary whether they are bytes; else they are text
   */
  record Input(String name, List<byte[]> values, boolean binary) {}

  /**
   * @param outputs the wanted ones; there may be more in the answer
   * @throws CallException if the server does not answer
   */
  Map<String, Column> call(String signature, Input input, List<String> outputs);

  @Override
  void close();
}
