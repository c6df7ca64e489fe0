package org.openmargin.trainer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openmargin.data.Batches;
import org.openmargin.data.DataException;
import org.openmargin.data.KnownImages;
import org.tensorflow.Session;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Reads the images of coming steps in its own threads. While a step runs from its slot, the others
 * are filled for the steps after it, so the order is that of the steps for any number of threads.
 */
final class PrefetchingFeed implements ImageFeed {
  private static final int CLOSING_SECONDS = 60;

  private final StreamedImages images;
  private final KnownImages known;
  private final Batches batches;
  private final List<Slot> slots;
  private final ExecutorService readers;
  private volatile boolean closing;
  private long expected;
  private long submitted;
  private long waitedNanos;

  PrefetchingFeed(StreamedImages images, KnownImages known, Batches batches) {
    this.images = images;
    this.known = known;
    this.batches = batches;
    // One more than is read ahead: for the running step.
    var numbers = IntStream.rangeClosed(0, images.settings().prefetchBatches());
    slots = numbers.mapToObj(i -> new Slot(images.fed())).toList();
    readers = Executors.newFixedThreadPool(images.settings().readers(), PrefetchingFeed::thread);
  }

  /** Daemon: a process told to stop does not wait for it. */
  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "image-reader");
    thread.setDaemon(true);
    return thread;
  }

  /** Tensors of one batch, and the task that fills them. */
  private static final class Slot {
    private final TUint8 pixels;
    private final TInt32 labels;
    private Future<?> filling = CompletableFuture.completedFuture(null);

    Slot(StreamedImages.Fed fed) {
      pixels = TUint8.tensorOf(fed.pixels().shape());
      labels = TInt32.tensorOf(fed.labels().shape());
    }

    void close() {
      pixels.close();
      labels.close();
    }
  }

  @Override
  public int slots() {
    return slots.size();
  }

  @Override
  public Session.Runner bind(Session.Runner runner, int slot) {
    var fed = images.fed();
    var filled = slots.get(slot);
    return runner.feed(fed.pixels(), filled.pixels).feed(fed.labels(), filled.labels);
  }

  @Override
  public int await(long step) {
    var began = System.nanoTime();
    if (step != expected) {
      slots.forEach(slot -> await(slot, "images"));
      submitted = step;
    }
    for (; submitted < step + slots.size(); submitted++) {
      var slot = slots.get(slotOf(submitted));
      var indices = batches.indices(submitted);
      slot.filling = readers.submit(() -> fill(slot, indices));
    }
    await(slots.get(slotOf(step)), "the images of step " + (step + 1));
    expected = step + 1;
    waitedNanos += System.nanoTime() - began;
    return slotOf(step);
  }

  private int slotOf(long step) {
    return (int) (step % slots.size());
  }

  private void fill(Slot slot, int[] indices) {
    var image = new byte[known.images().bytesPerImage()];
    var pixels = slot.pixels.asRawTensor().data();
    var labels = new int[indices.length];
    for (var i = 0; i < indices.length && !closing; i++) {
      known.images().copyTo(indices[i], image, 0);
      pixels.offset((long) i * image.length).write(image);
      labels[i] = known.labels()[indices[i]];
    }
    slot.labels.asRawTensor().data().asInts().write(labels);
  }

  private static void await(Slot slot, String what) {
    try {
      slot.filling.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataException cause) {
        throw new DataException(cause.getMessage(), cause);
      }
      throw new TrainingException("cannot read %s: %s".formatted(what, e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted while waiting for " + what, e);
    }
  }

  @Override
  public long waitedNanos() {
    return waitedNanos;
  }

  /**
   * Waits for running reads, which write into the tensors. They are never interrupted: that would
   * close the file for all readers.
   */
  @Override
  public void close() {
    closing = true;
    readers.shutdown();
    try {
      if (readers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        slots.forEach(Slot::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
