package org.openmargin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.benchmark.TrialState.Progress;
import org.openmargin.config.v1.TrialAttempt;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.Heartbeat;

/** Claims of several machines on one trial, on a file system whose locks do not reach others. */
class TrialClaimTest {
  private static final TrialOutcome DONE = new TrialOutcome.Done(TrialResult.getDefaultInstance());

  @TempDir private Path folder;

  private AttemptFiles files;

  @BeforeEach
  void nameFiles() {
    files = new AttemptFiles(folder.resolve("claim"), folder.resolve("attempt"));
  }

  private TrialClaim by(String host) {
    var self = TrialAttempt.newBuilder().setHost(host).setProcess(7).setTask("12_3");
    return new TrialClaim(files, self.setExperimentSha256("abc").build());
  }

  private TrialState.Waiting state() {
    return files.state("abc", false, true);
  }

  /** As a machine that fails in the middle leaves it. */
  private void abandoned(String host, Instant at) throws IOException {
    var kept = folder.resolve("kept");
    by(host)
        .holding(
            () -> {
              try {
                Files.copy(files.claim(), kept);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              return DONE;
            });
    Files.move(kept, files.claim());
    Files.setLastModifiedTime(files.claim(), FileTime.from(at));
  }

  @Test
  void trialOfAnotherMachineIsBusyWhileItsClaimIsRenewed() {
    var inner = new AtomicInteger();
    var outcome =
        by("node1")
            .holding(
                () -> {
                  assertThat(state().progress()).isEqualTo(Progress.RUNNING);
                  assertThat(state().detail())
                      .startsWith("on node1, task 12_3, process 7, since 2");
                  assertThat(by("node2").holding(() -> DONE)).isEqualTo(new TrialOutcome.Busy());
                  inner.incrementAndGet();
                  return DONE;
                });
    assertThat(outcome).isEqualTo(DONE);
    assertThat(inner).hasValue(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void claimOfAMachineThatFailedIsVoidAfterSomeTime() throws IOException {
    abandoned("node1", Instant.now());
    assertThat(by("node2").holding(() -> DONE)).isEqualTo(new TrialOutcome.Busy());
    Files.setLastModifiedTime(
        files.claim(), FileTime.from(Instant.now().minus(TrialClaim.SILENCE).minusSeconds(1)));
    assertThat(state().progress()).isEqualTo(Progress.KILLED);
    assertThat(state().detail()).contains("without a word", ") on node1, task 12_3", ", started 2");
    assertThat(by("node2").holding(() -> DONE)).isEqualTo(DONE);
    assertThat(folder).isEmptyDirectory();
  }

  /** There the lock has told the truth before. */
  @Test
  void claimOfAProcessKilledOnThisMachineMeansNothing() throws IOException {
    abandoned("node1", Instant.now());
    assertThat(by("node1").holding(() -> DONE)).isEqualTo(DONE);
  }

  @Test
  void heartbeatRenewsTheClaimWithoutChangingIt() throws IOException {
    abandoned("node1", Instant.EPOCH);
    var text = Files.readString(files.claim());
    try (var heartbeat = new Heartbeat(files.claim())) {
      heartbeat.beat();
    }
    assertThat(files.isRenewedAt(Instant.now())).isTrue();
    assertThat(files.claim()).hasContent(text);
  }

  @Test
  void whyAnAttemptEndedIsKnownUntilTheNextOneSucceeds() {
    assertThatThrownBy(
            () ->
                by("node1")
                    .holding(
                        () -> {
                          throw new RunException("the disk is full");
                        }))
        .isInstanceOf(RunException.class);
    assertThat(state()).isEqualTo(new TrialState.Waiting(Progress.FAILED, "the disk is full"));
    assertThat(files.state("another experiment", false, true).progress())
        .isEqualTo(Progress.STARTED);
    var refused = new TrialOutcome.Refused("no images");
    assertThat(by("node2").holding(() -> refused)).isEqualTo(refused);
    assertThat(state()).isEqualTo(new TrialState.Waiting(Progress.FAILED, "no images"));
    by("node2").holding(() -> new TrialOutcome.Stopped());
    assertThat(state().progress()).isEqualTo(Progress.STOPPED);
    by("node2").holding(() -> DONE);
    assertThat(state().progress()).isEqualTo(Progress.STARTED);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void damagedClaimKeepsOthersAwayOnlyWhileItIsNew() throws IOException {
    Files.write(files.claim(), new byte[] {0, (byte) 0xff, 'x'});
    assertThat(by("node2").holding(() -> DONE)).isEqualTo(new TrialOutcome.Busy());
    Files.setLastModifiedTime(files.claim(), FileTime.from(Instant.EPOCH));
    assertThat(by("node2").holding(() -> DONE)).isEqualTo(DONE);
  }

  @Test
  void ofManyMachinesThatStartAtOnceOneGetsTheTrial() throws Exception {
    abandoned("node0", Instant.EPOCH);
    var machines = 8;
    var together = new CyclicBarrier(machines);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var threads = Executors.newFixedThreadPool(machines);
    try {
      var tasks =
          IntStream.rangeClosed(1, machines)
              .<Callable<TrialOutcome>>mapToObj(
                  n ->
                      () -> {
                        together.await();
                        return by("node" + n)
                            .holding(
                                () -> {
                                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                  inside.decrementAndGet();
                                  return DONE;
                                });
                      })
              .toList();
      for (var outcome : threads.invokeAll(tasks)) {
        assertThat(outcome.get()).isIn(DONE, new TrialOutcome.Busy());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most).hasValue(1);
    assertThat(files.claim()).doesNotExist();
  }

  @Test
  void slurmNamesItsTaskInTheEnvironment() {
    assertThat(ThisProcess.task(Map.of("SLURM_ARRAY_JOB_ID", "9", "SLURM_ARRAY_TASK_ID", "4")))
        .isEqualTo("9_4");
    assertThat(ThisProcess.task(Map.of("SLURM_JOB_ID", "11"))).isEqualTo("11");
    assertThat(ThisProcess.task(Map.of())).isEmpty();
    assertThat(ThisProcess.host()).isNotBlank();
  }
}
