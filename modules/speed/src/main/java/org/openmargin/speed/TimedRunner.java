package org.openmargin.speed;

import java.io.IOException;

/** A runner with its request; takes turns with others. */
interface TimedRunner extends AutoCloseable {

  String name();

  /** Makes {@code calls} calls in each thread. */
  Turn turn(int calls) throws IOException;

  @Override
  void close();

  /**
   * A runner in this process.
   *
   * @param threads that call at the same time
   */
  record InThisProcess(String name, ModelRunner runner, Request request, int threads)
      implements TimedRunner {
    @Override
    public Turn turn(int calls) {
      return Turn.of(calls, threads, () -> runner.answer(request));
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
