package org.openmargin.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.SplitMix;
import org.openmargin.data.source.MedMnist;

class DownloadTest {

  private static final byte[] FILE = new byte[300_000];

  static {
    var random = new SplitMix(1);
    for (int i = 0; i < FILE.length; i++) {
      FILE[i] = (byte) random.nextInt(256);
    }
  }

  @TempDir Path folder;

  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/whole", exchange -> respond(exchange, 200, FILE, FILE.length));
    serve("/ranges", DownloadTest::respondWithRange);
    serve("/silent", exchange -> await(end));
    serve(
        "/stalled",
        exchange -> {
          respond(exchange, 200, FILE, 100_000);
          await(end);
        });
    serve("/broken", exchange -> respond(exchange, 200, FILE, 100_000));
    serve(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/whole");
          exchange.sendResponseHeaders(302, -1);
        });
    serve(
        "/wrong-range",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Range", "bytes 0-299999/300000");
          respond(exchange, 206, FILE, FILE.length);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void fetchesAndReportsProgress() throws Exception {
    var heard = new ArrayList<long[]>();
    var file = download("/whole").run((done, total) -> heard.add(new long[] {done, total}));
    assertThat(Files.readAllBytes(file)).isEqualTo(FILE);
    assertThat(heard).isNotEmpty().allSatisfy(at -> assertThat(at[1]).isEqualTo(FILE.length));
    assertThat(heard.get(heard.size() - 1)[0]).isEqualTo(FILE.length);
    assertThat(download("/whole").part()).doesNotExist();
  }

  @Test
  void followsRedirects() throws Exception {
    assertThat(Files.readAllBytes(download("/moved").run(Download.Progress.SILENT)))
        .isEqualTo(FILE);
  }

  @Test
  void resumesWhereABrokenTransferEnded() throws Exception {
    var broken = download("/broken");
    assertThatThrownBy(() -> broken.run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("broke off after", "of 300000 bytes", "run it again");
    assertThat(target()).doesNotExist();
    long there = Files.size(broken.part());
    assertThat(there).isPositive().isLessThanOrEqualTo(100_000);
    var file = download("/ranges").run(Download.Progress.SILENT);
    assertThat(Files.readAllBytes(file)).isEqualTo(FILE);
    assertThat(ranges).last().isEqualTo("bytes=" + there + "-");
  }

  @Test
  void startsOverWhenTheServerIgnoresTheRange() throws Exception {
    var download = download("/whole");
    Files.write(download.part(), Arrays.copyOf(FILE, 1000));
    assertThat(Files.readAllBytes(download.run(Download.Progress.SILENT))).isEqualTo(FILE);
    assertThat(ranges).containsExactly("bytes=1000-");
  }

  @Test
  void startsOverWhenThePartIsLongerThanTheFile() throws Exception {
    var download = download("/ranges");
    Files.write(download.part(), new byte[FILE.length + 5]);
    assertThat(Files.readAllBytes(download.run(Download.Progress.SILENT))).isEqualTo(FILE);
    assertThat(ranges).containsExactly("bytes=300005-", "");
  }

  @Test
  void refusesARangeItDidNotAskFor() throws Exception {
    var download = download("/wrong-range");
    Files.write(download.part(), new byte[10]);
    assertThatThrownBy(() -> download.run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("instead of bytes 10-");
  }

  @Test
  void aWrongSumLeavesNoFileAndSaysBothSums() {
    var wrong = "0".repeat(32);
    var download = new Download(uri("/whole"), target(), Optional.of(wrong));
    assertThatThrownBy(() -> download.run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(wrong, md5(FILE), "deleted");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPartOfAnotherFileIsFoundOutByTheSum() throws Exception {
    var download = download("/ranges");
    Files.write(download.part(), new byte[1000]);
    assertThatThrownBy(() -> download.run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("try again");
    assertThat(Files.readAllBytes(download.run(Download.Progress.SILENT))).isEqualTo(FILE);
  }

  @Test
  void saysWhatTheServerAnswered() {
    assertThatThrownBy(() -> download("/none").run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("/none", "answered 404");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhenNobodyAnswers() {
    server.stop(0);
    assertThatThrownBy(() -> download("/whole").run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("no connection to 127.0.0.1:", "run it again", "MedMnist.uri");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhenTheHostIsNotKnown() {
    var source = URI.create("http://nowhere.invalid/bloodmnist.npz");
    var download = new Download(source, target(), Optional.empty());
    assertThatThrownBy(() -> download.run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("host nowhere.invalid is unknown", "offline", "MedMnist.uri");
  }

  @Test
  void doesNotWaitForAnAnswerForEver() {
    assertThatThrownBy(() -> impatient("/silent", 0).run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("/silent", "no data for 60 s", "run it again to resume");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doesNotWaitForTheNextByteForEver() throws Exception {
    var stalled = impatient("/stalled", 100_000);
    assertThatThrownBy(() -> stalled.run((done, total) -> received.set(done)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "broke off after 100000 of 300000 bytes", "no data for 60 s", "run it again to resume");
    assertThat(target()).doesNotExist();
    assertThat(stalled.part()).hasSize(100_000);
  }

  @Test
  void timeoutPassesOnlyWithoutAResult() throws Exception {
    var none = ServerTimeout.of(Duration.ZERO);
    assertThat(none.await(CompletableFuture.completedFuture(1))).isEqualTo(1);
    assertThatThrownBy(() -> none.await(CompletableFuture.failedFuture(new IOException("no"))))
        .hasMessage("no");
    var never = new CompletableFuture<Integer>();
    assertThatThrownBy(() -> none.await(never))
        .isInstanceOf(IOException.class)
        .hasMessage("no data for 0 s");
    assertThat(never).isCancelled();
  }

  @Test
  void keepsAFileThatIsThereAndRight() throws Exception {
    Files.write(target(), FILE);
    download("/none").run(Download.Progress.SILENT);
    assertThat(ranges).isEmpty();
  }

  @Test
  void doesNotTouchAFileThatIsThereAndWrong() throws Exception {
    Files.writeString(target(), "mine");
    assertThatThrownBy(() -> download("/whole").run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("exists already", "delete it");
    assertThat(target()).hasContent("mine");
  }

  @Test
  void fetchesUnverifiedWhenNoSumIsKnown() throws Exception {
    var download = new Download(uri("/whole"), target(), Optional.empty());
    assertThat(Files.readAllBytes(download.run(Download.Progress.SILENT))).isEqualTo(FILE);
  }

  @Test
  void copiesFromAMirrorFolder() throws Exception {
    var mirror = Files.createDirectory(folder.resolve("mirror"));
    Files.write(mirror.resolve("bloodmnist.npz"), FILE);
    var source = MedMnist.named("bloodmnist").uri(28, mirror.toString());
    var file = new Download(source, target(), Optional.of(md5(FILE))).run(Download.Progress.SILENT);
    assertThat(Files.readAllBytes(file)).isEqualTo(FILE);
    Files.delete(mirror.resolve("bloodmnist.npz"));
    Files.delete(target());
    assertThatThrownBy(
            () -> new Download(source, target(), Optional.empty()).run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no such file on the mirror");
  }

  @Test
  void saysWhenTheTargetCannotBeWritten() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "x");
    var download = new Download(uri("/whole"), file.resolve("b.npz"), Optional.empty());
    assertThatThrownBy(() -> download.run(Download.Progress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "/whole: download to", "b.npz failed: there is a file where a folder must be");
    assertThat(file).hasContent("x");
  }

  @Test
  void createsTheFolderOfTheTarget() throws Exception {
    var deep = folder.resolve("a/b/file.npz");
    new Download(uri("/whole"), deep, Optional.empty()).run(Download.Progress.SILENT);
    assertThat(deep).exists();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          var range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "" : range);
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  /** Announces all bytes but sends only the first {@code sent}. */
  private static void respond(HttpExchange exchange, int status, byte[] bytes, int sent)
      throws IOException {
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes, 0, sent);
    exchange.getResponseBody().flush();
  }

  private static void respondWithRange(HttpExchange exchange) throws IOException {
    var range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      respond(exchange, 200, FILE, FILE.length);
      return;
    }
    int first = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (first >= FILE.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    var sent = "bytes " + first + "-" + (FILE.length - 1) + "/" + FILE.length;
    exchange.getResponseHeaders().add("Content-Range", sent);
    respond(exchange, 206, Arrays.copyOfRange(FILE, first, FILE.length), FILE.length - first);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A minute passes as soon as this many bytes have arrived, not earlier. */
  private Download impatient(String path, long bytes) {
    var timeout =
        new ServerTimeout(Duration.ofMinutes(1), (limit, result) -> received.get() == bytes);
    return new Download(new RemoteFile(uri(path), timeout), target(), Optional.empty());
  }

  private Download download(String path) {
    return new Download(uri(path), target(), Optional.of(md5(FILE)));
  }

  private Path target() {
    return folder.resolve("bloodmnist.npz");
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
