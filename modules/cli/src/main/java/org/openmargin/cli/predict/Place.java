package org.openmargin.cli.predict;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.PathHints;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where files are: a path, or, on a cluster, an address such as {@code hdfs:///archive}. */
public record Place(String text) {
  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

  /** An argument; an empty one would be the working directory, unintended. */
  public static final class Argument implements ITypeConverter<Place> {
    @Override
    public Place convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("the name is empty; is a variable of the shell not set?");
      }
      return new Place(text);
    }
  }

  boolean isAddress() {
    return ADDRESS.matcher(text).matches();
  }

  /**
   * On this machine.
   *
   * @throws RunException for an address
   */
  Path path() {
    if (isAddress()) {
      throw new RunException(
          text + " is an address, which only a cluster reads: give a path, or add --on MASTER");
    }
    return Path.of(text);
  }

  private Path absolute() {
    return Path.of(text).toAbsolutePath().normalize();
  }

  /** For Spark, whose file system without an address may be another than that of this machine. */
  String address() {
    return isAddress() ? text : "file:" + absolute();
  }

  /**
   * As {@link #address}.
   *
   * @throws RunException if it is a path, and there is nothing there
   */
  String existingAddress() {
    if (!isAddress() && Files.notExists(absolute())) {
      throw new RunException(
          "%s: there is no such file or folder%s; on a file system of the cluster, give its address, such as hdfs:///%s"
              .formatted(text, PathHints.missing(absolute()), absolute().getFileName()));
    }
    return address();
  }

  @Override
  public String toString() {
    return text;
  }
}
