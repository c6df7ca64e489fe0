package org.openmargin.cli.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.openmargin.experiment.audit.SiteKeys;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.files.log.ChainedLog;
import org.openmargin.files.log.SiteKey;
import org.openmargin.serving.VersionDigest;
import picocli.CommandLine.Option;

/** {@code --audit} and {@code --audit-key}, for commands whose results must be accounted for. */
public final class AuditOption {
  @Option(
      names = "--audit",
      paramLabel = "FILE",
      description = {
        "Append to this log what was done: time, model, digest of the input, decision; no path and",
        "no image. Its lines are chained; check them with: audit verify FILE"
      })
  private Optional<Path> file;

  @Option(
      names = "--audit-key",
      paramLabel = "FILE",
      description = {
        "The site's secret key (16 bytes or more): hashes of the log become HMACs, which nobody can",
        "forge or try out without it."
      })
  private Optional<Path> keyFile;

  /** An event. */
  public record Event(String command, Model model, String input, String decision) {}

  /**
   * By what was answered.
   *
   * @param digest of the model
   * @param version of the model
   */
  public record Model(String digest, String version) {
    /**
     * @param savedModel a model's folder, or one version in it
     */
    public static Model of(Path savedModel) {
      var found = VersionDigest.of(savedModel);
      return new Model(found.sha256(), found.version());
    }
  }

  /** The log, if it is wanted; found before anything is done. */
  public Optional<Log> log() {
    if (file.isEmpty() && keyFile.isPresent()) {
      throw new RunException("--audit-key needs --audit FILE");
    }
    return file.map(f -> new Log(new ChainedLog(f, keyFile.map(SiteKeys::read))));
  }

  /** Where events go. */
  public record Log(ChainedLog chain) {
    private static final String PURPOSE = "audit input";

    /** Digest of an input: SHA-256, or HMAC-SHA256 with the key. */
    public String digest(byte[] input) {
      return chain
          .key()
          .map((SiteKey key) -> key.hmac(PURPOSE, input))
          .orElseGet(() -> new Sha256().add(input).hex());
    }

    /** The same of a file, which is not kept; of a folder, of its files with their names. */
    public String digest(Path input) {
      try {
        return digest(Files.isDirectory(input) ? listing(input) : Files.readAllBytes(input));
      } catch (IOException e) {
        throw new RunException(input + " cannot be read: " + FileErrors.reason(e), e);
      }
    }

    /** One digest of several files, in their order; those that cannot be read count as empty. */
    public String digest(List<Path> inputs) {
      var all = new Sha256();
      for (var input : inputs) {
        try {
          all.add(Sha256.ofFile(input));
        } catch (IOException e) {
          all.add("");
        }
      }
      return digest(all.hex().getBytes(StandardCharsets.US_ASCII));
    }

    /** A line per file, as {@code sha256sum} prints it, in the order of the names. */
    private static byte[] listing(Path folder) throws IOException {
      var lines = new StringBuilder();
      try (var files = Files.list(folder)) {
        for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
          lines.append("%s  %s\n".formatted(Sha256.ofFile(file), file.getFileName()));
        }
      }
      return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws RunException if it cannot be written; nothing may then be answered
     */
    public void add(Event event) {
      try {
        // In this order.
        var fields = new LinkedHashMap<String, String>();
        fields.put("command", event.command());
        fields.put("model", event.model().digest());
        fields.put("version", event.model().version());
        fields.put("input", event.input());
        fields.put("decision", event.decision());
        chain.append(List.of(fields));
      } catch (IOException e) {
        throw new RunException("audit log %s: %s".formatted(chain.file(), FileErrors.reason(e)), e);
      }
    }
  }
}
