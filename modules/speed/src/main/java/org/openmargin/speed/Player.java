package org.openmargin.speed;

import java.io.IOException;

/** A contestant with its request, who takes turns with others. */
interface Player extends AutoCloseable {

  /** For the table. */
  String name();

  /** Asks so many times, in each thread. */
  Turn turn(int calls) throws IOException;

  @Override
  void close();

  /**
   * A contestant in this process.
   *
   * @param threads that ask at once
   */
  record InThisProcess(String name, Contestant contestant, Request request, int threads)
      implements Player {
    @Override
    public Turn turn(int calls) {
      return Turn.of(calls, threads, () -> contestant.answer(request));
    }

    @Override
    public void close() {
      contestant.close();
    }
  }
}
