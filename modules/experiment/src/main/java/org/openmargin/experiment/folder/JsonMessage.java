package org.openmargin.experiment.folder;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.config.JsonProblem;
import org.openmargin.files.FileErrors;

/** The JSON form of messages, as in the files of a run. */
public final class JsonMessage {
  private JsonMessage() {}

  public static String text(MessageOrBuilder message) {
    try {
      return JsonFormat.printer().print(message) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a file; unknown fields are ignored.
   *
   * @throws RunException if the file is missing or damaged
   */
  public static void read(Path file, Message.Builder into) {
    var text = "";
    try {
      text = Files.readString(file);
      JsonFormat.parser().ignoringUnknownFields().merge(text, into);
    } catch (InvalidProtocolBufferException e) {
      throw new RunException(file + " is damaged: " + JsonProblem.of(text, e), e);
    } catch (IOException e) {
      throw new RunException(file + " cannot be read: " + FileErrors.reason(e), e);
    }
  }
}
