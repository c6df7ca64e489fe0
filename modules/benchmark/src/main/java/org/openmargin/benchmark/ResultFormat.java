package org.openmargin.benchmark;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.config.v1.TrialResult;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;

/** How results are written: text protos for single files, one line of JSON each when packed. */
enum ResultFormat {
  /** Ignores fields that only another version knows. */
  LENIENT,
  /** Refuses such fields: packing would lose them. */
  STRICT;

  /** The header names the schema for editors; figures have 6 significant digits. */
  static String text(Message message) {
    return """
    # proto-file: openmargin/v1/benchmark.proto
    # proto-message: %s

    """
            .formatted(message.getDescriptorForType().getFullName())
        + TextFormat.printer().escapingNonAscii(false).printToString(message);
  }

  /**
   * The text of a file, if it exists. Invalid UTF-8 fails only when parsed.
   *
   * @throws RunException if it cannot be read
   */
  static Optional<String> content(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new RunException("cannot read " + file + ": " + FileErrors.reason(e), e);
      }
      return Optional.empty();
    }
  }

  /** One line, without insignificant white space. */
  static String json(TrialResult result) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().sortingMapKeys().print(result);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IOException saying what is wrong and where
   */
  void readText(String text, Message.Builder into) throws IOException {
    var parser = TextFormat.Parser.newBuilder().setAllowUnknownFields(this == LENIENT).build();
    parser.merge(text, into);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IOException saying what is wrong
   */
  void readJson(String line, TrialResult.Builder into) throws IOException {
    var parser = JsonFormat.parser();
    (this == LENIENT ? parser.ignoringUnknownFields() : parser).merge(line, into);
  }
}
